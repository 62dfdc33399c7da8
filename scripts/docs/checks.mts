import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { resources } from '../../nodes/Telegent/resources/index.ts';
import { EVENTS } from '../../nodes/shared/inbound/events.ts';
import { README, withTable } from '../lib/operationsTable.mts';
import { brokenLinks, linksIn, withoutCode } from './links.mts';
import { loneMarkers, partNames, withParts } from './markers.mts';
import { messageGroups, messageTables } from './messageTables.mts';
import { samples } from './samples.mts';

/* What must be true of README and docs. Each check gives what is wrong, one sentence each. */

const DOCS = 'docs';
const INDEX = 'docs/README.md';
const OUTPUTS = 'docs/outputs.md';
const TROUBLESHOOTING = 'docs/troubleshooting.md';

/** Most words of README.md, without its table of operations. */
export const MAX_WORDS = 1_400;

/** What links from the credential, n8n's codex files and CI's users lead to, or what they type. */
const README_NEEDS = ['## Credentials', 'npm start', 'npm test'];

/** Folders that hold nothing of the repository's own. */
const FOREIGN_FOLDERS = /^(node_modules|dist|coverage|\..+(?<!\.github))$/;

/** The Markdown files below a folder of the repository, relative to the repository. */
export function markdownFiles(root: string, folder = ''): string[] {
	return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const name = path.join(folder, entry.name);
		if (entry.isDirectory()) return FOREIGN_FOLDERS.test(entry.name) ? [] : markdownFiles(root, name);
		return entry.name.endsWith('.md') ? [name] : [];
	});
}

const withoutOperations = (text: string) =>
	text.replace(/<!-- operations -->[\s\S]*?<!-- \/operations -->/g, '');

/** Words of a text as people read it: code counts, link targets, HTML comments and the table of operations do not. */
export function wordsIn(text: string): number {
	const read = withoutOperations(text)
		.replace(/<!--[\s\S]*?-->/g, '')
		.replace(/\]\([^)]*\)/g, ']')
		.replace(/<[^>\n]+>/g, '');
	return read.match(/[\p{L}\p{N}][\p{L}\p{N}'’._/-]*/gu)?.length ?? 0;
}

/** README, security policy, and the pages of `docs/`; its decisions are for maintainers. */
const isForUsers = (file: string) => /^(README\.md|SECURITY\.md|docs\/[^/]+\.md)$/.test(file);

/** What is wrong with README.md itself. */
export function readmeProblems(text: string): string[] {
	const words = wordsIn(text);
	const operations = resources.flatMap((resource) => resource.operations).length;
	const missing = [...README_NEEDS, `${operations} operations`].filter((needed) => !text.includes(needed));
	return [
		...(words > MAX_WORDS
			? [`${README} has ${words} words without the operations, more than ${MAX_WORDS}`]
			: []),
		...missing.map((needed) => `${README} must contain "${needed}"`),
	];
}

/** Pages of `docs/` that its index doesn't link. */
export function unlinkedPages(root: string): string[] {
	const linked = new Set(
		linksIn(readFileSync(path.join(root, INDEX), 'utf8')).map((link) => link.split('#')[0]),
	);
	const pages = readdirSync(path.join(root, DOCS)).filter(
		(file) => file.endsWith('.md') && file !== 'README.md',
	);
	return pages.filter((page) => !linked.has(page)).map((page) => `${INDEX} has no link to ${page}`);
}

/** A file with its generated parts as they should be. @throws Error where a part is not known */
function generated(text: string, parts: Map<string, string>): string {
	return withParts(text, (name) => {
		const content = parts.get(name);
		if (content === undefined) throw new Error(`there is no ${name}; see scripts/docs/`);
		return content;
	});
}

/** The generated parts of all files by name: `sample:send`, `messages:credential`. */
export async function generatedParts(root: string): Promise<Map<string, string>> {
	const named = (kind: string, parts: Map<string, string>) =>
		[...parts].map(([name, content]) => [`${kind}:${name}`, content] as const);
	return new Map([...named('sample', await samples()), ...named('messages', messageTables(root))]);
}

/** Files whose generated parts are out of date, and markers that are wrong. */
export function staleParts(root: string, files: string[], parts: Map<string, string>): string[] {
	return files.flatMap((file) => {
		const text = readFileSync(path.join(root, file), 'utf8');
		const lone = loneMarkers(text).map((name) => `${file}: the marker ${name} has no counterpart`);
		try {
			const fresh = generated(text, parts) === text;
			return fresh ? lone : [...lone, `${file}: its samples or messages are out of date. Run npm run docs`];
		} catch (error) {
			return [...lone, `${file}: ${(error as Error).message}`];
		}
	});
}

/** Groups of messages that the page about troubleshooting leaves out. */
export function missingGroups(text: string): string[] {
	const present = new Set(partNames(text));
	return messageGroups
		.filter((group) => !present.has(`messages:${group}`))
		.map((group) => `${TROUBLESHOOTING} has no table messages:${group}`);
}

/** Fields that the samples' own input has. */
const INPUT_FIELDS = new Set(['name', 'phone']);

/** Fields of the samples and events of the trigger that the page about outputs doesn't explain. */
export function undocumentedOutputs(text: string, parts: Map<string, string>): string[] {
	const prose = text.replace(/```[\s\S]*?```/g, '');
	const outputs = [...parts].filter(([name]) => name.startsWith('sample:')).map(([, content]) => content);
	// Two spaces: the fields of the item itself. Those in capitals are Telegent's.
	const fields = outputs.flatMap((output) =>
		[...output.matchAll(/^ {2}"([a-z]\w*|HeldBy)":/gm)].map(([, field]) => field),
	);
	const expected = new Set([...fields, ...EVENTS.map(({ value }) => value)]);
	return [...expected]
		.filter((field) => !INPUT_FIELDS.has(field) && !prose.includes(`\`${field}\``))
		.map((field) => `${OUTPUTS} doesn't explain \`${field}\``);
}

/** Words that read foreign, or British, in an American product. Sources: n8n's UX guidelines, and a review of all texts. */
const FOREIGN =
	/\b(?:for good|e-mails?|user names?|somebody|nobody|everybody|shall|can be had|in any case|goes? on|all the same|recognis(?:e|es|ed)|cancelled|honour|behaviour)\b/gi;

/** Foreign words in a page, outside of code and of generated parts. */
export function foreignWords(file: string, text: string): string[] {
	const written = withoutCode(withParts(text, () => ''));
	return [...written.matchAll(FOREIGN)].map(([word]) => `${file}: "${word}" isn't plain American English`);
}

const LONGEST_SENTENCE = 25;

/** Sentences of a page that have too many words, outside of code and of generated parts. */
export function longSentences(file: string, text: string): string[] {
	const written = withoutCode(withParts(withoutOperations(text), () => '').replace(/\]\([^)]*\)/g, ']'));
	return written
		.split(/\n|\||(?<=[.!?:;])\s/)
		.map((sentence) => sentence.trim())
		.filter((sentence) => sentence.split(/\s+/).length > LONGEST_SENTENCE)
		.map((sentence) => `${file}: more than ${LONGEST_SENTENCE} words in "${sentence.slice(0, 60)}…"`);
}

/** Everything that is wrong with README and docs. */
export async function docsProblems(root: string): Promise<string[]> {
	const files = markdownFiles(root);
	const readme = readFileSync(path.join(root, README), 'utf8');
	const stale =
		withTable(readme, resources) === readme
			? []
			: [`${README}: the table of operations is out of date. Run npm run docs`];
	const parts = await generatedParts(root);
	return [
		...files.flatMap((file) => brokenLinks(root, file)),
		...readmeProblems(readme),
		...files.filter(isForUsers).flatMap((file) => {
			const text = readFileSync(path.join(root, file), 'utf8');
			return [...foreignWords(file, text), ...longSentences(file, text)];
		}),
		...stale,
		...unlinkedPages(root),
		...missingGroups(readFileSync(path.join(root, TROUBLESHOOTING), 'utf8')),
		...undocumentedOutputs(readFileSync(path.join(root, OUTPUTS), 'utf8'), parts),
		...staleParts(root, files, parts),
	];
}

/** Writes the table of operations and all generated parts. @returns the files that changed */
export async function writeDocs(root: string): Promise<string[]> {
	const parts = await generatedParts(root);
	return markdownFiles(root).filter((file) => {
		const full = path.join(root, file);
		const text = readFileSync(full, 'utf8');
		const filled = generated(text, parts);
		const written = file === README ? withTable(filled, resources) : filled;
		if (written !== text) writeFileSync(full, written);
		return written !== text;
	});
}

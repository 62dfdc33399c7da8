import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
	docsProblems,
	foreignWords,
	longSentences,
	MAX_WORDS,
	missingGroups,
	readmeProblems,
	staleParts,
	undocumentedOutputs,
	unlinkedPages,
	wordsIn,
} from '../../scripts/docs/checks.mts';
import { anchorsIn, brokenLinks, linksIn } from '../../scripts/docs/links.mts';
import { loneMarkers, withParts } from '../../scripts/docs/markers.mts';
import { messagesOf } from '../../scripts/docs/messages.mts';
import { messageGroups, messageTables } from '../../scripts/docs/messageTables.mts';
import { steady } from '../../scripts/docs/samples.mts';

const root = path.resolve(__dirname, '..', '..');

test('README and docs have no broken link, and nothing that is out of date', async () => {
	expect(await docsProblems(root)).toEqual([]);
}, 120_000);

/** A repository of these files. */
function repository(files: Record<string, string>): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'docs-'));
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
		writeFileSync(path.join(folder, name), text);
	}
	folders.push(folder);
	return folder;
}
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

describe('Links', () => {
	test('to files and headings that exist are fine', () => {
		const links =
			'[a](docs/a.md#two-words) [b](#top) [web](https://example.com/x) ![picture](docs/p.png "P")';
		const files = { 'README.md': `# Top\n${links}`, 'docs/a.md': '## Two words\n', 'docs/p.png': '' };
		expect(brokenLinks(repository(files), 'README.md')).toEqual([]);
	});

	test('that lead nowhere are found', () => {
		const text = '[a](gone.md) [b](#gone) [c](a.md#gone) [d](../outside.md) <img src="gone.png">';
		const found = brokenLinks(repository({ 'README.md': text, 'a.md': '# A' }), 'README.md');
		expect(found).toEqual([
			'README.md: gone.md leads to no file',
			'README.md: #gone leads to no heading',
			'README.md: a.md#gone leads to no heading',
			'README.md: ../outside.md leads out of the repository',
			'README.md: gone.png leads to no file',
		]);
	});

	test('in code are none', () => {
		expect(linksIn('`[a](b)`\n\n```\n[c](d)\n```\n[e](f)')).toEqual(['f']);
	});

	test('go to the anchors that GitHub makes', () => {
		const headings = [
			'## Message → Send',
			"## Your CRM's URL is replaced",
			'## Twice',
			'## Twice',
			'### `code` here',
		];
		expect([...anchorsIn(headings.join('\n'))]).toEqual([
			'message--send',
			'your-crms-url-is-replaced',
			'twice',
			'twice-1',
			'code-here',
		]);
	});
});

describe('README', () => {
	const complete = '## Credentials\n`npm start` `npm test` 130 operations';

	test('has the heading, the commands and the number of operations', () => {
		expect(readmeProblems(complete)).toEqual([]);
		expect(readmeProblems(complete.replace('## Credentials', '## Credential').replace('130', '129'))).toEqual(
			['README.md must contain "## Credentials"', 'README.md must contain "130 operations"'],
		);
	});

	test('is not too long; the table of operations does not count', () => {
		const table = `<!-- operations -->${' word'.repeat(MAX_WORDS)}<!-- /operations -->`;
		expect(readmeProblems(`${complete} ${table}`)).toEqual([]);
		expect(readmeProblems(`${complete}${' word'.repeat(MAX_WORDS)}`)).toEqual([
			expect.stringMatching(/^README\.md has 14\d\d words without the operations, more than 1400$/),
		]);
	});

	test('counts words as people read them', () => {
		expect(wordsIn("It doesn't [link](https://example.com/a/b) <b>much</b>. <!-- hidden -->")).toBe(4);
	});
});

describe('Words', () => {
	test('are plain American English, also where a part is generated', () => {
		const generated = '<!-- sample:a -->\nsomebody\n<!-- /sample:a -->';
		expect(foreignWords('a.md', `A username and an email. ${generated} \`nobody\``)).toEqual([]);
		expect(foreignWords('a.md', 'Nobody shall send an e-mail.')).toEqual([
			'a.md: "Nobody" isn\'t plain American English',
			'a.md: "shall" isn\'t plain American English',
			'a.md: "e-mail" isn\'t plain American English',
		]);
	});
});

describe('Sentences', () => {
	test('have at most 25 words, outside of code and generated parts', () => {
		const [right, wrong] = [25, 26].map((count) => 'word '.repeat(count).trim());
		const generated = `<!-- sample:a -->\n${wrong}\n<!-- /sample:a -->`;
		expect(
			longSentences('a.md', `${right}. ${right}: ${right}.\n| ${right} | \`${wrong}\` |\n${generated}`),
		).toEqual([]);
		expect(longSentences('a.md', `${right}. ${wrong}.`)).toHaveLength(1);
	});
});

describe('The index', () => {
	test('must link every page', () => {
		const files = { 'docs/README.md': '[a](a.md#x)', 'docs/a.md': '', 'docs/b.md': '' };
		expect(unlinkedPages(repository(files))).toEqual(['docs/README.md has no link to b.md']);
	});
});

describe('Generated parts', () => {
	const part = (content: string) => `<!-- sample:a -->\n\n${content}\n\n<!-- /sample:a -->\n`;
	const parts = new Map([['sample:a', 'new']]);

	test('are filled in, also where nothing stands yet', () => {
		expect(withParts('<!-- sample:a -->\n<!-- /sample:a -->\n', () => 'new')).toBe(part('new'));
		expect(withParts(part('old'), () => 'new')).toBe(part('new'));
	});

	test('are found where they are out of date', () => {
		const folder = repository({ 'fresh.md': part('new'), 'stale.md': part('old') });
		expect(staleParts(folder, ['fresh.md', 'stale.md'], parts)).toEqual([
			'stale.md: its samples or messages are out of date. Run npm run docs',
		]);
	});

	test('with an unknown name or a lone marker are found', () => {
		expect(loneMarkers(`${part('x')}<!-- sample:b -->`)).toEqual(['sample:b']);
		const folder = repository({ 'a.md': part('new').replaceAll('sample:a', 'sample:z') });
		expect(staleParts(folder, ['a.md'], parts)).toEqual(['a.md: there is no sample:z; see scripts/docs/']);
	});

	test('have no times and ports in them', () => {
		const text =
			'"at": "2026-11-26T17:53:48.4640000+00:00", "on": "10:49:19 MST 2026-11-26", http://127.0.0.1:4711/webhook/a';
		const later = text
			.replace(/2026-11-26/g, '2027-01-01')
			.replace('4711', '4712')
			.replace('10:49', '11:50');
		expect(steady(later)).toBe(steady(text));
	});
});

describe('The page about outputs', () => {
	test('must explain each field of the samples, but for those of Telegent', () => {
		const parts = new Map([
			['sample:a', '```json\n{\n  "MessageId": "1",\n  "answer": 1,\n  "brandNew": 2\n}\n```'],
		]);
		const text = readFileSync(path.join(root, 'docs/outputs.md'), 'utf8');
		expect(undocumentedOutputs(text, parts)).toEqual(["docs/outputs.md doesn't explain `brandNew`"]);
		expect(undocumentedOutputs('', parts)).toContain("docs/outputs.md doesn't explain `orderUpdate`");
	});
});

describe('Messages', () => {
	const source = (text: string) => messagesOf(repository({ 'nodes/a.ts': text }), ['nodes']);
	const texts = (text: string) => source(text).map(({ advice, text: message }) => [message, advice]);

	test('are read from errors, with their advice', () => {
		const code =
			"throw new NodeOperationError(node, `The number ${x} is wrong`, { description: 'Nothing was sent.' });";
		expect(texts(code)).toEqual([['The number … is wrong', 'Nothing was sent.']]);
	});

	test('are read from constants, conditions and pairs', () => {
		const code = `
			const NEXT = 'Try it again in a minute.';
			export function f(): [string, string] { return [a ? 'This is the first text' : 'This is the second text', NEXT]; }`;
		expect(texts(code)).toEqual([
			['This is the first text', 'Try it again in a minute.'],
			['This is the second text', 'Try it again in a minute.'],
		]);
	});

	test.each([
		[
			'a reason',
			"const reason = 'no hour is allowed for all of them';",
			'no hour is allowed for all of them',
		],
		['an unknown outcome', "throw unknownOutcome(item, 'It may have been sent');", 'It may have been sent'],
		['progress', 'this.tell(`Telegent: ${n} items are processed`);', 'Telegent: … items are processed'],
		[
			'a test of a credential',
			"const rule = { key: 'Successful', value: false, message: 'Telegent refused this credential' };",
			'Telegent refused this credential',
		],
		[
			'a summary',
			'const hooks = { summary: () => { return `Check these workflows again: ${names}`; } };',
			'Check these workflows again: …',
		],
	])('are read from %s', (_what, code, text) => expect(texts(code)).toEqual([[text, '']]));

	test('are no texts of a form', () => {
		const code =
			"export const field = { displayName: 'A field', description: 'What you enter in this field' };";
		expect(texts(code)).toEqual([]);
	});

	test('each have something to do about them', () => {
		const rows = [...messageTables(root).values()].flatMap((table) => table.split('\n').slice(2));
		expect(rows.length).toBeGreaterThan(150);
		expect(rows.filter((row) => !/^\| .+ \| .+ \|$/.test(row))).toEqual([]);
	});

	test('are no keywords, parts of sentences or texts for n8n’s AI builder', () => {
		const rows = [...messageTables(root).values()].flatMap((table) => table.split('\n'));
		expect(
			rows.filter((row) => /stopall|^\| (the end of|in the recipient's)|separatePending/.test(row)),
		).toEqual([]);
	});

	test.each([
		['pattern', "'Pattern' can't be used: …", /^Correct the parameter/],
		['text to a person', 'Sorry, we did not understand. Please try again.', /^Nothing to do: the person/],
		['list', 'Telegent\'s message list still has the status "…"', /^It may still be delivered/],
		[
			'log',
			'Telegent: message route … now delivers … to workflow … instead of to …; … restores',
			/^Nothing to do/,
		],
	])('say what fits: %s', (_what, text, advice) => {
		const rows = [...messageTables(root).values()].flatMap((table) => table.split('\n'));
		const cell = rows.find((row) => row.startsWith(`| ${text}`))?.split(' | ')[1];
		expect(cell).toMatch(advice);
	});

	test('of all groups have a place on the page', () => {
		expect(missingGroups('')).toHaveLength(messageGroups.length);
	});
});

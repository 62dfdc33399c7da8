import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/* Relative links of Markdown files, to files and to headings. */

/** A text without its code, in which nothing is a link. */
export function withoutCode(text: string): string {
	return text
		.replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1`*\s*$/gm, '')
		.replace(/(`+)[^`\n](?:[\s\S]*?[^`])?\1(?!`)/g, '');
}

/** Targets of the links and images of a text. */
export function linksIn(text: string): string[] {
	const plain = withoutCode(text);
	const inline = [...plain.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
	const html = [...plain.matchAll(/<(?:a|img|source)\b[^>]*?\b(?:href|src|srcset)="([^"\s]+)"/g)];
	return [...inline, ...html].map(([, target]) => target);
}

/** The anchors that GitHub gives the headings of a text. */
export function anchorsIn(text: string): Set<string> {
	const seen = new Map<string, number>();
	const headings = [
		...text.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1\s*$/gm, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm),
	];
	const anchors = headings.map(([, heading]) => {
		const slug = heading
			.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-');
		const number = seen.get(slug) ?? 0;
		seen.set(slug, number + 1);
		return number === 0 ? slug : `${slug}-${number}`;
	});
	const named = [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name]) => name);
	return new Set([...anchors, ...named]);
}

/**
 * Links of a file that lead nowhere.
 * @param root folder of the repository
 * @param file relative to `root`
 */
export function brokenLinks(root: string, file: string): string[] {
	const text = readFileSync(path.join(root, file), 'utf8');
	return linksIn(text).flatMap((link) => {
		const reason = whyBroken(root, file, link);
		return reason ? [`${file}: ${link} ${reason}`] : [];
	});
}

function whyBroken(root: string, file: string, link: string): string | undefined {
	if (/^(https?:|mailto:)/.test(link)) return undefined;
	const [target, anchor] = link.split('#') as [string, string?];
	const full =
		target === '' ? path.join(root, file) : path.resolve(root, path.dirname(file), decodeURI(target));
	if (!full.startsWith(path.resolve(root))) return 'leads out of the repository';
	if (!existsSync(full)) return 'leads to no file';
	if (anchor === undefined || !full.endsWith('.md') || statSync(full).isDirectory()) return undefined;
	return anchorsIn(readFileSync(full, 'utf8')).has(anchor) ? undefined : 'leads to no heading';
}

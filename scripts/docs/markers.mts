/* Generated parts of Markdown files: what stands between `<!-- name -->` and `<!-- /name -->`. */

const MARKER = /<!-- ((?:sample|messages):[\w./-]+) -->\n([\s\S]*?)<!-- \/\1 -->/g;

/** The names of the generated parts of a text, in order. */
export const partNames = (text: string) => [...text.matchAll(MARKER)].map(([, name]) => name);

/**
 * The text with its generated parts filled in.
 * @param content what belongs into a part, by its name
 */
export function withParts(text: string, content: (name: string) => string): string {
	return text.replace(MARKER, (_all, name: string) => {
		return `<!-- ${name} -->\n\n${content(name).trim()}\n\n<!-- /${name} -->`;
	});
}

/** Markers without their counterpart, for example because of a typing slip. */
export function loneMarkers(text: string): string[] {
	const found = [...text.matchAll(/<!-- (\/?)((?:sample|messages):[^ ]+) -->/g)];
	const paired = new Set(partNames(text));
	return [...new Set(found.map(([, , name]) => name))].filter((name) => !paired.has(name));
}

/** Most numbers in a reason: an item can have thousands of recipients. */
const MAX_NAMED = 10;

/** Joins texts, at most ten or so, and says how many more there are. Pure. */
export function some(texts: string[], separator: string, most = MAX_NAMED): string {
	const more = texts.length - most;
	return [...texts.slice(0, most), ...(more > 0 ? [`and ${more} more`] : [])].join(separator);
}

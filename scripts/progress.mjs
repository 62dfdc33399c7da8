// A sign of life while something takes its time: one line that is rewritten on a terminal,
// a line every ten seconds elsewhere.

/**
 * @param {() => string} describe how far it is, in a few words
 * @param {{ out?: NodeJS.WriteStream, log?: (line: string) => void }} [options]
 * @returns {() => number} ends it and tells how many seconds it took
 */
export function progress(describe, { out = process.stdout, log = console.log } = {}) {
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	const line = () => `  … ${[describe(), duration(seconds())].filter(Boolean).join(', ')}`;
	const live = Boolean(out.isTTY);
	const timer = setInterval(
		() => (live ? out.write(`\r\x1b[2K${line()}`) : log(line())),
		live ? 500 : 10_000,
	);
	return () => {
		clearInterval(timer);
		if (live) out.write('\r\x1b[2K');
		return seconds();
	};
}

/** @param {number} seconds */
export function duration(seconds) {
	return seconds < 60
		? `${seconds} s`
		: `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

export interface WaitOptions {
	seconds: number;
	everyMs?: number;
}

/**
 * Polls until there is a result, for changes without an event.
 * @throws Error naming what was waited for, when the time is up
 */
export async function until<T>(
	what: string,
	probe: () => Promise<T | undefined | false> | T | undefined | false,
	{ seconds, everyMs = 100 }: WaitOptions,
): Promise<T> {
	const end = Date.now() + seconds * 1000;
	for (;;) {
		const answer = await probe();
		if (answer !== undefined && answer !== false) return answer;
		if (Date.now() >= end) throw new Error(`Waited ${seconds} s for ${what}, but it didn’t happen.`);
		await new Promise((resolve) => setTimeout(resolve, everyMs));
	}
}

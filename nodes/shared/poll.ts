import { sleep } from 'n8n-workflow';

const LOOK_ATTEMPTS = 3;
const LOOK_PAUSE_MS = 1_000;

/**
 * Looks up to three times, one second apart, for something that Telegent may not show at once after creating it.
 * @returns what `look` found, or undefined
 */
export async function pollUntilFound<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
	for (let attempt = 1; ; attempt++) {
		const found = await look();
		if (found !== undefined || attempt === LOOK_ATTEMPTS) return found;
		await sleep(LOOK_PAUSE_MS);
	}
}

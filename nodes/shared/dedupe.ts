import { createHash } from 'crypto';

export const REMEMBERED_MS = 24 * 60 * 60 * 1000;
/** Without an id, two equal messages may be two messages: only a quick repetition counts as one. */
export const REMEMBERED_WITHOUT_ID_MS = 5 * 60 * 1000;
/** About 30 MB when full; what is oldest goes first. */
export const MAX_REMEMBERED = 200_000;

/** Deliveries of this process that started a workflow, by a digest, with the time until which they count. */
const seen = new Map<string, number>();

/**
 * Claims a delivery. Gives its key the first time, undefined for a repetition, also while the first is under way.
 * @param scope the registration that it came to
 * @param identity what repetitions have in common
 */
export function claim(
	scope: string,
	identity: string,
	now: number,
	memoryMs = REMEMBERED_MS,
): string | undefined {
	const key = createHash('sha256').update(`${scope}\n${identity}`).digest('base64').slice(0, 24);
	const until = seen.get(key);
	if (until !== undefined && until > now) return undefined;
	seen.delete(key);
	seen.set(key, now + memoryMs);
	for (const [oldest, result] of seen) {
		if (result > now && seen.size <= MAX_REMEMBERED) break;
		seen.delete(oldest);
	}
	return key;
}

/** Takes a claim back: the workflow did not start after all, so a repetition shall. */
export function release(key: string): void {
	seen.delete(key);
}

/** Forgets all deliveries, as a restart of n8n does. */
export function clearSeen(): void {
	seen.clear();
}

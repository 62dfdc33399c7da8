import { createHash } from 'crypto';
import { BoundedMap } from '../../transport/boundedMap';
import { processState } from '../../transport/processState';

export const REMEMBERED_MS = 24 * 60 * 60 * 1000;
/** Without an id, two equal messages may be two messages: only a quick repetition counts as one. */
export const REMEMBERED_WITHOUT_ID_MS = 5 * 60 * 1000;
/** About 40 MB when full. */
export const MAX_REMEMBERED = 200_000;

/** Deliveries of this process that started a workflow, by a digest. */
const seen = processState(new BoundedMap<string, true>(MAX_REMEMBERED));

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
	const key = claimKey(scope, identity);
	if (seen.has(key, now)) return undefined;
	seen.set(key, true, now, memoryMs);
	return key;
}

/** Whether this process claimed the delivery. */
export function hasClaim(scope: string, identity: string, now: number): boolean {
	return seen.has(claimKey(scope, identity), now);
}

const claimKey = (scope: string, identity: string) =>
	createHash('sha256').update(`${scope}\n${identity}`).digest('base64').slice(0, 24);

/** Releases a claim: the workflow did not start, so the next delivery of the same message must start it. */
export function release(key: string): void {
	seen.delete(key);
}

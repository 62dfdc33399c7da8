import { readAgainAfter } from '../../shared/processedEntries';

/* n8n's deduplication table has no lock: a call reads a whole row and writes it back. Two processes that do so at the same
   moment both find a key new, and the entries of one of them are lost. So a process reads again what it wrote. */

/** A row that several processes read and write as a whole. */
export interface SharedRow {
	/** Writes entries. @returns those that were there already */
	record(entries: string[]): Promise<Set<string>>;
	/** Waits so many milliseconds. */
	wait(ms: number): Promise<void>;
	/** Milliseconds of a monotonic clock. */
	now(): number;
}

/** How often what another process overwrote is written again. */
const MAX_WRITES = 5;

/**
 * Claims keys, so that no other process claims them at the same moment. What was written is read again once calls that
 * began before it have ended. If one of them overwrote it, that process has the keys it wrote, and the rest are written
 * again. This holds if a call of another process takes less than `readAgainAfter`. Pure.
 * @param marker an entry that nobody else writes
 * @param moreEntries entries to write as well
 * @returns the keys of others: claimed before, or by another process at the same moment
 */
export async function claimKeys(
	row: SharedRow,
	keys: string[],
	marker: string,
	moreEntries: string[] = [],
): Promise<Set<string>> {
	const others = new Set<string>();
	let open = keys;
	for (let attempt = 1; attempt <= MAX_WRITES; attempt++) {
		const began = row.now();
		const known = await row.record([...moreEntries, ...open, marker]);
		if (attempt > 1 && known.has(marker)) return others;
		for (const key of open) if (known.has(key)) others.add(key);
		open = open.filter((key) => !others.has(key));
		if (open.length === 0) return others;
		if (attempt < MAX_WRITES) await row.wait(readAgainAfter(row.now() - began));
	}
	// Overwritten each time: another process may have claimed them since.
	return new Set([...others, ...open]);
}

/**
 * Writes entries, and makes sure that no call of another process overwrote them.
 * @param marker an entry that nobody else writes
 */
export async function keepEntries(row: SharedRow, entries: string[], marker: string): Promise<void> {
	for (let attempt = 1; attempt <= MAX_WRITES; attempt++) {
		const began = row.now();
		const known = await row.record([...entries, marker]);
		if (attempt > 1 && known.has(marker)) return;
		if (attempt < MAX_WRITES) await row.wait(readAgainAfter(row.now() - began));
	}
}

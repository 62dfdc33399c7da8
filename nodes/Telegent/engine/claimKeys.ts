import { readAgainAfter } from '../../shared/processedEntries';

/* n8n's deduplication table has no lock: a call reads a whole row and writes it back, so two processes that do so at the
   same moment both find a key new, and what one of them wrote is lost. So a process reads again what it wrote. */

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
 * Claims keys, so that no other process claims them at the same moment: what was written is read again after a time in
 * which calls that began before have ended. If one of them overwrote it, the keys that it wrote are the other process's,
 * and the rest are written again. Holds as long as a call of the other process takes less than that time. Pure.
 * @param marker an entry that nobody else writes
 * @param along entries to write as well
 * @returns the keys that are not this process's: claimed before, or by another process at the same moment
 */
export async function claimKeys(
	row: SharedRow,
	keys: string[],
	marker: string,
	along: string[] = [],
): Promise<Set<string>> {
	const others = new Set<string>();
	let open = keys;
	for (let attempt = 1; attempt <= MAX_WRITES; attempt++) {
		const began = row.now();
		const known = await row.record([...along, ...open, marker]);
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

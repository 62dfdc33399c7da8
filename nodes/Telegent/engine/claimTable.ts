import { randomUUID } from 'crypto';
import { NodeOperationError, sleep, type IExecuteFunctions } from 'n8n-workflow';
import { settle } from '../../../transport/result';
import { recordEntries, withProcessedEntries } from '../../shared/processedEntries';
import { claimKeys, keepEntries, type SharedRow } from './claimKeys';

/**
 * `new`: no run claimed the key before, and now this one has. `done`: its work was done. `open`: it was claimed, and
 * its end isn't known: the process died, or another one is working on it.
 */
export type ClaimState = 'new' | 'done' | 'open';

/**
 * n8n keeps the entries of a node in one row of its database, and reads and writes all of them at each call. This many
 * take about 1.4 MB; the oldest go first. A key whose work was done takes two.
 */
const MAX_ENTRIES = 50_000;
const OPTIONS = { mode: 'entries', maxEntries: MAX_ENTRIES } as const;
/** The latest entries of a run that are written again when it ends, in case a call of another process erased them. */
const MAX_KEPT_ENTRIES = 4_000;

const doneEntry = (key: string) => `done ${key}`;

interface Waiting {
	key: string;
	resolve: (state: ClaimState) => void;
	reject: (error: unknown) => void;
}

/**
 * Claims in n8n's own deduplication table, which all executions and processes share and which survives a crash: a key
 * is claimed before its work and marked when the work is done. Claims that come while n8n's database is busy go together
 * with the next call.
 *
 * n8n's table has no lock. `claimKeys` makes sure that only one of two processes gets `new` for the same key. Within a process, calls for the same node run one after another.
 */
export class ClaimTable {
	private waiting: Waiting[] = [];

	private done: string[] = [];

	private released: string[] = [];

	/** Entries of finished work, written once more at the end of the run. */
	private kept: string[] = [];

	/** Entries by which `claimKeys` recognizes its own writes. */
	private markers: string[] = [];

	private readonly row: SharedRow;

	private busy?: Promise<void>;

	constructor(private readonly context: IExecuteFunctions) {
		this.row = {
			record: async (entries) => await recordEntries(context, entries, OPTIONS),
			wait: async (ms) => await sleep(ms),
			now: () => performance.now(),
		};
	}

	/**
	 * Claims a key, unless it was claimed before.
	 * @throws NodeOperationError where n8n cannot store claims, as for a workflow that was never saved
	 */
	async claim(key: string): Promise<ClaimState> {
		const state = new Promise<ClaimState>((resolve, reject) => this.waiting.push({ key, resolve, reject }));
		this.start();
		return await state;
	}

	/** The work of a key was done, whether it was claimed or not. Stored with the next claims, or by `flush`. */
	markDone(key: string): void {
		this.done.push(key, doneEntry(key));
	}

	/** Takes a claim back, as that of work that was surely not done. Stored with the next claims, or by `flush`. */
	release(key: string): void {
		this.released.push(key);
	}

	/** Leaves a claim open although its work was marked as done. Stored with the next claims, or by `flush`. */
	unmarkDone(key: string): void {
		this.released.push(doneEntry(key));
	}

	/** Stores what is left. @throws nothing: a claim that stays open is looked up the next time */
	async flush(): Promise<void> {
		while (this.busy) await this.busy;
		await settle(withProcessedEntries(this.context, async () => await this.storeRest()));
	}

	private start(): void {
		this.busy ??= withProcessedEntries(this.context, async () => await this.work()).finally(() => {
			this.busy = undefined;
			// Claims that came while the last batch was ending.
			if (this.waiting.length > 0) this.start();
		});
	}

	private async work(): Promise<void> {
		while (this.waiting.length > 0) {
			const batch = this.waiting;
			this.waiting = [];
			const states = await settle(this.store([...new Set(batch.map(({ key }) => key))]));
			for (const { key, reject, resolve } of batch) {
				if ('error' in states) reject(cannotStore(this.context, states.error));
				else resolve(states.value.get(key) ?? 'open');
				// A second claim of the same key in this batch finds the first one.
				if ('value' in states) states.value.delete(key);
			}
		}
	}

	/** Makes the calls for a batch. */
	private async store(keys: string[]): Promise<Map<string, ClaimState>> {
		const done = this.takeDone();
		await this.removeReleased();
		const others = await claimKeys(this.row, keys, this.marker(), done);
		const claimed = keys.filter((key) => others.has(key));
		const finished = new Set(claimed.length > 0 ? await this.findDone(claimed) : []);
		const stateOf = (key: string) => (finished.has(key) ? 'done' : others.has(key) ? 'open' : 'new');
		return new Map(keys.map((key) => [key, stateOf(key)]));
	}

	private async storeRest(): Promise<void> {
		this.takeDone();
		if (this.kept.length > 0) await keepEntries(this.row, this.kept, this.marker());
		this.released.push(...this.markers);
		[this.kept, this.markers] = [[], []];
		await this.removeReleased();
	}

	private takeDone(): string[] {
		const done = this.done;
		this.done = [];
		this.kept = [...this.kept, ...done].slice(-MAX_KEPT_ENTRIES);
		return done;
	}

	private async removeReleased(): Promise<void> {
		const released = this.released;
		this.released = [];
		if (released.length === 0) return;
		const gone = new Set(released);
		this.kept = this.kept.filter((entry) => !gone.has(entry));
		await this.context.helpers.removeProcessed(released, 'node', OPTIONS);
	}

	private marker(): string {
		const marker = `by ${randomUUID()}`;
		this.markers.push(marker);
		return marker;
	}

	/** The keys whose work was done. n8n's table can only be read by writing to it. */
	private async findDone(keys: string[]): Promise<string[]> {
		const done = await this.row.record(keys.map(doneEntry));
		const written = keys.map(doneEntry).filter((entry) => !done.has(entry));
		if (written.length > 0) await this.context.helpers.removeProcessed(written, 'node', OPTIONS);
		return keys.filter((key) => done.has(doneEntry(key)));
	}
}

function cannotStore(context: IExecuteFunctions, cause: unknown): NodeOperationError {
	return new NodeOperationError(context.getNode(), "n8n can't store what was sent", {
		description: `'Send Once Per' needs n8n's database. Nothing was sent. Save the workflow first, then run it again. (${(cause as Error).message})`,
	});
}

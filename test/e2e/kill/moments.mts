import { Random } from '../../../sandbox/api/random.mts';

export const LIST = 200;

/** How n8n runs: all in one process, or in queue mode. */
export type Mode = 'regular' | 'queue';

/**
 * What is ended, and started again at once. In regular mode, there is one process. The `lost worker` starts again only
 * after n8n has missed it, as one does whose machine is gone.
 */
export type Target = 'n8n' | 'main' | 'worker' | 'lost worker' | 'worker and main';

/**
 * What a person does then: "Retry execution", twice, or the workflow once more, twice, with 'Send Once Per' on.
 */
export type Recovery = 'retry' | 'again';

export interface Case {
	mode: Mode;
	work: 'send' | 'create' | 'order';
	target: Target;
	signal: 'SIGKILL' | 'SIGTERM';
	recovery: Recovery;
}

export interface Moment extends Case {
	/** the process ends once so many items are done */
	at: number;
}

const send = (mode: Mode, target: Target, signal: Case['signal'], recovery: Recovery): Case => ({
	...{ mode, work: 'send', target, signal, recovery },
});

/** In the order of their weight: a quick run takes the first. */
const SENDS: Case[] = [
	send('queue', 'lost worker', 'SIGKILL', 'again'),
	send('regular', 'n8n', 'SIGKILL', 'retry'),
	send('queue', 'lost worker', 'SIGKILL', 'retry'),
	send('regular', 'n8n', 'SIGTERM', 'retry'),
	send('queue', 'worker', 'SIGKILL', 'retry'),
	send('regular', 'n8n', 'SIGKILL', 'again'),
	send('queue', 'lost worker', 'SIGTERM', 'again'),
	send('queue', 'lost worker', 'SIGTERM', 'retry'),
	send('queue', 'worker and main', 'SIGKILL', 'retry'),
	send('queue', 'main', 'SIGKILL', 'retry'),
	send('queue', 'worker', 'SIGKILL', 'again'),
	send('queue', 'main', 'SIGTERM', 'retry'),
];

const other = (
	work: 'create' | 'order',
	mode: Mode,
	target: Target,
	signal: Case['signal'],
	recovery: Recovery = 'retry',
): Case => ({ mode, work, target, signal, recovery });

/** What is created or ordered has no 'Send Once Per'. */
const CREATES: Case[] = [
	other('order', 'regular', 'n8n', 'SIGKILL'),
	other('create', 'queue', 'worker', 'SIGKILL'),
	other('create', 'regular', 'n8n', 'SIGKILL'),
	other('order', 'queue', 'worker', 'SIGKILL'),
	other('order', 'regular', 'n8n', 'SIGTERM'),
	other('create', 'queue', 'main', 'SIGKILL'),
	other('create', 'regular', 'n8n', 'SIGTERM'),
	other('order', 'queue', 'main', 'SIGTERM'),
];

/** So many moments of each kind of work, the same for the same seed. */
export function momentsFor(sends: number, creates: number, seed: number, mode?: Mode): Moment[] {
	const random = new Random(seed);
	const taken = (cases: Case[], count: number): Moment[] => {
		const fitting = cases.filter((one) => !mode || one.mode === mode);
		return Array.from({ length: count }, (_, index) => ({
			...fitting[index % fitting.length],
			at: 1 + Math.floor(random.next() * (LIST - 15)),
		}));
	};
	return [...taken(SENDS, sends), ...taken(CREATES, creates)];
}

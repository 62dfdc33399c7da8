/*
 * What is promised for each kind of fault and each class of operation. Written from docs/decisions/retry-safety.md and
 * the vendor's guide on retries, not from the code.
 */

/** What repeating a request could do. */
export type Class = 'read' | 'idempotent' | 'once';

/**
 * `fine`: an item like any other. `done`: Telegent did the work, and what came after it did not succeed.
 * `unsure`, `notDone`: an error.
 */
export type Result = 'fine' | 'done' | 'unsure' | 'notDone';

export type Row =
	| 'refused'
	| 'denied'
	| 'limited'
	| 'busy'
	| 'doubtful'
	| 'unreadable'
	| 'empty'
	| 'huge'
	| 'odd'
	| 'unreachable';

export interface Promised {
	results: Result[];
	/** Fewest and most requests. */
	requests: [fewest: number, most: number];
}

/** A limit of a minute needs up to 12 attempts, see docs/decisions/retry-safety.md. */
const MOST = 12;
const once: Promised['requests'] = [1, 1];
const repeated: Promised['requests'] = [2, MOST];
const none: Promised['requests'] = [0, 0];

const same = (results: Result[], requests: Promised['requests']): Record<Class, Promised> => ({
	read: { results, requests },
	idempotent: { results, requests },
	once: { results, requests },
});

export const PROMISED: Record<Row, Record<Class, Promised>> = {
	refused: same(['notDone'], once),
	// Once more with a fresh token: nothing is done with one that was refused.
	denied: same(['notDone'], [2, 2]),
	// A limit is checked before the work, and Telegent's own 503 says that nothing was done.
	limited: same(['notDone'], repeated),
	busy: same(['notDone'], repeated),
	doubtful: {
		read: { results: ['notDone'], requests: repeated },
		idempotent: { results: ['unsure'], requests: repeated },
		once: { results: ['unsure'], requests: once },
	},
	unreadable: {
		read: { results: ['notDone'], requests: once },
		idempotent: { results: ['unsure'], requests: once },
		once: { results: ['unsure'], requests: once },
	},
	empty: {
		read: { results: ['fine'], requests: once },
		idempotent: { results: ['fine'], requests: once },
		// Every such operation returns an ID or more.
		once: { results: ['unsure'], requests: once },
	},
	odd: {
		read: { results: ['fine', 'notDone'], requests: once },
		idempotent: { results: ['fine', 'unsure', 'notDone'], requests: once },
		once: { results: ['fine', 'done', 'unsure'], requests: once },
	},
	// More than is read of a response: what it says isn't known.
	huge: {
		read: { results: ['notDone'], requests: once },
		idempotent: { results: ['unsure'], requests: once },
		once: { results: ['unsure'], requests: once },
	},
	unreachable: same(['notDone'], none),
};

/**
 * A request that only looks, before or after the one that does the work; one for a token; and one of several by which a
 * workflow is published, which tidies up after itself.
 */
export const ASIDE: Record<'before' | 'after' | 'token' | 'step', Result[]> = {
	before: ['fine', 'notDone'],
	after: ['fine', 'done'],
	token: ['notDone'],
	step: ['fine', 'notDone', 'unsure'],
};

/** Requests that send, order or create: their paths, from the contract's list of operations. */
const ONCE =
	/\/(create|outbound|provision|portin|portout|reactivate|status|relation|transfer|items\/add|activity)$|^POST \/v1\.0\/(webhook\/create|packages|products|services|subscriptions|workgroups|message\/routes|voice\/routes|subscribers\/(call|message)-filter|services\/items\/delete)$/;

/** Requests with POST that change nothing. */
const READS = /\/(info|settings|device-details|availability|eligibility)$/;

/** The class of a request by the contract's words for it; what is not known to be safe is `once`. */
export function classOf(route: string): Class {
	if (route.startsWith('GET ') || READS.test(route)) return 'read';
	return ONCE.test(route) ? 'once' : 'idempotent';
}

import type { Outcome } from './retry';

/** A call that did not succeed, as far as a person needs to know it. */
export interface Failure {
	/** Method and path, for example `POST /v1.0/message/outbound`. */
	route: string;
	/** HTTP status; undefined where no answer came. */
	status?: number;
	/** Telegent's own words, or what happened on the way. */
	message: string;
	/** Whether the work may have been done all the same. */
	outcome: Outcome;
	/** How often the request was made. */
	attempts: number;
	/** Making the request once more has no other effect than making it once. */
	repeatable?: boolean;
}

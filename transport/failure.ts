import type { Outcome } from './retry';

/** A failed call, as the error describes it. */
export interface Failure {
	/** Method and path, for example `POST /v1.0/message/outbound`. */
	route: string;
	/** HTTP status; undefined without a response. */
	status?: number;
	/** Telegent's message, or what happened to the connection. */
	message: string;
	/** Whether the request may have been executed nevertheless. */
	outcome: Outcome;
	/** How often the request was made. */
	attempts: number;
	/** Whether repeating the request has no further effect. */
	repeatable?: boolean;
}

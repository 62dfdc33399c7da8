import type { ErrorShape } from './errors.mts';
import { INBOUND_STYLES, type InboundStyle } from './payloads.mts';
import { checkShape, closed, count, oneOf, shape, text } from './shapes.mts';

export interface OrderOutcome {
	status: string;
	/** virtual seconds as Pending; 0 responds with the outcome at once */
	delaySeconds: number;
	/** the carrier's words, e.g. 8A-ACCOUNT_NUM_REQ_OR_INCORRECT */
	message: string;
}

export interface Settings {
	/** 0 switches the limit off */
	requestsPerMinute: number;
	tokenSeconds: number;
	/** real milliseconds before each response */
	latencyMs: number;
	/** what a wrong key or secret gets: HTTP 200 with successful:false, or 401 */
	tokenFailureStyle: '200' | '401';
	/** what a token of another endpoint gets; pages disagree */
	scopeErrorStatus: 401 | 403;
	errorShape: ErrorShape;
	/** refuse body fields and query parameters that the contract does not know */
	strict: boolean;
	retryAfterStyle: 'seconds' | 'date' | 'body' | 'none';
	duplicateEmailStatus: 409 | 400;
	/** the outcome of number orders, unless one was announced with POST /_sandbox/orders */
	orderOutcome: OrderOutcome;
	/** virtual milliseconds from the send */
	messageTimings: { sentMs: number; deliveredMs: number };
	inboundStyle: InboundStyle;
	/** how often a failed inbound delivery is repeated */
	inboundRedeliveries: number;
	/** areas a page of POST /v1.0/numbers/availability; the real one is 10,000 */
	availabilityPageSize: number;
	/** local: webhooks only go to this machine and private networks */
	webhookHosts: 'local' | 'any';
	webhookTimeoutMs: number;
}

export const defaultSettings: Settings = {
	requestsPerMinute: 50,
	tokenSeconds: 3600,
	latencyMs: 0,
	tokenFailureStyle: '200',
	scopeErrorStatus: 401,
	errorShape: 'telegent',
	strict: true,
	retryAfterStyle: 'seconds',
	duplicateEmailStatus: 409,
	orderOutcome: { status: 'Complete', delaySeconds: 0, message: '' },
	messageTimings: { sentMs: 300, deliveredMs: 800 },
	inboundStyle: 'guide',
	inboundRedeliveries: 0,
	availabilityPageSize: 10_000,
	webhookHosts: 'local',
	webhookTimeoutMs: 10_000,
};

const settingsShape = shape(
	closed({
		requestsPerMinute: count,
		tokenSeconds: count,
		latencyMs: count,
		tokenFailureStyle: oneOf('200', '401'),
		scopeErrorStatus: oneOf(401, 403),
		errorShape: oneOf('telegent', 'aspnet'),
		strict: { type: 'boolean' },
		retryAfterStyle: oneOf('seconds', 'date', 'body', 'none'),
		duplicateEmailStatus: oneOf(409, 400),
		orderOutcome: closed({ status: text, delaySeconds: count, message: text }),
		messageTimings: closed({ sentMs: count, deliveredMs: count }),
		inboundStyle: oneOf(...INBOUND_STYLES),
		inboundRedeliveries: count,
		availabilityPageSize: { type: 'integer', minimum: 1 },
		webhookHosts: oneOf('local', 'any'),
		webhookTimeoutMs: count,
	}),
);

/** The settings with some changed; throws a sentence that names what is wrong. */
export function changedSettings(settings: Settings, change: Partial<Settings>): Settings {
	checkShape(settingsShape, change, 'Setting');
	return {
		...settings,
		...change,
		orderOutcome: { ...settings.orderOutcome, ...change.orderOutcome },
		messageTimings: { ...settings.messageTimings, ...change.messageTimings },
	};
}

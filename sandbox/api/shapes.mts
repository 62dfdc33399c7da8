import { Ajv, type ValidateFunction } from 'ajv';
import { INBOUND_STYLES } from './payloads.mts';
import { CALL_EVENTS } from './state.mts';

/** JSON Schemas of what the control API takes: a misspelt name is refused, not ignored. */
export const text = { type: 'string' };
export const count = { type: 'integer', minimum: 0 };
export const oneOf = (...values: unknown[]) => ({ enum: values });
export const closed = (properties: object, required: string[] = []) => ({
	type: 'object',
	properties,
	required,
	additionalProperties: false,
});

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
export const shape = (schema: object): ValidateFunction => ajv.compile(schema);

/** Throws a sentence that names what is wrong. */
export function checkShape(validate: ValidateFunction, value: unknown, what: string): void {
	if (validate(value)) return;
	const [error] = validate.errors ?? [];
	const name = error?.params.additionalProperty ?? error?.instancePath.slice(1).replaceAll('/', '.');
	const allowed = error?.params.allowedValues ? `: ${JSON.stringify(error.params.allowedValues)}` : '';
	throw new Error([what, name, `${error?.message}${allowed}`].filter(Boolean).join(' '));
}

const moment = oneOf('before', 'after');

export const faultShape = shape(
	closed({
		method: text,
		path: text,
		count,
		status: { type: 'integer', minimum: 200, maximum: 599 },
		body: {},
		headers: { type: 'object', additionalProperties: text },
		retryAfter: { type: ['number', 'string'] },
		latencyMs: count,
		drop: moment,
		timing: moment,
		skip: { type: 'integer', minimum: 0 },
		probability: { type: 'number', minimum: 0, maximum: 1 },
		seed: count,
	}),
);
export const timeShape = shape(
	closed({ advanceSeconds: { type: 'number', minimum: 0 }, speed: { type: 'number', minimum: 0 } }),
);
export const revokeShape = shape(closed({ path: text }));
export const inboundShape = shape(
	closed(
		{
			from: text,
			to: text,
			body: text,
			media: { type: 'array', items: text },
			messageId: text,
			style: oneOf(...INBOUND_STYLES),
			repeat: { type: 'integer', minimum: 1, maximum: 100 },
		},
		['from', 'to'],
	),
);
export const ringShape = shape(closed({ from: text, to: text }, ['from', 'to']));
export const callStepShape = shape(
	closed({ callId: text, event: oneOf(...CALL_EVENTS), recordingUrl: text }, ['callId', 'event']),
);
export const recipientShape = shape(
	closed(
		{ number: text, from: text, status: oneOf('Failed', 'Undelivered'), errorCode: text, errorMessage: text },
		['number'],
	),
);
export const orderShape = shape(
	closed({ orderId: text, status: text, message: text, delaySeconds: count, count }),
);
/** Settings are checked where they are changed. */
export const anyShape = shape({ type: 'object' });
export const resetShape = shape(closed({ settings: { type: 'boolean' } }));

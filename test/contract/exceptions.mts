import { SAMPLE_EXCEPTIONS, type SampleException } from './bindings.mts';
import type { Json, Request } from './contract.mts';

/** The sample with what the exceptions put in place of the vendor's own values. */
export function withExceptions(request: Request, exceptions: SampleException[]): Request {
	return exceptions.reduce(
		({ body, query }, { given, instead, place }) => ({
			...(query && { query: replaced(query, place.split('.'), given, instead) }),
			...(body && { body: replaced(body, place.split('.'), given, instead) }),
		}),
		request,
	);
}

export function exceptionsOf(operation: string): SampleException[] {
	return SAMPLE_EXCEPTIONS.filter((exception) => exception.operation === operation);
}

function replaced(values: Json, [name, ...rest]: string[], given: unknown, instead: unknown): Json {
	const { [name]: inner, ...others } = values;
	if (rest.length > 0) {
		if (typeof inner !== 'object' || inner === null) return values;
		const left = replaced(inner as Json, rest, given, instead);
		// A group of which nothing is left is not sent.
		return Object.keys(left).length > 0 ? { ...values, [name]: left } : others;
	}
	if (inner !== given) return values;
	return instead === undefined ? others : { ...values, [name]: instead };
}

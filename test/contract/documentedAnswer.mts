import { contract, type ContractOperation, type Json, type Schema } from '../../scripts/lib/contract.mts';
import type { Subject } from '../../scripts/lib/operations.mts';

/** A documented answer of the operation, made from its schema where the contract has no example. */
export function answerFor({ answers, answerIsList, answerSchema }: ContractOperation): unknown {
	if (!answerSchema) return answers[0];
	const entry = fromSchema(answerSchema);
	return answerIsList ? [entry] : entry;
}

function fromSchema({ properties = {} }: Schema): Json {
	return Object.fromEntries(
		Object.entries(properties).map(([name, { type }]) => [name, sampleValue(name, type)]),
	);
}

function sampleValue(name: string, type = 'string'): unknown {
	if (type === 'boolean') return true;
	if (type === 'integer' || type === 'number') return 1;
	const values = contract.flatMap(({ samples }) => samples.flatMap(({ body }) => [body?.[name]]));
	return values.find((value) => typeof value === 'string' && value !== '') ?? `Some ${name}`;
}

/** One entry of the documented answer. */
export function documentedEntry({ entry, operation }: Subject): Json {
	const answer = answerFor(operation);
	const held = entry.list ? (answer as Json | undefined)?.[entry.list] : answer;
	const one: unknown = Array.isArray(held) ? held[0] : held;
	if (typeof one === 'object' && one !== null) return one as Json;
	return one === undefined || one === null ? {} : { [entry.entry ?? 'value']: one };
}

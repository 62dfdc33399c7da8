import { contract, type ContractOperation, type Json, type Schema } from './contract.mts';

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

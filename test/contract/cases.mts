import type { Operation, Resource } from '../../nodes/Telegent/engine/operation.ts';
import { resources } from '../../nodes/Telegent/resources/index.ts';
import { isFree, nameOf, subjectsOf, type Subject } from '../../scripts/lib/operations.mts';

/* Rows for `describe.each` and `test.each`: the name of an operation, as in `message.send`, and the operation. */

export const subjects = subjectsOf(resources);

/** Every operation of the contract that the node has. */
export const operations = named(subjects);

/** Every operation of the node, including those that call no operation of the contract, such as API Request. */
export const entries = resources.flatMap((resource) =>
	resource.operations.map((entry): [string, Operation, Resource] => [
		nameOf({ entry, resource }),
		entry,
		resource,
	]),
);

/** The operations of the node that have a fixed route. */
export const routed = entries.filter(([, entry]) => !isFree(entry));

export function named(list: Subject[]): Array<[string, Subject]> {
	return list.map((subject) => [nameOf(subject), subject]);
}

/** The operation with this name, as in `message.send`. */
export function subjectOf(name: string): Subject {
	const subject = subjects.find((one) => nameOf(one) === name);
	if (!subject) throw new Error(`No operation is named ${name}`);
	return subject;
}

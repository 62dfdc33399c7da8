import type { Operation, Resource } from '../../nodes/Telegent/engine/operation.ts';
import { find, type ContractOperation } from './contract.mts';
import { match, type Match } from './fieldMatching.mts';

/** An operation of the node beside the operation of the contract that it performs. */
export interface Subject {
	resource: Resource;
	entry: Operation;
	operation: ContractOperation;
	match: Match;
}

/** What is wrong with an entry, in the words of the rule that found it. */
export interface Finding {
	rule: string;
	/** `message.send`, or the name of a resource. */
	where: string;
	/** Place of a field, where it is about one. */
	field?: string;
	message: string;
}

/** The operations that perform one of the contract. */
export function subjectsOf(resources: Resource[]): Subject[] {
	return resources.flatMap((resource) =>
		resource.operations.flatMap((entry) => {
			const operation = isFree(entry) ? undefined : find(entry.route);
			return operation ? [{ resource, entry, operation, match: match(operation, entry) }] : [];
		}),
	);
}

/**
 * API Request makes its request from method and path, which the person gives; a preview makes none; a conversation is
 * made of several.
 */
export function isFree({ composed, local, request }: Operation): boolean {
	return request !== undefined || local === true || composed === true;
}

export function nameOf({ entry, resource }: Pick<Subject, 'entry' | 'resource'>): string {
	return `${resource.value}.${entry.value}`;
}

import type { Resource } from '../../nodes/Telegent/engine/operation.ts';
import { contract, leaves, LEFT_OUT, pagingOf } from './contract.mts';
import { match } from './fieldMatching.mts';
import { subjectsOf } from './operations.mts';

export interface Row {
	/** Method and path. */
	key: string;
	/** Resource and operation as the editor shows them; undefined where the node has none. */
	name?: string;
	fields: number;
	/** Fields that the editor does not offer. */
	missing: string[];
}

/** How much of the contract the tables cover: one row for each of its operations. */
export function coverage(resources: Resource[]): Row[] {
	const subjects = subjectsOf(resources);
	return contract.map((operation) => {
		const all = leaves(operation.fields);
		const subject = subjects.find((one) => one.operation === operation);
		if (!subject) return { key: operation.key, fields: all.length, missing: all };
		const paging = Object.values(pagingOf(operation) ?? {}).filter(() => subject.entry.paging);
		const missing = match(operation, subject.entry).missing.filter((place) => !paging.includes(place));
		const name = `${subject.resource.name} → ${subject.entry.name}`;
		return { key: operation.key, name, fields: all.length, missing };
	});
}

export interface Report {
	text: string;
	complete: boolean;
}

/** The table as text, with what is lacking. */
export function report(resources: Resource[]): Report {
	const rows = coverage(resources);
	const done = rows.filter(({ name }) => name);
	const missing = done.flatMap(({ key, missing }) => missing.map((place) => `${key} · ${place}`));
	const width = Math.max(...rows.map(({ key }) => key.length));
	const nameWidth = Math.max(...rows.map(({ name = '' }) => name.length));
	const lines = rows.map(({ fields, key, missing: lost, name = '—' }) =>
		[key.padEnd(width), name.padEnd(nameWidth), `${fields - lost.length}/${fields}`].join('  '),
	);
	const complete = done.length === contract.length && missing.length === 0;
	return {
		complete,
		text: [
			...lines,
			'',
			...leftOut(),
			'',
			`${done.length}/${contract.length}`,
			missing.length === 0
				? 'no contract field unreachable'
				: `${missing.length} contract fields unreachable:\n${missing.map((place) => `  ${place}`).join('\n')}`,
		].join('\n'),
	};
}

function leftOut(): string[] {
	return Object.entries(LEFT_OUT).flatMap(([key, fields]) =>
		Object.entries(fields).map(([name, reason]) => `left out on purpose: ${key} · ${name}, ${reason}`),
	);
}

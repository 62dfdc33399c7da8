import { resources } from '../../../nodes/Telegent/resources/index.ts';
import { contract } from '../../../scripts/lib/contract.mts';
import { coverage, report } from '../../../scripts/lib/coverage.mts';

describe('The node', () => {
	test('has all 126 public operations', () => {
		expect(contract).toHaveLength(126);
		const lacking = coverage(resources).filter(({ name }) => !name);
		expect(lacking.map(({ key }) => key)).toEqual([]);
	});

	test('has every field of theirs', () => {
		const rows = coverage(resources).filter(({ missing, name }) => name && missing.length > 0);
		expect(rows.map(({ key, missing }) => `${key}: ${missing.join(', ')}`)).toEqual([]);
	});
});

describe('The report', () => {
	const [first, ...others] = resources;
	const { operations } = first;

	test('notices an operation that is left out', () => {
		const { complete, text } = report([{ ...first, operations: operations.slice(1) }, ...others]);
		expect(complete).toBe(false);
		expect(text).not.toMatch(new RegExp(`^${contract.length}/${contract.length}$`, 'm'));
	});

	test('notices a field that is left out', () => {
		const entry = operations.find(({ fields }) => fields.length > 0) ?? operations[0];
		const bare = { ...entry, fields: [] };
		const tables = [
			{ ...first, operations: operations.map((one) => (one === entry ? bare : one)) },
			...others,
		];
		const { complete, text } = report(tables);
		expect(complete).toBe(false);
		expect(text).toMatch(/contract fields? unreachable:/);
		expect(text).toContain(`${entry.route} · `);
	});
});

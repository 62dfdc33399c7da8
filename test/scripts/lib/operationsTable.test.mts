import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resources } from '../../../nodes/Telegent/resources/index.ts';
import { operationsTable, staleTable, withTable } from '../../../scripts/lib/operationsTable.mts';

const PAGE = 'Before\n\n<!-- operations -->\nold\n<!-- /operations -->\n\nAfter\n';

test('README has the table of operations, up to date', () => {
	expect(staleTable(resources)).toBeUndefined();
});

describe('The table of operations', () => {
	const folder = mkdtempSync(join(tmpdir(), 'readme-'));
	const file = join(folder, 'README.md');
	afterAll(() => rmSync(folder, { recursive: true }));

	test('has a line for each resource', () => {
		const lines = operationsTable(resources).split('\n');
		expect(lines).toHaveLength(resources.length + 2);
		expect(lines).toContain('| Message Route | Create, Delete, Get, Get Many, Update |');
	});

	test('goes between the markers, and nothing else changes', () => {
		const page = withTable(PAGE, resources);
		expect(page).toBe(
			`Before\n\n<!-- operations -->\n\n${operationsTable(resources)}\n\n<!-- /operations -->\n\nAfter\n`,
		);
		expect(withTable(page, resources)).toBe(page);
	});

	test.each([
		['no file', undefined, /ENOENT/],
		['no markers', 'Before\n', /needs the lines/],
		['an old table', PAGE, /out of date/],
	])('is stale where there is %s', (_name, text, message) => {
		if (text !== undefined) writeFileSync(file, text);
		expect(staleTable(resources, file)).toMatch(message);
	});

	test('is up to date once it was written', () => {
		writeFileSync(file, withTable(PAGE, resources));
		expect(staleTable(resources, file)).toBeUndefined();
	});
});

import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { listSearch } from '../../../../nodes/shared/form/listSearch.ts';
import { hostFor } from '../../../support/loadOptions.mts';
import { OWN_NUMBER, useSandbox } from '../../../support/sandbox.mts';

/* What fills "From List". */

const sandbox = useSandbox();
const INVENTORY = '/v1.0/numbers/inventory';
const search = async (name: keyof typeof listSearch, filter = '', token?: string) =>
	await listSearch[name].call(hostFor(sandbox.credential) as ILoadOptionsFunctions, filter, token);
const answers = (path: string, body: unknown, count = 1) =>
	sandbox.control.addFault({ path, count, status: 200, body: body as never });

/** Pages of `size` numbers out of `total`, however many are asked for. */
function pages(size: number, total: number) {
	for (let from = 0; from < total; from += size) {
		const PhoneNumbers = Array.from({ length: Math.min(size, total - from) }, (_, i) => ({
			Number: `+1801555${String(from + i).padStart(4, '0')}`,
		}));
		answers(INVENTORY, { PhoneNumbers, TotalResults: total });
	}
}

describe('The list of numbers', () => {
	test.each(['(500) 555-0100', '500.555.0100', '+1 500 555 0100', '5550100', '555-0100'])(
		'finds %s',
		async (filter) => {
			const { results } = await search('searchSenders', filter);
			expect(results.map(({ value }) => value)).toContain(OWN_NUMBER);
		},
	);

	test.each(['(500) 555-9999', '12', 'Nobody'])('finds nothing for %s', async (filter) => {
		const { results } = await search('searchSenders', filter === '12' ? '12 12 12 12' : filter);
		expect(results).toEqual([]);
	});

	test('offers no number in From that cannot send', async () => {
		const can = [{ Number: '+18015550001', MessageEnabled: true }, { Number: '+18015550002' }];
		const cannot = [
			{ Number: '+18015550003', MessageEnabled: false },
			{ Number: '+18015550004', MessageEnabled: 'false' },
			{ Number: '+18015550005', MessageEnabled: true, ProductType: 'Data-Only' },
			{ Number: '+18015550006', MessageEnabled: true, Status: 'Cancelled' },
		];
		answers(INVENTORY, { PhoneNumbers: [...can, ...cannot], TotalResults: 6 }, 2);
		expect((await search('searchSenders')).results.map(({ value }) => value)).toEqual(
			can.map(({ Number: number }) => number),
		);
		expect((await search('searchNumbers')).results).toHaveLength(6);
	});

	test('continues when Telegent returns fewer than 100 numbers per page', async () => {
		pages(40, 100);
		const found: unknown[] = [];
		let token: string | undefined;
		do {
			const { paginationToken, results } = await search('searchNumbers', '', token);
			found.push(...results.map(({ value }) => value));
			token = paginationToken;
		} while (token);
		expect(new Set(found).size).toBe(100);
		expect(sandbox.calls(INVENTORY).map(({ query }) => query.PageNumber)).toEqual(['1', '2', '3']);
	});

	test('a search continues after a short page', async () => {
		pages(40, 100);
		expect((await search('searchNumbers', '5550099')).results).toHaveLength(1);
	});

	test('ends when Telegent returns the same page again, whatever its total', async () => {
		const PhoneNumbers = [{ Number: '+18015550001' }];
		answers(INVENTORY, { PhoneNumbers, TotalResults: 1e12 }, 50);
		const { paginationToken } = await search('searchNumbers');
		expect(await search('searchNumbers', '', paginationToken as string)).toEqual({ results: [] });
		await search('searchNumbers', 'nobody');
		expect(sandbox.calls(INVENTORY)).toHaveLength(4);
	});

	test.each([{ PhoneNumbers: 'text' }, { PhoneNumbers: 7 }])('the response %j is reported', async (body) => {
		answers(INVENTORY, body, 9);
		await expect(search('searchNumbers')).rejects.toThrow(
			/^In Telegent's response, "PhoneNumbers" isn't a list/,
		);
	});

	test('list entries that are not records are left out', async () => {
		answers(INVENTORY, { PhoneNumbers: [null, 'text', { Number: '+18015550001' }], TotalResults: 3 });
		expect((await search('searchNumbers')).results).toHaveLength(1);
	});
});

describe('The list of message routes', () => {
	test('shows the numbers on a route', async () => {
		const { results } = await search('searchMessageRoutes');
		expect(results.map(({ name }) => name)).toContainEqual(expect.stringContaining(OWN_NUMBER));
		expect((await search('searchMessageRoutes', '(500) 555-0100')).results).toHaveLength(1);
	});

	test('is shown without numbers when the inventory is refused', async () => {
		sandbox.control.addFault({ path: INVENTORY, count: 9, status: 400 });
		const { results } = await search('searchMessageRoutes');
		expect(results.length).toBeGreaterThan(0);
		expect(results[0].name).toMatch(/http/);
	});
});

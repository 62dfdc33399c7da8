import type { ILoadOptionsFunctions, INodeType } from 'n8n-workflow';
import { listSearch } from '../../../../nodes/shared/form/listSearch.ts';
import { Telegent } from '../../../../nodes/Telegent/Telegent.node.ts';
import { TelegentTrigger } from '../../../../nodes/TelegentTrigger/TelegentTrigger.node.ts';

const names = Object.keys(listSearch) as Array<keyof typeof listSearch>;
const searchesOf = (node: INodeType) => node.methods?.listSearch ?? {};

const context = {} as ILoadOptionsFunctions;

describe('list search methods of the nodes', () => {
	test('Telegent has a method for every list', () => {
		expect(Object.keys(searchesOf(new Telegent()))).toEqual(names);
	});

	test.each([
		...names.map((name) => ({ node: 'Telegent', made: new Telegent(), name })),
		...(['searchAccounts', 'searchMessageRoutes'] as const).map((name) => ({
			node: 'Telegent Trigger',
			made: new TelegentTrigger(),
			name,
		})),
	])('$node passes the search of the editor to $name', async ({ made, name }) => {
		const answer = { results: [{ name, value: name }] };
		const search = jest.spyOn(listSearch, name).mockResolvedValue(answer);
		expect(await searchesOf(made)[name].call(context, 'words', '2')).toBe(answer);
		expect(search.mock.contexts[0]).toBe(context);
		expect(search.mock.calls).toEqual([['words', '2']]);
		search.mockRestore();
	});
});

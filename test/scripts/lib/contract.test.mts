import operationList from '../../../spec/operations.json' with { type: 'json' };
import { contract, leaves, LEFT_OUT, notPublic } from '../../../scripts/lib/contract.mts';

const spec = operationList as unknown as Array<{
	method: string;
	path: string;
	query?: Array<{ name: string }>;
}>;

test('Of 143 operations, 126 are public, 16 internal, and one gives tokens', () => {
	expect(spec).toHaveLength(143);
	expect(contract).toHaveLength(126);
	expect(notPublic).toHaveLength(17);
	expect(notPublic).toContain('POST /v1.0/oauth2/tokens');
});

test('Three fields have two spellings', () => {
	const twice = contract.flatMap(({ fields, key }) =>
		fields.filter(({ aliases }) => aliases.length > 0).map(({ aliases, name }) => [key, name, ...aliases]),
	);
	expect(twice).toEqual([
		['GET /v1.0/message/routes', 'MessageRouteId', 'MessageRouteID'],
		['GET /v1.0/message/search', 'phoneNumber', 'PhoneNumber'],
		['GET /v1.0/numbers', 'Number', 'PhoneNumber'],
	]);
	const numbers = contract.find(({ key }) => key === 'GET /v1.0/numbers');
	expect(leaves(numbers?.fields ?? [])).toEqual(['Number', 'ICCID']);
});

test('What is left out on purpose is there in the contract', () => {
	for (const [key, names] of Object.entries(LEFT_OUT)) {
		const source = spec.find(({ method, path }) => `${method} ${path}` === key);
		const there = source?.query?.map(({ name }) => name) ?? [];
		expect(there).toEqual(expect.arrayContaining(Object.keys(names)));
	}
});

import { EXAMPLES, readExample } from '../../sandbox/n8n/workflow.mts';
import { script } from '../../sandbox/api/phone/script.mts';

/** JavaScript that only runs elsewhere: in n8n, or in a browser. Here it must at least parse. */

const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as FunctionConstructor;
const complaint = (code: string) => {
	try {
		new AsyncFunction(code);
		return [];
	} catch (error) {
		return [`${(error as Error).message} in: ${code}`];
	}
};
const textsIn = (value: unknown): string[] => {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};
const expressionsIn = (parameters: unknown) =>
	textsIn(parameters)
		.filter((text) => text.startsWith('='))
		.flatMap((text) =>
			[...text.matchAll(/\{\{([^]*?)\}\}/g)].map(([, expression]) => `return (${expression})`),
		);

describe.each(EXAMPLES)('The code in the example %s', (name) => {
	const { nodes } = readExample(name);
	test('parses in Code nodes', () => {
		const codes = nodes.map(({ parameters }) => parameters.jsCode).filter((code) => code !== undefined);
		expect(codes.flatMap((code) => complaint(String(code)))).toEqual([]);
	});
	test('parses in expressions', () => {
		const expressions = nodes.flatMap(({ parameters }) => expressionsIn(parameters));
		expect(expressions.flatMap(complaint)).toEqual([]);
	});
});

test('The script of the phone simulator parses', () => {
	expect(complaint(script)).toEqual([]);
});

import { getCountries } from 'libphonenumber-js/max';
import {
	NodeHelpers,
	type INode,
	type INodeProperties,
	type INodePropertyRegexValidation,
} from 'n8n-workflow';
import { Telegent } from '../../../../nodes/Telegent/Telegent.node.ts';
import { TelegentTrigger } from '../../../../nodes/TelegentTrigger/TelegentTrigger.node.ts';
import { notationsOf, numbersOf } from '../../../support/phoneNotations.mts';

const send = { resource: 'message', operation: 'send', to: '+18015550123', body: 'Hi' };
const locator = (mode: string, value: string) => ({ __rl: true, mode, value });

/** What n8n finds wrong with a node, in the editor and before an execution, by field. */
function issuesOf(type: Telegent | TelegentTrigger, parameters: object): Record<string, string[]> {
	const { description } = type;
	const node = { name: 'N', type: description.name, typeVersion: 1.1, parameters } as unknown as INode;
	const all = NodeHelpers.getNodeParameters(
		description.properties,
		node.parameters,
		true,
		false,
		node,
		description,
	);
	node.parameters = all ?? {};
	return NodeHelpers.getNodeParametersIssues(description.properties, node, description)?.parameters ?? {};
}

describe('a number typed into a locator', () => {
	const found = (value: string) => issuesOf(new Telegent(), { ...send, from: locator('number', value) }).from;

	test.each(['anna', '+1801555x0100', 'me@example.com', '12', '+180155501001234567890123'])(
		'"%s" is refused',
		(value) => {
			expect(found(value)).toEqual([
				'Not a phone number. Use the format +18015550100.',
			]);
		},
	);

	test.each([
		'+18015550100',
		' (801) 555-0100 ',
		'tel:+1-801-555-0100',
		'８０１５５５０１００',
		'={{ $json.from }}',
	])('"%s" passes', (value) => {
		expect(found(value)).toBeUndefined();
	});

	test('every notation of numbers of each country passes', () => {
		const modes = new Telegent().description.properties.find(({ name }) => name === 'from')?.modes ?? [];
		const [check] = modes[1].validation as INodePropertyRegexValidation[];
		// As n8n puts it together.
		const pattern = new RegExp(`^${check.properties.regex}$`);
		const texts = getCountries().flatMap((country) =>
			numbersOf(country).flatMap(({ number }) => notationsOf(number).map(({ text }) => text)),
		);
		expect(texts.length).toBeGreaterThan(10_000);
		expect(texts.filter((text) => !pattern.test(text))).toEqual([]);
	});
});

describe('an ID typed into a locator', () => {
	const found = (value: string) =>
		issuesOf(new TelegentTrigger(), { messageRouteId: locator('id', value) }).messageRouteId;

	test('passes, with blanks around it and as an expression', () => {
		expect(['MRID-5a4d', ' MRID-5a4d\n', '={{ $json.a b }}'].map(found)).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});

	test('is refused if it is a name', () => {
		expect(found('Main SMS Webhook')).toEqual([
			'An ID has no spaces',
		]);
	});
});

test('an optional locator may stay empty', () => {
	const additionalFields = { accountId: locator('id', '') };
	expect(
		issuesOf(new Telegent(), { resource: 'webhook', operation: 'getAll', filters: additionalFields }),
	).toEqual({});
});

test('every locator has its check, also those in collections', () => {
	const locators = (fields: INodeProperties[]): INodeProperties[] =>
		fields.flatMap((field) => [
			...(field.modes ? [field] : []),
			...locators(
				(field.options ?? []).flatMap((option) =>
					'values' in option ? option.values : 'displayName' in option ? [option] : [],
				),
			),
		]);
	const typed = [new Telegent(), new TelegentTrigger()]
		.flatMap(({ description }) => locators(description.properties))
		.flatMap(({ modes = [] }) => modes.filter(({ displayName }) => /^By (ID|Number)$/.test(displayName)));
	expect(typed.length).toBeGreaterThan(40);
	expect(typed.filter(({ validation }) => !validation)).toEqual([]);
});

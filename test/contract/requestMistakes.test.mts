import { isDeepStrictEqual } from 'node:util';
import type {
	IExecuteFunctions,
	IGetNodeParameterOptions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';
import type { Operation } from '../../nodes/Telegent/engine/operation.ts';
import { resources } from '../../nodes/Telegent/resources/index.ts';
import { phone } from '../../nodes/shared/values.ts';
import { exceptionsOf, withExceptions } from './exceptions.mts';
import { nodeOf } from './node.mts';
import { startRecorder, type Recorder } from './recorder.mts';
import { samplesOf } from './samples.mts';
import { nameOf, subjectsOf, type Subject } from './subjects.mts';
import { inOrder, outcome, tryPair, WAYS } from './trial.mts';

/* The comparison of requests.test.mts notices what an entry, or the engine, can do wrong on the way. */

const subjects = subjectsOf(resources);
const rightNode = nodeOf(resources);
let recorder: Recorder;
beforeAll(async () => {
	recorder = await startRecorder();
});
afterAll(async () => await recorder.close());

async function comesOut(subject: Subject, node: INodeType): Promise<boolean> {
	for (const sample of samplesOf(subject.operation)) {
		const tried = withExceptions(sample, exceptionsOf(subject.operation.key));
		for (const way of WAYS) {
			const trial = await tryPair({ node, recorder }, subject, tried, way);
			if (!isDeepStrictEqual(outcome(trial), inOrder(trial))) return false;
		}
	}
	return true;
}

interface Mistake {
	name: string;
	/** `message.send` */
	where: string;
	wrong: (entry: Operation) => Partial<Operation>;
}

/** `entry` with one field changed, on top or in a collection. */
function withField(entry: Operation, name: string, change: Partial<INodeProperties>): Partial<Operation> {
	const inside = (fields: INodeProperties[]): INodeProperties[] =>
		fields.map((field) => {
			if (field.name === name) return { ...field, ...change };
			const holds = field.type === 'collection' && field.name !== 'options';
			return holds ? { ...field, options: inside(field.options as INodeProperties[]) } : field;
		});
	return { fields: inside(entry.fields) };
}

const MISTAKES: Mistake[] = [
	{
		name: 'another spelling in the body',
		where: 'number.update',
		wrong: ({ send }) => ({ send: { ...send, iccid: 'ICCID' } }),
	},
	{
		name: 'another spelling in the query',
		where: 'voiceRoute.get',
		wrong: () => ({ send: {} }),
	},
	{
		name: 'two fields exchanged',
		where: 'subscriber.transfer',
		wrong: () => ({ send: { fromAccountId: 'ToAccountId', toAccountId: 'FromAccountId' } }),
	},
	{
		name: 'a number as text',
		where: 'voiceRoute.update',
		wrong: ({ send }) => ({ send: { ...send, trunk1Weight: String } }),
	},
	{
		name: 'a list of texts instead of objects',
		where: 'number.changeStatus',
		wrong: ({ send }) => ({ send: { ...send, phoneNumbers: (value) => [value].flat() } }),
	},
	{
		name: 'a phone number as it was written',
		where: 'number.update',
		wrong: ({ send }) => ({ send: { ...send, number: (value) => value } }),
	},
	{
		name: 'a date as it was picked',
		where: 'number.changeStatus',
		wrong: ({ send }) => ({ send: { ...send, effectiveDate: (value) => value } }),
	},
	{ name: 'a body in the query', where: 'messageRoute.create', wrong: () => ({ inQuery: true }) },
	{ name: 'another path', where: 'message.get', wrong: () => ({ route: 'GET /v1.0/message/search' }) },
	{ name: 'another method', where: 'number.update', wrong: () => ({ route: 'PUT /v1.0/numbers/update' }) },
	{
		name: 'something that nobody asked for',
		where: 'subscriber.create',
		wrong: () => ({ finalizeRequest: (request) => ({ ...request, Extra: true }) }),
	},
	{
		name: 'null left out',
		where: 'messageRoute.update',
		wrong: () => ({
			finalizeRequest: (request) =>
				Object.fromEntries(Object.entries(request).filter(([, value]) => value !== null)),
		}),
	},
	{
		name: 'empty text left out',
		where: 'number.searchAvailable',
		wrong: () => ({
			finalizeRequest: (request) =>
				Object.fromEntries(Object.entries(request).filter(([, value]) => value !== '')),
		}),
	},
	{
		name: 'a field hidden although it is needed',
		where: 'messageRoute.create',
		wrong: (entry) =>
			withField(entry, 'messageUsername', {
				displayOptions: { show: { messageAuthenticationType: ['Bearer'] } },
			}),
	},
	{
		name: 'several numbers taken for one',
		where: 'message.send',
		wrong: ({ send }) => ({ send: { ...send, to: phone } }),
	},
];

describe('A request is noticed that has', () => {
	test.each(MISTAKES)('$name ($where)', async ({ where, wrong }) => {
		const subject = subjects.find((one) => nameOf(one) === where) as Subject;
		const { entry, resource } = subject;
		const changed: Operation = { ...entry, ...wrong(entry) };
		const operations = resource.operations.map((one) => (one === entry ? changed : one));
		const tables = resources.map((one) => (one === resource ? { ...resource, operations } : one));
		expect(await comesOut(subject, rightNode)).toBe(true);
		expect(await comesOut(subject, nodeOf(tables))).toBe(false);
	});
});

describe('A node is noticed that', () => {
	/** A node that asks n8n for every value, and for the wrong item. */
	const reading = (change: (name: string, item: number) => number): INodeType => {
		return {
			...rightNode,
			async execute() {
				const read = this.getNodeParameter.bind(this) as (...given: unknown[]) => unknown;
				const getNodeParameter = (
					name: string,
					item: number,
					fallback?: unknown,
					options?: IGetNodeParameterOptions,
				) =>
					options?.rawExpressions ? '={{ computed() }}' : read(name, change(name, item), fallback, options);
				const context = Object.assign(Object.create(this) as IExecuteFunctions, { getNodeParameter });
				return (await rightNode.execute?.call(context)) as never;
			},
		};
	};

	test('reads every item from the first, in any operation', async () => {
		const node = reading(() => 0);
		const unnoticed: string[] = [];
		for (const subject of subjects.filter(({ operation }) => operation.fields.length > 0)) {
			if (await comesOut(subject, node)) unnoticed.push(nameOf(subject));
		}
		expect(unnoticed).toEqual([]);
	});

	test('links every result to the first item', async () => {
		const subject = subjects.find((one) => nameOf(one) === 'subscriber.get') as Subject;
		const node: INodeType = {
			...rightNode,
			async execute() {
				const [results] = (await rightNode.execute?.call(this)) as INodeExecutionData[][];
				return [results.map((result) => ({ ...result, pairedItem: { item: 0 } }))];
			},
		};
		expect(await comesOut(subject, rightNode)).toBe(true);
		expect(await comesOut(subject, node)).toBe(false);
	});

	test('reads a single field from the first item', async () => {
		const subject = subjects.find((one) => nameOf(one) === 'message.send') as Subject;
		expect(
			await comesOut(
				subject,
				reading((_name, item) => item),
			),
		).toBe(true);
		expect(
			await comesOut(
				subject,
				reading((name, item) => (name === 'body' ? 0 : item)),
			),
		).toBe(false);
	});
});

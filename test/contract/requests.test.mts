import fc from 'fast-check';
import type { IExecuteFunctions, IGetNodeParameterOptions } from 'n8n-workflow';
import { Telegent } from '../../nodes/Telegent/Telegent.node.ts';
import { find, leaves, pagingOf, type ContractOperation } from '../../scripts/lib/contract.mts';
import { useFasterTime } from '../support/fasterTime.mts';
import { runNode } from '../support/n8n.mts';
import { operations, subjectOf } from './cases.mts';
import { exceptionsOf, withExceptions } from './exceptions.mts';
import { otherRequests } from './formFiller/otherValues.mts';
import {
	credential,
	expectedOutcome,
	mannerOf,
	outcome,
	runPair,
	runRequests,
	WAYS,
} from './formFiller/runRequests.mts';
import { samplesOf } from './formFiller/samples.mts';
import { differences, placesIn, variantsOf } from './formFiller/variants.mts';
import { startRecorder, type Recorder } from './recorder.mts';

/*
 * The node, filled in as a person fills it in and run by the real n8n-core, makes the requests of the contract. What is
 * expected comes from spec/ alone; see formFiller/README.md.
 */

/** Sets of other values that each sample is tried with. A failure prints the seed to run the same again. */
const RUNS = 1;

useFasterTime();
let recorder: Recorder;
beforeAll(async () => {
	recorder = await startRecorder();
});
afterAll(async () => await recorder.close());
afterEach(() => jest.restoreAllMocks());

describe.each(operations)('%s', (_name, subject) => {
	const { operation } = subject;
	const samples = samplesOf(operation).map((sample) => withExceptions(sample, exceptionsOf(operation.key)));

	test.each(WAYS)("makes the sample's request for each item, its form filled with values %s", async (way) => {
		for (const sample of samples) {
			const requests = otherRequests(operation, sample, mannerOf(subject, way));
			await fc.assert(
				fc.asyncProperty(requests, async (other) => {
					const pair = await runPair(recorder, subject, sample, way, other);
					expect(outcome(pair)).toEqual(expectedOutcome(pair));
				}),
				{ numRuns: RUNS },
			);
		}
	});

	test('sends, with all fields filled, what the contract knows, and all of it', async () => {
		const reached = new Set<string>();
		for (const { choices, name, request } of variantsOf(subject)) {
			const { error, expected, seen } = await runRequests(recorder, subject, [request], 'typed', choices);
			const [{ body, method, path, query } = { query: {} }] = seen;
			const wrong = [
				...differences(query, expected[0].query),
				...differences(body ?? {}, expected[0].body ?? {}),
			];
			const to = `${method} ${path}`;
			expect({ name, error, to, wrong }).toEqual({ name, to: operation.key, wrong: [] });
			for (const place of [...placesIn(query), ...placesIn(body)]) reached.add(place);
		}
		const paging = Object.values(pagingOf(operation) ?? {});
		const all = leaves(operation.fields).filter((place) => !paging.includes(place));
		const isReached = (place: string) => [...reached].some((one) => `${one}.`.startsWith(`${place}.`));
		expect(all.filter((place) => !isReached(place))).toEqual([]);
	});
});

const withFields = operations.filter(([, { operation }]) => operation.fields.length > 0);
test.each(withFields)('The two items of %s differ, so a value of the wrong item shows', (_name, subject) => {
	for (const sample of samplesOf(subject.operation)) {
		const requests = otherRequests(subject.operation, sample, mannerOf(subject, 'expressions'));
		fc.assert(fc.property(requests, (other) => expect(other).not.toEqual(sample)));
	}
});

test('Message → Send sends the binary fields of the item as media', async () => {
	const [{ body = {} }] = samplesOf(find('POST /v1.0/message/outbound') as ContractOperation);
	const files = body.MmsBase64 as Array<{ Base64: string; BaseType: string }>;
	const binary = Object.fromEntries(
		files.map(({ Base64, BaseType }, index) => [`file${index}`, { data: Base64, mimeType: BaseType }]),
	);
	const parameters = {
		resource: 'message',
		operation: 'send',
		from: { __rl: true, mode: 'number', value: String(body.From) },
		to: '+18015737111, +18014271919',
		body: String(body.Body),
		additionalFields: { binaryFields: Object.keys(binary).join(', ') },
	};
	recorder.take();
	const { error } = await runNode({
		credential: credential(recorder.url),
		parameters,
		items: [{ json: {}, binary }],
	});
	const [call] = recorder.take();
	const { Body, From, MmsBase64, To } = body;
	expect({ error: error?.message, ...(JSON.parse(call.body) as object) }).toEqual({
		Body,
		From,
		MmsBase64,
		To,
	});
});

describe('The comparison with the contract fails', () => {
	async function expectDifference(name: string) {
		const subject = subjectOf(name);
		const { key } = subject.operation;
		const [sample] = samplesOf(subject.operation);
		const pair = await runPair(recorder, subject, withExceptions(sample, exceptionsOf(key)), 'expressions');
		expect(outcome(pair)).not.toEqual(expectedOutcome(pair));
	}

	test('if a request goes to another path', async () => {
		jest.replaceProperty(subjectOf('message.get').entry, 'route', 'GET /v1.0/message/search');
		await expectDifference('message.get');
	});

	test('if a field has another name', async () => {
		const { entry } = subjectOf('number.update');
		jest.replaceProperty(entry, 'send', { ...entry.send, iccid: 'ICCID' });
		await expectDifference('number.update');
	});

	test('if a value has another type', async () => {
		const { entry } = subjectOf('voiceRoute.update');
		jest.replaceProperty(entry, 'send', { ...entry.send, trunk1Weight: String });
		await expectDifference('voiceRoute.update');
	});

	test('if every value is read from the first item', async () => {
		const execute = Telegent.prototype.execute;
		jest.spyOn(Telegent.prototype, 'execute').mockImplementation(async function (this: IExecuteFunctions) {
			const read = this.getNodeParameter.bind(this) as (...given: unknown[]) => unknown;
			const getNodeParameter = (
				name: string,
				_item: number,
				fallback?: unknown,
				options?: IGetNodeParameterOptions,
			) => (options?.rawExpressions ? '={{ computed() }}' : read(name, 0, fallback, options));
			return await execute.call(
				Object.assign(Object.create(this) as IExecuteFunctions, { getNodeParameter }),
			);
		});
		await expectDifference('subscriber.transfer');
	});
});

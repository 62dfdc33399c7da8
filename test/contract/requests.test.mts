import { isDeepStrictEqual } from 'node:util';
import { resources } from '../../nodes/Telegent/resources/index.ts';
import { SAMPLE_EXCEPTIONS } from './bindings.mts';
import { find, leaves, type ContractOperation } from './contract.mts';
import { exceptionsOf, withExceptions } from './exceptions.mts';
import { nodeOf, run } from './node.mts';
import { startRecorder, type Recorder } from './recorder.mts';
import { pagingOf, samplesOf } from './samples.mts';
import { nameOf, subjectsOf, type Subject } from './subjects.mts';
import { inOrder, outcome, tryOut, tryPair, WAYS, type Trial } from './trial.mts';
import { placesIn, strange, variantsOf } from './variants.mts';

/*
 * The node, filled as a person fills it and run by the real n8n-core, makes the requests of the contract. What is
 * expected comes from spec/ alone.
 */

const node = nodeOf(resources);
const subjects = subjectsOf(resources);
let recorder: Recorder;
beforeAll(async () => {
	recorder = await startRecorder();
});
afterAll(async () => await recorder.close());

describe.each(subjects.map((subject): [string, Subject] => [subject.operation.key, subject]))(
	'%s',
	(key, subject) => {
		const samples = samplesOf(subject.operation).map((sample) => withExceptions(sample, exceptionsOf(key)));

		test.each(WAYS)(`${nameOf(subject)} makes the sample's requests, %s`, async (way) => {
			for (const sample of samples) {
				const trial = await tryPair({ node, recorder }, subject, sample, way);
				expect(outcome(trial)).toEqual(inOrder(trial));
			}
		});

		test('with all fields filled, it sends what the contract knows, and all of it', async () => {
			const { operation } = subject;
			const reached = new Set<string>();
			for (const { choices, name, request } of variantsOf(subject)) {
				const trial = await tryOut({ node, recorder }, subject, [request], 'typed', choices);
				const [expected] = trial.expected;
				const [{ body, method, path, query } = { query: {} }] = trial.seen;
				const wrong = [...strange(query, expected.query), ...strange(body ?? {}, expected.body ?? {})];
				const to = `${method} ${path}`;
				expect({ name, error: trial.result.error?.message, to, wrong }).toEqual({ name, to: key, wrong: [] });
				for (const place of [...placesIn(query), ...placesIn(body)]) reached.add(place);
			}
			const paging = Object.values(pagingOf(operation) ?? {});
			const all = leaves(operation.fields).filter((place) => !paging.includes(place));
			const isReached = (place: string) => [...reached].some((one) => `${one}.`.startsWith(`${place}.`));
			expect(all.filter((place) => !isReached(place))).toEqual([]);
		});
	},
);

test('The other way to send media: binary fields of the item', async () => {
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
	const { error } = await run(node, recorder.url, parameters, [{ json: {}, binary }]);
	const [call] = recorder.take();
	const { Body, From, MmsBase64, To } = body;
	expect({ error: error?.message, ...(JSON.parse(call.body) as object) }).toEqual({
		Body,
		From,
		MmsBase64,
		To,
	});
});

describe('The exceptions', () => {
	const used = SAMPLE_EXCEPTIONS.flatMap((exception) => {
		const subject = subjects.find(({ operation }) => operation.key === exception.operation);
		return subject ? [{ exception, subject }] : [];
	});

	test('say why they are there', () => {
		expect(SAMPLE_EXCEPTIONS.filter(({ reason }) => reason.length < 20)).toEqual([]);
	});

	test('are needed: without any of them, a sample would not come out', async () => {
		const needless: string[] = [];
		for (const { exception, subject } of used) {
			const others = exceptionsOf(exception.operation).filter((other) => other !== exception);
			const trials: Trial[] = [];
			for (const sample of samplesOf(subject.operation)) {
				trials.push(await tryPair({ node, recorder }, subject, withExceptions(sample, others), 'typed'));
			}
			const same = isDeepStrictEqual(trials.map(outcome), trials.map(inOrder));
			if (same) needless.push(`${exception.operation} · ${exception.place}`);
		}
		expect(needless).toEqual([]);
	});
});

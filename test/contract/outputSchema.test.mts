import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { loadOutputSchema } from 'n8n-core';
import { resources } from '../../nodes/Telegent/resources/index.ts';
import { exceptionsOf, withExceptions } from './exceptions.mts';
import {
	closed,
	outputSchema,
	SCHEMAS,
	schemaFiles,
	staleSchemas,
	type OutputSchema,
} from '../../scripts/lib/outputSchema.mts';
import { startRecorder, type Recorder } from './recorder.mts';
import { samplesOf } from './formFiller/samples.mts';
import { runNode } from '../support/n8n.mts';
import { operations } from './cases.mts';
import { credential, runRequests } from './formFiller/runRequests.mts';

describe('The output schemas', () => {
	test('are up to date (npm run schemas)', () => {
		expect(staleSchemas(resources)).toEqual([]);
	});

	test('are reported when they are missing, out of date, or of no operation', () => {
		const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
		cpSync(SCHEMAS, folder, { recursive: true });
		const [first, second] = schemaFiles(resources).keys();
		rmSync(join(folder, first));
		writeFileSync(join(folder, second), '{}\n');
		writeFileSync(join(folder, dirname(second), 'strange.json'), '{}\n');
		expect(staleSchemas(resources, folder)).toEqual([
			`${first} is missing`,
			`${second} is out of date`,
			`${dirname(second)}/strange.json is of no operation`,
		]);
		rmSync(folder, { recursive: true });
	});

	test('exist for every operation except API Request, whose response depends on the request', () => {
		const files = schemaFiles(resources);
		const without = resources.flatMap((resource) =>
			resource.operations.filter((entry) => !files.has(`${resource.value}/${entry.value}.json`)),
		);
		expect(without.map(({ name }) => name)).toEqual(['Make Request']);
	});

	test.each(operations)('%s is found by n8n', (_name, { entry, resource }) => {
		const nodeDir = 'nodes/Telegent';
		const found = loadOutputSchema({ nodeDir, version: 1, resource: resource.value, operation: entry.value });
		expect(found).toMatchObject({ type: 'object' });
	});
});

describe('The output of an operation fits its schema', () => {
	const ajv = new Ajv({ allowUnionTypes: true });
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder();
	});
	afterAll(async () => await recorder.close());

	test.each(operations)('%s', async (_name, subject) => {
		const [sample] = samplesOf(subject.operation);
		const request = withExceptions(sample, exceptionsOf(subject.operation.key));
		const { error, items } = await runRequests(recorder, subject, [request], 'typed');
		const schema = outputSchema(subject);
		const validate = ajv.compile(closed(schema));
		const wrong = items.filter(({ json }) => !validate(json)).map(() => ajv.errorsText(validate.errors));
		expect({ error, wrong }).toEqual({ wrong: [] });
		expect(items.length).toBeGreaterThan(0);
		const given = new Set(items.flatMap(({ json }) => Object.keys(json)));
		const unseen = Object.keys(schema.properties ?? {}).filter((name) => !given.has(name));
		// Of several documented answers, the recorder gives the first; a delete tells what this request named.
		const several = subject.operation.answers.length > 1 || subject.entry.deletes;
		expect(several ? [] : unseen).toEqual([]);
	});
});

test('The output of Message → Preview, which makes no request, fits its schema', async () => {
	const parameters = {
		resource: 'message',
		operation: 'preview',
		to: '+18015737111, 12',
		body: 'Hello there!!!',
	};
	const { items } = await runNode({
		credential: credential('http://127.0.0.1:9'),
		parameters,
		items: [{ json: {} }, { json: {} }],
	});
	const schema = JSON.parse(schemaFiles(resources).get('message/preview.json') ?? '{}') as OutputSchema;
	const validate = new Ajv({ allowUnionTypes: true }).compile(closed(schema));
	expect(items.map(({ json }) => [validate(json), validate.errors])).toEqual([
		[true, null],
		[true, null],
	]);
	expect(Object.keys(items[1].json)).toEqual(Object.keys(schema.properties ?? {}));
	expect(items[1].json).toMatchObject({ invalid: [{ number: '12' }], duplicates: [{ item: 0 }] });
});

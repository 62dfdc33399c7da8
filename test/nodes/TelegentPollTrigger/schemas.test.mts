import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { PollHost } from '../../support/n8n/pollHost.mts';
import { OWN_NUMBER, useSandbox } from '../../support/sandbox.mts';

const folder = path.join(__dirname, '../../../nodes/TelegentPollTrigger/__schema__');
const schema = (file: string) =>
	JSON.parse(readFileSync(path.join(folder, `${file}.json`), 'utf8')) as {
		properties: object;
		version?: number;
	};

const sandbox = useSandbox();

test.each([
	['messageReceived', {}],
	['dataUsage', { unit: 'percent', threshold: 80 }],
	['orderUpdate', {}],
])('the schema of %s is what comes out', async (event, parameters) => {
	await sandbox.control.inbound({ from: '+12025550142', to: OWN_NUMBER, body: 'Hi' });
	const host = new PollHost(sandbox.credential, { event, ...parameters });
	const [item] = (await host.test()) ?? [];
	const { version: _version, ...wanted } = schema(`v1.0.0/${event}`);
	const validate = new Ajv({ strict: false, allowUnionTypes: true }).compile({
		...wanted,
		additionalProperties: false,
	});
	expect(Object.keys(item).sort()).toEqual(Object.keys(wanted.properties).sort());
	expect([validate(item), validate.errors]).toEqual([true, null]);
});

test.each(['v1.0.0', 'v1.0.0/output'])('without an event, %s is New Message', (file) => {
	expect(schema(file)).toEqual(schema('v1.0.0/messageReceived'));
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { EVENTS } from '../../../nodes/shared/inbound/events.ts';

const folder = path.join(__dirname, '../../../nodes/TelegentTrigger/__schema__');
const schema = (file: string) =>
	JSON.parse(readFileSync(path.join(folder, `${file}.json`), 'utf8')) as {
		properties: Record<string, object>;
		version?: number;
	};

const number = '+15005550100';
const PAYLOADS: Record<string, object[]> = {
	message: [
		{
			Message_ID: 'TMID-1',
			Owner: number,
			To: number,
			From: '+12025550142',
			Message_Body: 'Hi',
			MMS_Media_URL: 'https://a.example/1.jpg',
		},
		{ MessageId: 'TMID-2', From: '+12025550142', Text: '' },
	],
	deliveryReceipt: [
		{
			MessageId: 'TMID-1',
			Status: 'Failed',
			ErrorCode: 30003,
			ErrorMessage: 'x',
			From: number,
			To: '+12025550142',
		},
		{ MessageId: 'TMID-1', Status: 'Sent' },
	],
	orderUpdate: [
		{
			OrderId: 'JNUOID-1',
			OrderDate: '2026-01-01T00:00:00',
			OrderStatus: 'Complete',
			PhoneNumbersOrdered: [{ Number: number }],
		},
		{},
	],
	call: [
		{
			CallId: '1',
			From: '+12025550142',
			To: number,
			Owner: number,
			Direction: 'Inbound',
			Duration: 3,
			RecordingUrl: 'https://a.example/1.mp3',
		},
		{},
	],
};
const WORDS: Record<string, string> = { optOut: 'STOP', optIn: 'START', help: 'HELP' };

function payloadsOf(event: string): object[] {
	if (event.startsWith('call')) return PAYLOADS.call;
	if (WORDS[event]) return [{ ...PAYLOADS.message[0], Message_Body: WORDS[event] }];
	return PAYLOADS[event] ?? PAYLOADS.message;
}

test.each(EVENTS.map((event) => [event.value, event] as const))(
	'the schema of %s is what comes out',
	(value, event) => {
		const { version: _version, ...wanted } = schema(`v1.1.0/${value}`);
		const validate = new Ajv({ strict: false, allowUnionTypes: true }).compile({
			...wanted,
			additionalProperties: false,
		});
		for (const payload of payloadsOf(value)) {
			const shape = event.read(payload as never, new Date()) as Record<string, unknown>;
			expect(Object.keys(shape).sort()).toEqual(Object.keys(wanted.properties).sort());
			expect([validate(shape), validate.errors]).toEqual([true, null]);
		}
	},
);

test.each(['v1.1.0', 'v1.1.0/output'])(
	'what n8n asks for without naming an event, %s, is Message Received',
	(file) => {
		expect(schema(file)).toEqual(schema('v1.1.0/messageReceived'));
	},
);

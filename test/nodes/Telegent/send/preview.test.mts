import type { IDataObject } from 'n8n-workflow';
import { mostRequests } from '../../../../nodes/Telegent/send/deliveryWait.ts';
import { runNode } from '../../../support/n8n.mts';
import { useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();
const preview = async (
	body: string,
	items: IDataObject[],
	safeguards: IDataObject = {},
	options: IDataObject = {},
	requestsPerMinute = 0,
) => {
	const { json, run } = await runNode({
		credential: { ...sandbox.credential, requestsPerMinute },
		parameters: {
			resource: 'message',
			operation: 'preview',
			to: '={{ $json.to }}',
			body,
			safeguards: safeguards as never,
			options: options as never,
		},
		items,
	});
	return { json, hint: run.data.resultData.runData.Telegent?.at(-1)?.hints?.[0]?.message };
};
const PERSON = '+18015550123';

describe('Preview says what Send would find in the words', () => {
	test('empty fields, left-over braces and missing texts', async () => {
		const items = [
			{ to: PERSON, name: 'Ana', text: 'Reply STOP' },
			{ to: PERSON, name: '', text: '{{code}}' },
		];
		const { hint, json } = await preview('=Hi {{ $json.name }}: {{ $json.text }}', items, {
			mustContain: 'reply stop',
		});
		expect(json[0]).toMatchObject({ emptyFields: [], leftOverBraces: '', missingTexts: [] });
		expect(json[1]).toMatchObject({
			emptyFields: ['{{ $json.name }}'],
			leftOverBraces: '{{code}}',
			missingTexts: ['reply stop'],
		});
		expect(hint).toContain('1 with an empty field, left-over braces or a missing text');
	});

	test('and what Max Messages per Recipient costs', async () => {
		const { hint } = await preview('Hi', [{ to: PERSON }], { frequencyCap: { cap: { most: 1, hours: 24 } } });
		expect(hint).toContain(
			"'Max Messages per Recipient' reads each sender's message list: 1 more request per 100 messages in the period",
		);
		expect((await preview('Hi', [{ to: PERSON }])).hint).not.toContain('more request');
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('and what Wait for Delivery costs at most: the same bound as while waiting', async () => {
		const many = Array.from({ length: 1_000 }, (_, index) => ({ to: `+1801556${1000 + index}` }));
		const waiting = { waitForDelivery: { delivery: { seconds: 120, ifNotDelivered: 'report' } } };
		const { hint } = await preview('Hi', many, {}, waiting);
		expect(mostRequests(1_000, 1)).toBe(35);
		expect(hint).toContain(
			"'Wait for Delivery' takes at most 35 more requests for 1000 messages of one sender, or 3 per sender if that is more",
		);
		expect(hint).not.toContain('waiting again');
		const fallback = { delivery: { seconds: 120, ifNotDelivered: 'fallback' } };
		const short = await preview('Hi', [{ to: PERSON }], {}, { waitForDelivery: fallback });
		expect(short.hint).toContain('at most 20 more requests for 1 message of one sender');
		expect(short.hint).toContain(
			"then 1 for each message that isn't delivered, and at most 20 for waiting again",
		);
		expect((await preview('Hi', [{ to: PERSON }])).hint).not.toContain('Wait for Delivery');
	});

	test('and what Stay Silent While a Person Writes costs: a reading for each minute of sending', async () => {
		const many = Array.from({ length: 500 }, (_, index) => ({ to: `+1801556${1000 + index}` }));
		const { hint } = await preview('Hi', many, { staySilentMinutes: 30 }, {}, 50);
		expect(hint).toContain(
			'up to 11 more requests per sender, or up to 220 if the period has more than 100 messages, and 1',
		);
		const one = await preview('Hi', [{ to: PERSON }], { staySilentMinutes: 30 });
		expect(one.hint).toContain('up to 1 more request per sender, or up to 20 if');
		expect((await preview('Hi', [{ to: PERSON }], { staySilentMinutes: 0 })).hint).not.toContain('Silent');
		expect(sandbox.calls()).toHaveLength(0);
	});
});

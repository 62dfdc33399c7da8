import type { IDataObject } from 'n8n-workflow';
import { runNode } from '../../../support/n8n.mts';
import { useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();
const preview = async (body: string, items: IDataObject[], safeguards: IDataObject = {}) => {
	const { json, run } = await runNode({
		credential: sandbox.credential,
		parameters: {
			resource: 'message',
			operation: 'preview',
			to: '={{ $json.to }}',
			body,
			safeguards: safeguards as never,
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
});

import type { ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';
import { manualToken } from '../../../../nodes/shared/secrets.ts';
import { TelegentTrigger } from '../../../../nodes/TelegentTrigger/TelegentTrigger.node.ts';
import { hostFor } from '../../../support/loadOptions.mts';
import { useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();
const { getNumbers, getToken } = new TelegentTrigger().methods.loadOptions;
const editor = (parameters: INodeParameters = {}) =>
	hostFor(sandbox.credential, parameters, 'parameters.token') as ILoadOptionsFunctions;

describe('numbers of a trigger', () => {
	const INVENTORY = '/v1.0/numbers/inventory';

	test('are shown with their caller name, if they have one', async () => {
		const PhoneNumbers = [{ Number: '+18015550001', Cnam: 'ACME' }, { Number: '+18015550002' }];
		sandbox.control.addFault({ path: INVENTORY, status: 200, body: { PhoneNumbers, TotalResults: 2 } });
		expect(await getNumbers.call(editor())).toEqual([
			{ name: '+18015550001 · ACME', value: '+18015550001' },
			{ name: '+18015550002', value: '+18015550002' },
		]);
	});

	test.each([
		['messages are switched off', { MessageEnabled: false }],
		['messages are switched off as text', { MessageEnabled: 'False' }],
		['the number is cancelled', { MessageEnabled: true, Status: 'Cancelled' }],
	])('are left out when %s', async (_case, values) => {
		const PhoneNumbers = [
			{ Number: '+18015550001', ...values },
			{ Number: '+18015550002', MessageEnabled: true },
		];
		sandbox.control.addFault({ path: INVENTORY, status: 200, body: { PhoneNumbers, TotalResults: 2 } });
		expect((await getNumbers.call(editor())).map(({ value }) => value)).toEqual(['+18015550002']);
	});

	test('a refusal by Telegent is reported', async () => {
		sandbox.control.addFault({ path: INVENTORY, count: 9, status: 403 });
		await expect(getNumbers.call(editor())).rejects.toMatchObject({ httpCode: '403' });
	});
});

describe('the token of a trigger that is set up manually', () => {
	test('is derived from the account secret and the trigger, and only a placeholder is stored', async () => {
		const [one, again, other] = await Promise.all(
			['trigger-1', 'trigger-1', 'trigger-2'].map(
				async (trigger) => await getToken.call(editor({ trigger })),
			),
		);
		expect(one).toEqual([
			{
				name: manualToken(sandbox.credential.accountSecret, 'trigger-1'),
				value: 'derived',
				description: expect.stringMatching(/password with any username/),
			},
		]);
		expect(again).toEqual(one);
		expect(other[0].name).not.toBe(one[0].name);
		expect(sandbox.calls()).toEqual([]);
	});

	test.each<[string, INodeParameters]>([
		['not known', {}],
		['empty', { trigger: '' }],
		['not text', { trigger: 5 }],
	])('is not offered when the trigger is %s', async (_case, parameters) => {
		expect(await getToken.call(editor(parameters))).toEqual([]);
	});
});

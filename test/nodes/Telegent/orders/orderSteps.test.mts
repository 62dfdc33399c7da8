import type { IDataObject } from 'n8n-workflow';
import { carrierHint } from '../../../../nodes/Telegent/orders/orderSteps.ts';
import { runNode } from '../../../support/n8n.mts';
import { PROVISION, useSandbox } from '../../../support/sandbox.mts';
import { useFasterTime } from '../../../support/fasterTime.mts';

useFasterTime();
const sandbox = useSandbox();

const provision = (options: IDataObject) => ({ ...PROVISION, options: options as never });
const run = async (options: IDataObject, node = {}) =>
	await runNode({ credential: sandbox.credential, parameters: provision(options), node });
const ordered = () => sandbox.calls('/v1.0/numbers/provision').length;
const looked = () => sandbox.calls('/v1.0/numbers/order').length;

test('without the option the answer comes at once', async () => {
	sandbox.control.order({ status: 'Complete', delaySeconds: 60 });
	const { json } = await run({});
	expect(json[0].OrderStatus).toBe('Pending');
	expect(looked()).toBe(0);
});

test('with it, the finished order comes, with what ordering answered', async () => {
	sandbox.control.order({ status: 'Complete', delaySeconds: 1 });
	const { json, error } = await run({ waitForOutcome: true });
	expect(error).toBeUndefined();
	expect(json[0]).toMatchObject({
		OrderStatus: 'Complete',
		PhoneNumberAssigned: expect.stringMatching(/^\+1\d{10}$/),
	});
	expect(ordered()).toBe(1);
});

test('a finished order is not looked up', async () => {
	expect((await run({ waitForOutcome: true })).json[0].OrderStatus).toBe('Complete');
	expect(looked()).toBe(0);
});

test('a refused order says the carrier’s reason and what it means; n8n’s repetition does not order again', async () => {
	sandbox.control.order({ status: 'Error', delaySeconds: 1, message: '8A-ACCOUNT_NUM_REQ_OR_INCORRECT' });
	const { error } = await run(
		{ waitForOutcome: true },
		{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
	);
	expect(error?.message).toMatch(/^Order \S+ didn't go through: 8A-ACCOUNT_NUM_REQ_OR_INCORRECT$/);
	expect(error?.description).not.toContain("Don't run it again");
	expect(error?.description).toMatch(
		/account number at the current carrier is missing or wrong.*status is Error/,
	);
	expect(error?.context).toMatchObject({ outcome: 'done', itemIndex: 0 });
	expect(ordered()).toBe(1);
});

test('an order that is still open when the time is up is returned as it is', async () => {
	sandbox.control.order({ status: 'Complete', delaySeconds: 600 });
	const { json, error } = await run({ waitForOutcome: true, waitMinutes: 0.001 });
	expect(error).toBeUndefined();
	expect(json[0].OrderStatus).toBe('Pending');
	expect(ordered()).toBe(1);
});

test.each([
	['8A-ACCOUNT_NUM_REQ_OR_INCORRECT', /account number/],
	['6P-REMOVE NUMBER LOCK ON VERIZON ACCOUNT', /locked/],
	['PASSCODE_PIN_REQUIRED', /PIN or password/],
	['ZIP CODE MISMATCH', /billing address/],
	['something new', /^$/],
])('carrier code %s in plain words', (code, hint) => expect(carrierHint(code)).toMatch(hint));

describe('a refusal without details', () => {
	const parked = {
		resource: 'number',
		operation: 'update',
		number: { __rl: true, mode: 'number', value: '+15005550100' },
		updateFields: { messageEnabled: true },
	};
	const update = async (body: IDataObject) => {
		sandbox.control.addFault({ path: '/v1.0/numbers/update', status: 200, body });
		return await runNode({ credential: sandbox.credential, parameters: parked as never });
	};

	test('of a change says that there is no reason', async () => {
		const { error } = await update({ Status: 'Failed', Message: { Code: 7 } });
		expect(error?.message).toMatch(/no reason/);
		expect(error?.context).toMatchObject({ outcome: 'notDone' });
	});

	test('of some numbers names those that were changed, whatever else the list holds', async () => {
		const PhoneNumbers = [
			null,
			{ Number: '+15005550100', Status: 'Failed', StatusMessage: 'Locked' },
			{ Number: '+15005550101', Status: 'Complete' },
		];
		const { error } = await update({ PhoneNumbers } as never);
		expect(error?.message).toMatch(/\+15005550100: Locked/);
		expect(error?.description).toMatch(/\+15005550101/);
		expect(error?.context).toMatchObject({ outcome: 'done' });
	});

	test('of an order without an ID leaves no gap in the sentence', async () => {
		const body = { OrderStatus: 'Error', OrderStatusMessage: 'No numbers left' };
		sandbox.control.addFault({ path: '/v1.0/numbers/provision', status: 200, body });
		const { error } = await run({ waitForOutcome: true });
		expect(error?.message).toMatch(/^Order \S.*No numbers left$/);
		expect(error?.context).toMatchObject({ outcome: 'done' });
	});
});

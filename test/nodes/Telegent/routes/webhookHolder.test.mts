import { formatState } from '../../../../nodes/shared/questions/note.ts';
import { formatOwnerNote, ownerLabel } from '../../../../nodes/shared/routes/ownerNote.ts';
import { runNode } from '../../../support/n8n.mts';
import { useSandbox } from '../../../support/sandbox.mts';

type Row = Record<string, unknown>;

const sandbox = useSandbox();
const READ = '/v1.0/webhook';
const DELETE = '/v1.0/webhook/delete';
const UPDATE = '/v1.0/webhook/update';
const URL = 'https://n8n.example/webhook/one/telegent';
const HOUR = 3_600_000;

const run = async (operation: string, parameters: Row) =>
	await runNode({
		credential: sandbox.credential,
		parameters: { resource: 'webhook', operation, ...parameters } as never,
	});
/** Creates a webhook with this username. @returns its ID */
async function webhookOf(AuthenticationUsername: string, WebhookUrl = URL): Promise<string> {
	const authentication = {
		authenticationType: 'Basic',
		authenticationUsername: AuthenticationUsername,
		authenticationPassword: 'secret',
	};
	const { error, json } = await run('create', {
		webhookUrl: WebhookUrl,
		subscribedEvents: ['New_Sms'],
		additionalFields: authentication,
	});
	expect(error).toBeUndefined();
	sandbox.control.clearRequests();
	return String(json[0].WebhookId);
}
const remove = async (webhookId: string, options: Row = {}, more: Row = {}) =>
	await run('delete', { webhookId, options, ...more });
const question = (more: Row = {}) =>
	formatState({
		execution: '42',
		from: '+15005550100',
		to: '+12025550142',
		deadline: Date.now() + HOUR,
		askedAt: Date.now() - HOUR,
		reAsks: 0,
		answered: false,
		...more,
	});

describe('deleting a webhook', () => {
	test('of a published trigger is refused before anything changes, with its workflow and the next step', async () => {
		const id = await webhookOf(ownerLabel('one'));
		const { error } = await remove(id);
		expect(error).toMatchObject({
			message: `The webhook ${id} is in use by n8n workflow one`,
			description: expect.stringMatching(
				/^It wasn't deleted.*Unpublish the workflow.*'Delete Even If in Use'/,
			),
		});
		expect(sandbox.calls(DELETE)).toEqual([]);
	});

	test('of a workflow in this n8n is refused with a link', async () => {
		const id = await webhookOf(ownerLabel('one'), 'http://127.0.0.1:5678/webhook/one/telegent');
		expect((await remove(id)).error?.message).toMatch(/\(http:\/\/127\.0\.0\.1:5678\/workflow\/one\)$/);
	});

	test('with a sealed note is refused too', async () => {
		const { accountSecret } = sandbox.credential;
		const id = await webhookOf(formatOwnerNote('one', URL, { previousOwners: [] }, accountSecret));
		expect((await remove(id)).error?.message).toMatch(/is in use by n8n workflow one$/);
	});

	test('of an open question is refused, with its execution, recipient and end', async () => {
		const id = await webhookOf(question());
		const { error } = await remove(id);
		expect(error).toMatchObject({
			message: expect.stringMatching(
				/is in use by Send and Wait for Response in n8n execution 42 \(waits for \+12025550142 until 2\S+Z\)$/,
			),
			description: expect.stringMatching(/^It wasn't deleted.*stop the execution.*'Delete Even If in Use'/),
		});
		expect(sandbox.calls(DELETE)).toEqual([]);
	});

	test.each([
		['of a question that was answered', () => question({ answered: true, lastFingerprint: 'abc' })],
		['of a question whose time is over', () => question({ deadline: Date.now() - 1 })],
		['that no workflow uses', () => 'admin'],
	])('%s deletes it', async (_case, username) => {
		const id = await webhookOf(username());
		expect(await remove(id)).toMatchObject({ json: [{ deleted: true, WebhookId: id }] });
	});

	test('with Delete Even If in Use deletes it without reading it', async () => {
		const id = await webhookOf(ownerLabel('one'));
		expect(await remove(id, { deleteInUse: true })).toMatchObject({ json: [{ deleted: true }] });
		expect(sandbox.calls(READ)).toEqual([]);
	});

	test.each([
		['switched off', { deleteInUse: false }],
		['as text', { deleteInUse: 'false' }],
	])('with the option %s is refused', async (_case, options) => {
		const id = await webhookOf(ownerLabel('one'));
		expect((await remove(id, options)).error?.message).toMatch(/is in use by/);
	});

	test('reads it in the account that it belongs to', async () => {
		const id = await webhookOf('admin');
		await remove(id, {}, { additionalFields: { accountId: 'AID-9' } });
		expect(sandbox.calls(READ)).toMatchObject([{ query: { WebhookId: id, AccountId: 'AID-9' } }]);
	});

	test('that does not exist gives the response of Telegent', async () => {
		expect((await remove('WHID-0')).error?.message).toMatch(/WHID-0/);
		expect(sandbox.calls(DELETE)).toHaveLength(1);
	});

	test('that cannot be read first leaves it as it is', async () => {
		const id = await webhookOf('admin');
		sandbox.control.addFault({ path: READ, status: 200, body: {}, count: 9 });
		const { error } = await remove(id);
		expect(error?.message).toMatch(/response for webhook WHID-.* has no webhook.*Nothing was changed/);
		expect(sandbox.calls(DELETE)).toEqual([]);
	});

	test('that may not be read leaves it as it is', async () => {
		const id = await webhookOf('admin');
		sandbox.control.addFault({ path: READ, status: 403, body: { Message: 'Not yours' }, count: 9 });
		expect((await remove(id)).error?.message).toMatch(/Not yours/);
		expect(sandbox.calls(DELETE)).toEqual([]);
	});
});

describe('updating a webhook', () => {
	const update = async (webhookId: string, updateFields: Row) => {
		const { error, run: executed } = await run('update', { webhookId, updateFields });
		expect(error).toBeUndefined();
		return (executed.data.resultData.runData.Telegent[0].hints ?? []).map(({ message }) => message);
	};

	test.each([
		['URL', { webhookUrl: 'https://crm.example/events' }],
		['events', { subscribedEvents: ['Order_Update'] }],
		['token', { authenticationToken: 'new' }],
		['authentication', { authenticationType: 'None' }],
		['method', { method: 'PUT' }],
		['format', { dataFormat: 'xml' }],
	])('of a published trigger: a new %s is sent, and a hint names the workflow', async (_case, fields) => {
		const id = await webhookOf(ownerLabel('one'));
		expect(await update(id, fields)).toEqual([
			expect.stringMatching(/uses the webhook: n8n workflow one\..*unpublish and publish/),
		]);
	});

	test('of an open question: a hint names the execution', async () => {
		const id = await webhookOf(question());
		expect(await update(id, { webhookUrl: 'https://crm.example/events' })).toEqual([
			expect.stringMatching(/n8n execution 42/),
		]);
	});

	test.each([
		['method', { method: 'POST' }],
		['format', { dataFormat: 'json' }],
		['authentication type', { authenticationType: 'Bearer' }],
	])('with the %s that the trigger uses gives no hint', async (_case, fields) => {
		expect(await update(await webhookOf(ownerLabel('one')), fields)).toEqual([]);
	});

	test('that no workflow uses gives no hint, and costs no further request', async () => {
		const id = await webhookOf('admin');
		expect(await update(id, { webhookUrl: 'https://crm.example/events' })).toEqual([]);
		expect(sandbox.calls(READ)).toEqual([]);
		expect(sandbox.calls(UPDATE)).toHaveLength(1);
	});
});

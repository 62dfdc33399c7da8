import { formatOwnerNote } from '../../../../nodes/shared/routes/ownerNote.ts';
import { runNode } from '../../../support/n8n.mts';
import { useSandbox } from '../../../support/sandbox.mts';
import { BASIC, MAIN } from '../../../support/trigger/world.mts';

const sandbox = useSandbox();
const URL = 'https://n8n.example/webhook/one/telegent';
const note = (workflow: string, url = URL, name?: string) =>
	formatOwnerNote(
		workflow,
		url,
		{ previousOwners: [], ...(name && { name }) },
		sandbox.credential.accountSecret,
	);

type Row = Record<string, unknown>;
const change = async (updateFields: Row, messageRouteId = MAIN) => {
	const parameters = { resource: 'messageRoute', operation: 'update', messageRouteId, updateFields };
	return await runNode({ credential: sandbox.credential, parameters: parameters as never });
};
const remove = async (options: Row = {}, messageRouteId: string = MAIN) => {
	const parameters = { resource: 'messageRoute', operation: 'delete', messageRouteId, options };
	return await runNode({ credential: sandbox.credential, parameters: parameters as never });
};
/** Hints of a run, by their words. */
const hintsOf = ({ run }: Awaited<ReturnType<typeof change>>) =>
	(run.data.resultData.runData.Telegent[0].hints ?? []).map(({ message }) => message);
const DELETE = '/v1.0/message/routes/delete';
const get = async (more: Row = {}, operation = 'get', messageRouteId = MAIN) => {
	const parameters = { resource: 'messageRoute', operation, messageRouteId, ...more };
	const { error, json } = await runNode({
		credential: sandbox.credential,
		parameters: parameters as never,
	});
	expect(error).toBeUndefined();
	return json;
};

test('a route that no workflow listens to', async () => {
	expect(await get()).toEqual([expect.objectContaining({ HeldBy: null, MessageUsername: null })]);
});

test.each([
	['simplified', {}],
	['whole', { simplify: false }],
])('a route that workflows listen to, %s: who they are, readable', async (_case, more) => {
	await change({
		messageUrl: URL,
		messageUsername: note('one'),
		callbackMessageUrl: URL,
		callbackMessageUsername: note('two'),
	});
	const [route] = await get(more);
	expect(route).toMatchObject({
		HeldBy: 'n8n workflow one (messages), n8n workflow two (delivery receipts)',
		MessageUsername: 'n8n workflow one',
		CallbackMessageUsername: 'n8n workflow two',
	});
	const listed = await get(more, 'getAll');
	expect(listed.map(({ HeldBy }) => HeldBy)).toEqual([route.HeldBy, null]);
});

test('with secrets, the note is whole, so that it can be written back', async () => {
	await change({ messageUrl: URL, messageUsername: note('one') });
	const [route] = await get({ simplify: false, options: { showSecrets: true } });
	expect(route).toMatchObject({ HeldBy: 'n8n workflow one (messages)', MessageUsername: note('one') });
});

test('a note that somebody left in place when pointing the route elsewhere counts as nothing', async () => {
	const { json } = await change({ messageUrl: 'https://other.example/', messageUsername: note('one') });
	expect(json).toEqual([expect.objectContaining({ HeldBy: null, MessageUsername: 'n8n workflow one' })]);
});

test('a note that was sealed with another account secret still says who', async () => {
	const foreign = formatOwnerNote('one', URL, { previousOwners: [] }, 'another');
	await change({ messageUrl: URL, messageUsername: foreign });
	expect(await get()).toEqual([expect.objectContaining({ HeldBy: 'n8n workflow one (messages)' })]);
});

test('a user name of somebody else stays as it is', async () => {
	await change({ messageUsername: 'n8n workflows are nice' }, BASIC);
	expect(await get({}, 'get', BASIC)).toEqual([
		expect.objectContaining({ HeldBy: null, MessageUsername: 'n8n workflows are nice' }),
	]);
});

describe('workflows are called by their names', () => {
	test('with the ID, in another n8n', async () => {
		await change({ messageUrl: URL, messageUsername: note('one', URL, 'Auto-reply') });
		expect(await get()).toEqual([
			expect.objectContaining({
				HeldBy: '"Auto-reply" (messages, n8n workflow one)',
				MessageUsername: 'n8n workflow one',
			}),
		]);
	});

	test('with a link, in this n8n', async () => {
		const own = 'http://127.0.0.1:5678/webhook/one/telegent';
		await change({ messageUrl: own, messageUsername: note('one', own, 'Auto-reply') });
		expect(await get()).toEqual([
			expect.objectContaining({
				HeldBy: '"Auto-reply" (messages, http://127.0.0.1:5678/workflow/one)',
			}),
		]);
	});
});

describe('deleting a route', () => {
	test('that a published workflow listens to is refused before anything changes, with its name and the ways out', async () => {
		await change({ messageUrl: URL, messageUsername: note('one', URL, 'Auto-reply') });
		const { error } = await remove();
		expect(error).toMatchObject({
			message: 'The message route "Main SMS Webhook" is in use by "Auto-reply" (messages, n8n workflow one)',
			description: expect.stringMatching(
				/^The route wasn't deleted.*Unpublish the workflow first.*Delete Even If in Use/,
			),
		});
		expect(sandbox.calls(DELETE)).toEqual([]);
	});

	test('with a note that has no name is refused too, as is one for receipts', async () => {
		await change({ callbackMessageUrl: URL, callbackMessageUsername: note('two') });
		expect((await remove()).error?.message).toMatch(/is in use by n8n workflow two \(delivery receipts\)$/);
	});

	test('that a workflow created for itself: unpublishing is enough', async () => {
		const { accountSecret } = sandbox.credential;
		const made = formatOwnerNote('one', URL, { previousOwners: [], numbers: { '+1': null } }, accountSecret);
		await change({ messageUrl: URL, messageUsername: made });
		expect((await remove()).error?.description).toMatch(/Unpublish the workflow: that deletes the route/);
	});

	test('Delete Even If in Use: it goes, without a look', async () => {
		await change({ messageUrl: URL, messageUsername: note('one') });
		sandbox.control.clearRequests();
		expect(await remove({ deleteInUse: true })).toMatchObject({
			json: [{ deleted: true, MessageRouteId: MAIN }],
		});
		expect(sandbox.calls().map(({ path }) => path)).not.toContain('/v1.0/message/routes');
	});

	test.each([
		['switched off', { deleteInUse: false }],
		['as text', { deleteInUse: 'false' }],
	])('the option %s', async (_case, options) => {
		await change({ messageUrl: URL, messageUsername: note('one') });
		expect((await remove(options)).error?.message).toMatch(/is in use by/);
	});

	test('that nobody listens to goes', async () => {
		expect(await remove({}, BASIC)).toMatchObject({ json: [{ deleted: true, MessageRouteId: BASIC }] });
	});

	test('whose note belongs to a former URL goes', async () => {
		await change({ messageUrl: 'https://other.example/', messageUsername: note('one') });
		expect(await remove()).toMatchObject({ json: [{ deleted: true }] });
	});

	test('that is not there: Telegent says so', async () => {
		const { error } = await remove({}, 'MRID-0');
		expect(error?.message).toMatch(/MRID-0/);
	});

	test('that may not be read first is left alone', async () => {
		sandbox.control.addFault({
			path: '/v1.0/message/routes',
			status: 403,
			body: { Message: 'Not yours' },
			count: 9,
		});
		expect((await remove()).error?.message).toMatch(/Not yours/);
		expect(sandbox.calls(DELETE)).toEqual([]);
	});

	test('without a name is named by its ID', async () => {
		const route = { MessageRouteId: MAIN, MessageUrl: URL, MessageUsername: note('one') };
		sandbox.control.addFault({ path: '/v1.0/message/routes', status: 200, body: route });
		expect((await remove()).error?.message).toContain(`"${MAIN}"`);
	});

	test('without a URL, or with a username that is no whole note, is not in use', async () => {
		await change({ messageUsername: 'n8n workflow ' });
		expect(await remove()).toMatchObject({ json: [{ deleted: true }] });
	});

	test('that cannot be looked at first is left alone', async () => {
		sandbox.control.addFault({ path: '/v1.0/message/routes', status: 200, body: {}, count: 9 });
		const { error } = await remove();
		expect(error?.message).toMatch(/response for message route MRID-.* contains no route.*wasn't changed/);
		expect(sandbox.calls(DELETE)).toEqual([]);
	});
});

describe('updating a route that a published workflow listens to', () => {
	beforeEach(async () => {
		await change({
			messageUrl: URL,
			messageUrlMethod: 'POST',
			messageUsername: note('one', URL, 'Auto-reply'),
		});
		sandbox.control.clearRequests();
	});

	test.each([
		['its URL', { messageUrl: 'https://crm.example/inbound' }],
		['its token', { messagePasswordToken: 'new' }],
		['its method', { messageUrlMethod: 'GET' }],
		['its authentication', { messageAuthenticationType: 'None' }],
	])('%s: done, and a hint names the workflow', async (_case, fields) => {
		const run = await change(fields);
		expect(run.error).toBeUndefined();
		expect(hintsOf(run)).toEqual([
			expect.stringMatching(/"Auto-reply" \(messages, n8n workflow one\).*unpublish and publish/),
		]);
	});

	test.each([
		['another setting', { routeName: 'New name' }],
		['the other address', { callbackMessageUrl: 'https://crm.example/receipts' }],
		['the value that it has', { messageUrl: URL }],
	])('%s: no hint', async (_case, fields) => {
		expect(hintsOf(await change(fields))).toEqual([]);
	});

	test('costs no further request', async () => {
		await change({ messageUrl: 'https://crm.example/inbound' });
		expect(sandbox.calls('/v1.0/message/routes')).toEqual([]);
	});

	test('an update that Telegent refuses gives no hint', async () => {
		const refusal = { status: 400, body: { StatusCode: 400, Message: 'No' } };
		sandbox.control.addFault({ path: '/v1.0/message/routes/update', ...refusal });
		const run = await change({ messageUrl: 'https://crm.example/inbound' });
		expect(run.error?.message).toMatch(/No/);
	});
});

test('an answer that holds no route has no HeldBy', async () => {
	sandbox.control.addFault({ path: '/v1.0/message/routes', status: 200, body: {}, count: 9 });
	expect(await get()).toEqual([{}]);
});

test('when the look at the route before a delete fails, the item is named and nothing is deleted', async () => {
	sandbox.control.addFault({ path: '/v1.0/message/routes', count: 1, status: 405, body: { Message: 'No' } });
	const { error } = await remove();
	expect(error).toMatchObject({ message: 'No', context: { itemIndex: 0, outcome: 'notDone' } });
	expect(sandbox.calls(DELETE)).toHaveLength(0);
});

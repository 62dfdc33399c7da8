import { writeMarker } from '../../nodes/TelegentTrigger/marker.ts';
import { runNode } from '../support/n8n.mts';
import { useSandbox } from '../support/sandbox.mts';
import { BASIC, MAIN } from './support/world.mts';

const sandbox = useSandbox();
const URL = 'https://n8n.example/webhook/one/telegent';
const note = (workflow: string, url = URL) =>
	writeMarker(workflow, url, { layers: [] }, sandbox.credential.accountSecret);

type Row = Record<string, unknown>;
const change = async (updateFields: Row, messageRouteId = MAIN) => {
	const parameters = { resource: 'messageRoute', operation: 'update', messageRouteId, updateFields };
	return await runNode({ credential: sandbox.credential, parameters: parameters as never });
};
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
		HeldBy: 'n8n workflow one (messages), n8n workflow two (receipts)',
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
	const foreign = writeMarker('one', URL, { layers: [] }, 'another');
	await change({ messageUrl: URL, messageUsername: foreign });
	expect(await get()).toEqual([expect.objectContaining({ HeldBy: 'n8n workflow one (messages)' })]);
});

test('a user name of somebody else stays as it is', async () => {
	await change({ messageUsername: 'n8n workflows are nice' }, BASIC);
	expect(await get({}, 'get', BASIC)).toEqual([
		expect.objectContaining({ HeldBy: null, MessageUsername: 'n8n workflows are nice' }),
	]);
});

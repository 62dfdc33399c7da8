import type { IDataObject } from 'n8n-workflow';
import { resetProcessState } from '../../../../transport/processState.ts';
import { runNode, type RunOptions } from '../../../support/n8n.mts';
import { processedData } from '../../../support/processedData.mts';
import { OUTBOUND, OWN_NUMBER, send, useSandbox } from '../../../support/sandbox.mts';
import axios from 'axios';

const sandbox = useSandbox();
const FILTER = '/v1.0/message/filter';
const DETAILS = '/v1.0/message/details';
const ANA = '+12025550142';
const BEN = '+12025550143';
afterEach(() => jest.restoreAllMocks());
const bodies = () => sandbox.control.outbox().map(({ body }) => body);
const silent = (to: string, body: string, more: IDataObject = {}, additionalFields: IDataObject = {}) => ({
	...send(to, body, additionalFields),
	safeguards: { staySilentMinutes: 30, ...more } as never,
});
const run = async (options: Partial<RunOptions> = {}) =>
	await runNode({
		credential: sandbox.credential,
		parameters: silent(ANA, 'Bot'),
		mode: 'trigger',
		...options,
	});
/** A colleague, or another system, sends from the same number. */
async function colleague(to: string, body = 'Colleague', more: IDataObject = {}): Promise<void> {
	const { accountKey: AccountKey, accountSecret: AccountSecret, baseUrl } = sandbox.credential;
	const url = `${baseUrl}${OUTBOUND}`;
	const exchange = { AccountKey, AccountSecret, ApiEndpoint: url };
	const { data } = await axios.post<{ token: string }>(`${baseUrl}/v1.0/oauth2/tokens`, exchange);
	const message = { From: OWN_NUMBER, To: [{ Number: to }], Body: body, ...more };
	await axios.post(url, message, { headers: { Authorization: `Bearer ${data.token}` } });
}

test('a recipient to whom a colleague writes is skipped, and the item says so', async () => {
	await colleague(ANA);
	const { json } = await run();
	expect(json).toEqual([
		{
			status: 'skipped',
			reason: `${ANA} got a message from someone else just now ('Stay Silent While a Person Writes')`,
			To: [{ Number: ANA }],
		},
	]);
	const both = await run({ parameters: silent(`${ANA}, ${BEN}`, 'Group') });
	expect(both.json[0]).toMatchObject({ To: [{ Number: BEN }], skipped: [{ number: ANA }] });
	expect(bodies()).toEqual(['Colleague', 'Group']);
});

test('after the minutes it sends again', async () => {
	await colleague(ANA);
	const { now } = Date;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + 31 * 60_000);
	await run();
	expect(bodies()).toEqual(['Colleague', 'Bot']);
});

test('its own messages do not silence it, in another process either', async () => {
	await run();
	await run();
	resetProcessState();
	await run();
	expect(bodies()).toEqual(['Bot', 'Bot', 'Bot']);
});

test('another node of the workflow that records what it sends is the same bot; another workflow is not', async () => {
	await run({ node: { id: 'other', name: 'Other' }, parameters: silent(ANA, 'Other node') });
	resetProcessState();
	await run();
	expect(bodies()).toEqual(['Other node', 'Bot']);
	await run({ workflowId: 'another' });
	expect(bodies()).toHaveLength(2);
});

test('of messages that cross, the one of the colleague counts although the own is newer', async () => {
	await colleague(ANA);
	await runNode({ credential: sandbox.credential, parameters: send(ANA, 'Crossed') });
	const { json } = await run();
	expect(json[0]).toMatchObject({ status: 'skipped' });
});

test('messages with the Campaign ID of the item are its own; one look at the details of each', async () => {
	await colleague(ANA, 'Other workflow', { CampaignId: 'JCID-1' });
	await run({ parameters: silent(ANA, 'Bot', {}, { campaignId: 'JCID-1' }) });
	expect(bodies()).toEqual(['Other workflow', 'Bot']);
	expect(sandbox.calls(DETAILS)).toHaveLength(1);
	const { json } = await run({ parameters: silent(ANA, 'Bot', {}, { campaignId: 'JCID-2' }) });
	expect(json[0]).toMatchObject({ status: 'skipped' });
});

test('a list of 200 costs one look at the message list, and one row of the table a few calls', async () => {
	const items = Array.from({ length: 200 }, (_, n) => ({ to: `+1801555${String(n).padStart(4, '0')}` }));
	await colleague(items[150].to);
	const { calls } = processedData;
	const { json } = await run({ parameters: silent('={{ $json.to }}', 'Offer'), items });
	expect(json.filter(({ status }) => status === 'skipped')).toHaveLength(1);
	expect(sandbox.calls(FILTER)).toHaveLength(1);
	expect(processedData.calls - calls).toBeLessThan(200);
	expect(bodies()).toHaveLength(200);
});

test('nothing is sent where the list cannot be read, and without the safeguard nothing is asked or stored', async () => {
	const { calls } = processedData;
	await runNode({ credential: sandbox.credential, parameters: send(ANA) });
	expect([sandbox.calls(FILTER).length, processedData.calls - calls]).toEqual([0, 0]);
	sandbox.control.addFault({ path: FILTER, status: 403, count: 99 });
	const { error } = await run();
	expect(error?.message).toMatch(
		/^'Stay Silent While a Person Writes' couldn't be checked: Telegent's message list couldn't be read \(/,
	);
	expect(error?.description).toMatch(/^Nothing was sent/);
	expect(bodies()).toEqual(['Hello']);
});

test('nothing is sent where the list ends before its total', async () => {
	sandbox.control.addFault({ path: FILTER, status: 200, body: { Messages: [], Total: 5 }, count: 99 });
	const { error } = await run();
	expect(error?.message).toMatch(/couldn't be checked: .*couldn't be read completely/);
	expect(bodies()).toEqual([]);
});

test('minutes that are no number are found before the first message', async () => {
	const { error } = await run({ parameters: silent(ANA, 'Bot', { staySilentMinutes: 'soon' }) });
	expect(error?.message).toContain('Stay Silent While a Person Writes (Minutes)');
	await run({ parameters: silent(ANA, 'Off', { staySilentMinutes: 0 }) });
	expect([sandbox.calls(FILTER).length, bodies()]).toEqual([0, ['Off']]);
});

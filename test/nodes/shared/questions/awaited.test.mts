import axios from 'axios';
import { useFasterTime } from '../../../support/fasterTime.mts';
import { OWN_NUMBER, TOKENS, useSandbox } from '../../../support/sandbox.mts';
import { TriggerHost } from '../../../support/n8n/triggerHost.mts';
import { sendAndWait, WaitHost } from '../../../support/n8n/waitHost.mts';
import { resetProcessState } from '../../../../transport/processState.ts';

const ANNA = '+12025550142';
const BEN = '+12025550143';
const ROUTE = 'MRID-5a4d0000-0000-4000-8000-000000000001';

useFasterTime(10);
const sandbox = useSandbox();
let waits: WaitHost;
let triggers: TriggerHost;
beforeAll(async () => (waits = await WaitHost.start(() => sandbox.credential)));
beforeEach(async () => {
	waits.restart();
	triggers = await TriggerHost.start(sandbox.credential);
});
afterEach(async () => await triggers.stop());
afterAll(async () => await waits.stop());

const published = async (leaveAwaited: boolean) =>
	await triggers.publish('flow', {
		event: 'messageReceived',
		listenOn: 'existingRoute',
		messageRouteId: { __rl: true, mode: 'id', value: ROUTE },
		options: { leaveAwaited },
	});
const says = async (from: string, body: string) => {
	const said = await sandbox.control.inbound({ from, to: OWN_NUMBER, body });
	await sandbox.control.idle();
	return said;
};
/** Telegent calls the trigger only. */
const calls = async (payload: object) => {
	const routes = sandbox.control.state().messageRoutes as Array<Record<string, unknown>>;
	const route = routes.find(({ MessageRouteId }) => MessageRouteId === ROUTE);
	const headers = { Authorization: `Bearer ${String(route?.MessagePasswordToken)}` };
	await axios.post(String(route?.MessageUrl), { From: ANNA, To: OWN_NUMBER, ...payload }, { headers });
};
/** Telegent calls the question only. */
const answers = async (payload: object) => {
	const [webhook] = sandbox.control.state().webhooks as Array<Record<string, unknown>>;
	const headers = { Authorization: `Bearer ${String(webhook.AuthenticationToken)}` };
	await axios.post(
		String(webhook.WebhookUrl),
		{ Event: 'New_Sms', From: ANNA, To: OWN_NUMBER, ...payload },
		{ headers },
	);
};
const post = async (path: string, body: object) => {
	const { accountKey: AccountKey, accountSecret: AccountSecret, baseUrl } = sandbox.credential;
	const ApiEndpoint = `${baseUrl}${path}`;
	const credential = { AccountKey, AccountSecret, ApiEndpoint };
	const { data } = await axios.post<{ token: string }>(`${baseUrl}${TOKENS}`, credential);
	await axios.post(ApiEndpoint, body, { headers: { Authorization: `Bearer ${data.token}` } });
};
const started = () => triggers.started.flatMap(({ items }) => items.map(({ json }) => json.body));

describe('A trigger that ignores awaited replies', () => {
	test('does not start for the reply that a question waits for, and starts for all others', async () => {
		await published(true);
		const { id } = await waits.run(sendAndWait(ANNA));
		await says(BEN, 'From Ben');
		await says(ANNA, 'The answer');
		await says(ANNA, 'And another thing');
		expect(waits.ended(id).items[0].json.body).toBe('The answer');
		expect(started()).toEqual(['From Ben', 'And another thing']);
	});

	test('does not start when the reply reaches it after the question was answered', async () => {
		await waits.run(sendAndWait(ANNA));
		const { messageId } = await says(ANNA, 'The answer');
		// Published only now, so that the trigger itself has not seen the message yet.
		await published(true);
		await calls({ Message_ID: messageId, Message_Body: 'The answer' });
		expect(started()).toEqual([]);
	});

	test('reads from Telegent what another n8n process waits for', async () => {
		await published(true);
		await waits.run(sendAndWait(ANNA));
		waits.restart();
		await calls({ Message_ID: 'M-1', Message_Body: 'The answer' });
		expect(started()).toEqual([]);
	});

	test('does not start for a reply that another n8n process gave to its question a moment ago', async () => {
		await published(true);
		const { id } = await waits.run(sendAndWait(ANNA));
		await answers({ Message_ID: 'M-1', Text: 'The answer' });
		expect(waits.ended(id).status).toBe('success');
		resetProcessState();
		await calls({ Message_ID: 'M-1', Message_Body: 'The answer' });
		expect(started()).toEqual([]);
		await calls({ Message_ID: 'M-2', Message_Body: 'And another thing' });
		expect(started()).toEqual(['And another thing']);
	});

	test('knows a question that another process asked after the latest look', async () => {
		await published(true);
		await calls({ Message_ID: 'M-1', Message_Body: 'Hello', From: BEN });
		const note = `n8n wait 7 ${OWN_NUMBER} ${ANNA} until 2100-01-01T00:00:00.000Z asked 2026-01-01T00:00:00.000Z`;
		await post('/v1.0/webhook/create', {
			WebhookUrl: 'https://other.example/webhook-waiting/7/n',
			SubscribedEvents: 'New_Sms',
			AuthenticationType: 'Bearer',
			AuthenticationUsername: note,
			AuthenticationToken: 'token',
			Method: 'POST',
			DataFormat: 'json',
		});
		await calls({ Message_ID: 'M-2', Message_Body: 'The answer' });
		expect(started()).toEqual(['Hello']);
	});

	test('asks Telegent twice at most for messages that come within two seconds', async () => {
		await published(true);
		sandbox.control.clearRequests();
		const bodies = Array.from({ length: 20 }, (_, index) => `Message ${index}`);
		await Promise.all(
			bodies.map(async (body) => await calls({ Message_ID: body, Message_Body: body, From: BEN })),
		);
		expect(started()).toHaveLength(20);
		expect(sandbox.calls('/v1.0/account/webhooks').length).toBeLessThanOrEqual(2);
	});

	test.each(['STOP', 'HELP'])('starts for %s nevertheless', async (keyword) => {
		await published(true);
		await waits.run(sendAndWait(ANNA));
		await says(ANNA, keyword);
		expect(started()).toEqual([keyword]);
	});

	test('starts for replies when the option is off', async () => {
		await published(false);
		await waits.run(sendAndWait(ANNA));
		await says(ANNA, 'The answer');
		expect(started()).toEqual(['The answer']);
	});
});

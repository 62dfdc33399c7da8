import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/api/server.mts';
import { runNode, type RunOptions } from '../../test/support/n8n.mts';
import { OUTBOUND, OWN_NUMBER, PROVISION, send } from '../../test/support/sandbox.mts';
import { TriggerHost } from '../../test/support/n8n/triggerHost.mts';
import { sendAndWait, WaitHost } from '../../test/support/n8n/waitHost.mts';
import { resetProcessState } from '../../transport/processState.ts';

/*
 * Outputs of the nodes for README and docs: n8n-core runs the nodes against the local sandbox, in this process. Times
 * and addresses of the run are replaced, so that they are the same each time.
 */

const CUSTOMER = '+18015550123';

/** What a sample can use. */
interface Stage {
	sandbox: Sandbox;
	/** Output items of the Telegent node. */
	run: (
		parameters: INodeParameters,
		more?: Omit<RunOptions, 'credential' | 'parameters'>,
	) => Promise<IDataObject[]>;
	/** Publishes a workflow with the trigger, does something, and gives the items that started it. */
	listen: (
		parameters: INodeParameters,
		cause: (host: TriggerHost) => Promise<unknown>,
	) => Promise<IDataObject[]>;
}

type Sample = (stage: Stage) => Promise<unknown>;

/** Hours on a weekday that isn't today anywhere on earth. */
const anotherDay = () => [(new Date().getUTCDay() + 3) % 7];

const list = (safeguards: IDataObject, numbers: string[] = [CUSTOMER]) => ({
	parameters: { ...send('={{ $json.phone }}', 'Your order is ready.'), safeguards } as INodeParameters,
	items: numbers.map((phone) => ({ name: 'Ana', phone })),
});

const only = (items: IDataObject[]) => items[0];

/** The samples by name. Each starts with a fresh sandbox. */
const SAMPLES: Record<string, Sample> = {
	send: async ({ run }) => only(await run(send(CUSTOMER, 'Hi Ana, your order is ready for pickup.'))),

	preview: async ({ run }) =>
		only(
			await run({
				resource: 'message',
				operation: 'preview',
				to: `${CUSTOMER}, 555-0100`,
				body: '“See you at 3” – Example Shop',
				options: { replaceSpecialCharacters: false },
			}),
		),

	skipped: async ({ run }) => {
		const { items, parameters } = list({ suppressionList: '(801) 555-0123' });
		return only(await run(parameters, { items }));
	},

	partlySkipped: async ({ run }) =>
		only(
			await run({
				...send(`${CUSTOMER}, +12025550142`, 'Your order is ready.'),
				safeguards: { suppressionList: CUSTOMER },
			}),
		),

	held: async ({ run }) => {
		const hours = { earliest: '09:00', latest: '20:00', days: anotherDay() };
		const { items, parameters } = list({ quietHours: { hours } });
		return only(await run(parameters, { items }));
	},

	refused: async ({ run }) => {
		const { items, parameters } = list({ allowedRecipients: '+1385*' });
		return only(await run(parameters, { items }));
	},

	dryRun: async ({ run }) => {
		const { items, parameters } = list({ dryRun: true });
		return only(await run(parameters, { items }));
	},

	failed: async ({ run }) => {
		const { items, parameters } = list({}, ['2.02555E+09']);
		return only(await run(parameters, { items, node: { onError: 'continueRegularOutput' } }));
	},

	unknown: async ({ run, sandbox }) => {
		sandbox.control.addFault({ method: 'POST', path: OUTBOUND, drop: 'after' });
		const { items, parameters } = list({});
		return only(await run(parameters, { items, node: { onError: 'continueRegularOutput' } }));
	},

	confirmed: async ({ run, sandbox }) => {
		sandbox.control.addFault({ method: 'POST', path: OUTBOUND, drop: 'after' });
		return only(
			await run({ ...send(CUSTOMER, 'Your order is ready.'), options: { whenUnsure: 'checkFirst' } }),
		);
	},

	deleted: async ({ run }) => {
		const webhook = { webhookUrl: 'https://crm.example.com/hook', subscribedEvents: ['Order_Update'] };
		const [{ WebhookId }] = await run({
			resource: 'webhook',
			operation: 'create',
			...webhook,
			authenticationType: 'None',
			method: 'POST',
			additionalFields: {},
		});
		return only(
			await run({
				resource: 'webhook',
				operation: 'delete',
				webhookId: { __rl: true, mode: 'id', value: WebhookId as string },
			}),
		);
	},

	conversation: async ({ run, sandbox }) => {
		await sandbox.control.inbound({ from: CUSTOMER, to: OWN_NUMBER, body: 'Is my order ready?' });
		await sandbox.control.time({ advanceSeconds: 60 });
		await run(send(CUSTOMER, 'Yes, you can pick it up until 5.'));
		await sandbox.control.time({ advanceSeconds: 60 });
		const phoneNumber = { __rl: true, mode: 'number', value: OWN_NUMBER };
		const parameters = { resource: 'conversation', operation: 'get', phoneNumber, otherParty: CUSTOMER };
		return only(await run({ ...parameters, lastMessages: 20 }));
	},

	order: async ({ run }) => only(await run({ ...PROVISION })),

	toolRefused: async ({ run }) =>
		only(await run({ ...PROVISION }, { node: { type: 'n8n-nodes-telegent.telegentTool' } })),

	replied: async ({ sandbox }) =>
		await asked(
			sandbox,
			{ expectedAnswer: 'yesNo', message: 'Can you come tomorrow at 3? Reply YES or NO.' },
			async () => {
				await sandbox.control.inbound({ from: CUSTOMER, to: OWN_NUMBER, body: 'Yes please' });
				await sandbox.control.idle();
			},
		),

	notReplied: async ({ sandbox }) =>
		await asked(sandbox, { message: 'Can you come tomorrow at 3?' }, async (host, id) => {
			await host.timeIsUp(id);
		}),

	messageReceived: async ({ listen, sandbox }) =>
		only(
			await listen({ event: 'messageReceived' }, async () => {
				await sandbox.control.inbound({ from: CUSTOMER, to: OWN_NUMBER, body: 'Do you open on Sunday?' });
			}),
		),

	deliveryReceipt: async ({ listen, run, sandbox }) =>
		only(
			await listen({ event: 'deliveryReceipt', statuses: ['failed'] }, async () => {
				sandbox.control.failRecipient({ number: CUSTOMER });
				await run(send(CUSTOMER, 'Your order is ready.'));
				await sandbox.control.time({ advanceSeconds: 5 });
			}),
		),

	orderUpdate: async ({ listen, run, sandbox }) =>
		only(
			await listen({ event: 'orderUpdate', listenOn: 'accountWebhook' }, async () => {
				await run({ ...PROVISION });
				await sandbox.control.time({ advanceSeconds: 5 });
			}),
		),

	call: async ({ listen, sandbox }) =>
		only(
			await listen({ event: 'callRinging', listenOn: 'accountWebhook' }, async () => {
				await sandbox.control.ring({ from: CUSTOMER, to: OWN_NUMBER });
			}),
		),

	heldBy: async ({ listen, run, sandbox }) => {
		let route: IDataObject = {};
		await listen({ event: 'messageReceived' }, async () => {
			const messageRouteId = { __rl: true, mode: 'id', value: mainRoute(sandbox) };
			route = only(await run({ resource: 'messageRoute', operation: 'get', messageRouteId }));
		});
		const { HeldBy, MessageRouteId, MessageUrl, MessageUsername, RouteName } = route;
		return { MessageRouteId, RouteName, MessageUrl, MessageUsername, HeldBy };
	},
};

/** Asks a question, lets `then` happen, and gives the item that came of it. */
async function asked(
	sandbox: Sandbox,
	parameters: INodeParameters,
	then: (host: WaitHost, id: string) => Promise<void>,
): Promise<unknown> {
	const host = await WaitHost.start(() => credentialOf(sandbox));
	try {
		const { id } = await host.run(sendAndWait(CUSTOMER, parameters));
		await then(host, id);
		return host.ended(id).items[0].json;
	} finally {
		await host.stop();
	}
}

const credentialOf = ({ accountKey, accountSecret, url }: Sandbox) => ({
	accountKey,
	accountSecret,
	baseUrl: url,
});

function mainRoute(sandbox: Sandbox): string {
	const numbers = Object.values((sandbox.control.state() as Record<string, IDataObject[]>).numbers);
	return numbers.find(({ Number }) => Number === OWN_NUMBER)?.MessageRouteId as string;
}

function stageOf(sandbox: Sandbox): Stage {
	const credential = credentialOf(sandbox);
	return {
		sandbox,
		async run(parameters, more = {}) {
			const { error, json } = await runNode({ credential, parameters, ...more });
			if (error) throw error;
			return json;
		},
		async listen(parameters, cause) {
			const host = await TriggerHost.start(credential);
			const messageRouteId = { __rl: true, mode: 'id', value: mainRoute(sandbox) };
			try {
				await host.publish('8Zk2mQ', { messageRouteId, ...parameters }, 'production', { name: 'Auto-reply' });
				await cause(host);
				await sandbox.control.idle();
				return host.started.flatMap(({ items }) => items.map(({ json }) => json));
			} finally {
				await host.stop();
			}
		},
	};
}

/** The outputs that README and docs show, by name. */
export async function samples(): Promise<Map<string, string>> {
	const all = new Map<string, string>();
	for (const [name, sample] of Object.entries(SAMPLES)) {
		resetProcessState();
		const sandbox = await startSandbox({ requestsPerMinute: 0 });
		try {
			const output = await sample(stageOf(sandbox));
			if (output === undefined) throw new Error(`the sample ${name} gave no output`);
			all.set(name, ['```json', steady(JSON.stringify(output, null, 2)), '```'].join('\n'));
		} finally {
			await sandbox.close();
		}
	}
	return all;
}

/** Text without what differs from run to run: times, this machine's ports, and how long something took. */
export function steady(text: string): string {
	return text
		.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00|(?="))/g, '2026-01-15T17:00:00.000Z')
		.replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, '2026-01-15 17:00 UTC')
		.replace(/\d\d:\d\d:\d\d MST \d{4}-\d\d-\d\d/g, '10:00:00 MST 2026-01-15')
		.replace(/\b(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) \d\d:\d\d in /g, 'Thu 21:40 in ')
		.replace(/http:\/\/127\.0\.0\.1:\d+\/webhook/g, 'https://n8n.example.com/webhook')
		.replace(/http:\/\/127\.0\.0\.1:\d+/g, 'https://n8n.example.com')
		.replace(/"secondsWaited": \d+/g, '"secondsWaited": 42');
}

import axios from 'axios';
import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../../sandbox/n8n/ports.mts';
import { startQueue, type Queue } from '../../../sandbox/n8n/queue.mts';
import { until } from '../../../sandbox/n8n/wait.mts';
import { chain, type WorkflowFile } from '../../../sandbox/n8n/workflow.mts';
import { startCounter, type Counter } from '../support/counter.mts';
import { routeOf } from '../support/routes.mts';
import { listenTo } from '../support/workflows.mts';
import { MAIN_LINE, MAIN_ROUTE, openWorldAt, type World } from '../support/world.mts';

/** When Telegent delivers a message again, to the other webhook process. */
const REPEATED = ['at once', 'later', 'after a restart'] as const;
type Repeated = (typeof REPEATED)[number];

/** As a load balancer keeps connections open. */
const SENDERS = 10;
const LATER_MS = 500;
/** No execution for so long means that all have ended. */
const QUIET_MS = 8_000;

interface Message {
	id: string;
	repeated?: Repeated;
}

/** How often messages started an execution that did something. */
export interface Delivered {
	messages: number;
	deliveries: number;
	executions: number;
	lost: number;
	/** messages that did something more than once, by when they were delivered again; `never` must not happen */
	doubled: Record<Repeated | 'never', number>;
	/** their IDs, numbered in the order in which the messages came */
	doubledIds: string[];
	milliseconds: number;
}

/** Delivers messages through two webhook processes, every fifth twice, and counts the executions that do something. */
export async function playDeliveries(folder: string, logs: string, count: number): Promise<Delivered> {
	mkdirSync(folder, { recursive: true });
	const queue = await startQueue({ folder, port: await freePort(), logs, webhooks: 2 });
	const world = await openWorldAt(queue.webhookUrl, queue.api, 'Deliveries');
	const counter = await startCounter();
	await world.api.workflows.publish(await world.bringIn(counted(counter.url)));
	const messages = messagesFor(count);
	const deliver = deliveryTo(world, queue);
	const began = Date.now();
	const later = await deliverAll(messages, deliver);
	await Promise.all(later);
	const milliseconds = await quiet(counter, began);
	await Promise.all([queue.webhook, ...queue.moreWebhooks, ...queue.workers].map((part) => part.restart()));
	for (const [index, { id, repeated }] of messages.entries())
		if (repeated === 'after a restart') await deliver(id, index + 1);
	await quiet(counter, began);
	await counter.close();
	await world.close();
	await queue.close();
	return { ...judge(messages, counter.counts), milliseconds };
}

/** Every fifth is delivered again, in turn at once, later and after a restart. */
function messagesFor(count: number): Message[] {
	return Array.from({ length: count }, (_, index) => ({
		id: `TMID-${index + 1}`,
		repeated: index % 5 === 0 ? REPEATED[(index / 5) % REPEATED.length] : undefined,
	}));
}

type Deliver = (id: string, process: number) => Promise<void>;

/** @returns the deliveries that come later */
async function deliverAll(messages: Message[], deliver: Deliver): Promise<Array<Promise<void>>> {
	const later: Array<Promise<void>> = [];
	const left = [...messages.entries()];
	const send = async () => {
		for (let next = left.shift(); next; next = left.shift()) {
			const [index, { id, repeated }] = next;
			const first = deliver(id, index);
			if (repeated === 'at once') await deliver(id, index + 1);
			await first;
			if (repeated === 'later') later.push(pause(LATER_MS).then(() => deliver(id, index + 1)));
		}
	};
	await Promise.all(Array.from({ length: SENDERS }, send));
	return later;
}

function deliveryTo({ sandbox }: World, { moreWebhooks, webhookUrl }: Queue): Deliver {
	const { MessagePasswordToken, MessageUrl } = routeOf(sandbox, MAIN_ROUTE);
	const headers = { authorization: `Bearer ${String(MessagePasswordToken)}` };
	const bases = [webhookUrl, ...moreWebhooks.map(({ url }) => url)];
	return async (id, process) => {
		const url = String(MessageUrl).replace(webhookUrl, bases[process % bases.length]);
		const body = { Message_ID: id, From: '+12025550142', To: MAIN_LINE, Message_Body: `Message ${id}` };
		await axios.post(url, body, { headers, proxy: false });
	};
}

/** Calls the counter for each message that comes out of the trigger. */
function counted(url: string): WorkflowFile {
	const trigger = listenTo().nodes[0];
	return chain('Deliveries', [
		trigger,
		{
			name: 'Count',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { url: `=${url}/{{ $json.messageId }}`, options: {} },
		},
	]);
}

/** Waits until the counter is not called any more. @returns the time from `began` to the last call */
async function quiet({ lastAt }: Counter, began: number): Promise<number> {
	const from = Date.now();
	const isQuiet = () => Date.now() - Math.max(from, lastAt()) > QUIET_MS;
	await until('the executions to end', isQuiet, { seconds: 300 });
	return Math.max(from, lastAt()) - began;
}

function judge(messages: Message[], counts: Map<string, number>): Omit<Delivered, 'milliseconds'> {
	const times = ({ id }: Message) => counts.get(id) ?? 0;
	const doubled = (when?: Repeated) =>
		messages.filter((message) => message.repeated === when && times(message) > 1).length;
	return {
		messages: messages.length,
		deliveries: messages.length + messages.filter(({ repeated }) => repeated).length,
		executions: messages.reduce((sum, message) => sum + times(message), 0),
		lost: messages.filter((message) => times(message) === 0).length,
		doubled: {
			'at once': doubled('at once'),
			later: doubled('later'),
			'after a restart': doubled('after a restart'),
			never: doubled(),
		},
		doubledIds: messages.filter((message) => times(message) > 1).map(({ id }) => id),
	};
}

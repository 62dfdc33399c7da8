import axios from 'axios';
import { outputOf, type Execution } from '../../../sandbox/n8n/executions.mts';
import { until } from '../../../sandbox/n8n/wait.mts';
import { openWorldAt, type World } from '../support/world.mts';
import type { Machine } from './machine.mts';
import { LIST, type Moment } from './moments.mts';
import { listOf, NODE, WORKS } from './works.mts';

/** Longer than a look for dead workers and a start of n8n. */
const SECONDS = 150;

/** What a moment led to. */
export interface Played {
	moment: Moment;
	/** n8n's, of the execution that was cut */
	status: string;
	/** how many items were done when the process had ended */
	before: number;
	/** different items that are done in the end */
	done: number;
	/** further times that an item was done */
	doubled: number;
	/** items that the output of each recovery reports as unknown */
	unknown: number[];
	/** items that are neither done nor reported */
	lost: number;
	/** requests to Telegent in the recovery, tokens included */
	requests: number;
	/** why nothing was to be done; then what is lost is not the node's doing */
	nothing?: string;
}

/** Cuts a list at a moment, and does what a person does then, twice. */
export async function play(machine: Machine, moment: Moment, index: number): Promise<Played> {
	const world = await openWorldAt(machine.webhookUrl, machine.api(), `Kill ${index}`, { latencyMs: 150 });
	const path = `list-${index}`;
	const { done } = WORKS[moment.work];
	const file = listOf(moment.work, path, moment.recovery === 'again');
	const workflowId = await world.bringIn(file);
	await world.api.workflows.publish(workflowId);
	const cut = await callList(world, workflowId, path);
	await until('the moment', () => done(world.sandbox).length >= moment.at, { seconds: 60, everyMs: 5 });
	await machine.end(moment, cut);
	const before = await settled(world, moment);
	const missed = moment.target === 'lost worker' && (await world.api.executions.whenEnded(cut, SECONDS));
	await machine.restart();
	world.api = machine.api();
	const { status } = missed || (await world.api.executions.whenEnded(cut, SECONDS));
	world.sandbox.control.clearRequests();
	const recover = moment.recovery === 'retry' ? retryOf(world, cut) : againOf(world, workflowId, path);
	const recovered = [await recover(), await recover()];
	const result = { moment, status, before, ...judge(world, moment, recovered) };
	await world.close();
	return result;
}

/** Calls the list's webhook. @returns the id of the execution */
async function callList({ api, n8nUrl }: World, workflowId: string, path: string): Promise<string> {
	const known = new Set((await api.executions.list(workflowId)).map(({ id }) => id));
	await axios.post(`${n8nUrl}/webhook/${path}`, {}, { proxy: false });
	const started = async () => (await api.executions.list(workflowId)).find(({ id }) => !known.has(id))?.id;
	return await until('the execution to start', started, { seconds: 30 });
}

/** How many items are done once what was under way has arrived. Where n8n continues the list, that is all of them. */
async function settled({ sandbox }: World, { work }: Moment): Promise<number> {
	const { control } = sandbox;
	let seen = -1;
	const quiet = () => {
		const now = control.requests().length;
		const same = now === seen;
		seen = now;
		return same;
	};
	await until('the requests under way', quiet, { seconds: 60, everyMs: 700 });
	return WORKS[work].done(sandbox).length;
}

/** What a recovery gave: an execution, or n8n's reason why there is none. */
type Recovered = Execution | string;

function retryOf({ api }: World, cut: string): () => Promise<Recovered> {
	return async () => {
		try {
			const execution = await api.executions.whenEnded(await api.executions.retry(cut), SECONDS);
			return execution.runs[NODE] ? execution : 'n8n keeps nothing to retry';
		} catch (error) {
			return String((error as Error).message).replace(/^n8n answered .*?: /, 'n8n: ');
		}
	};
}

function againOf(world: World, workflowId: string, path: string): () => Promise<Recovered> {
	return async () => await world.api.executions.whenEnded(await callList(world, workflowId, path), SECONDS);
}

function judge({ sandbox }: World, { work }: Moment, recovered: Recovered[]) {
	const all = WORKS[work].done(sandbox);
	const done = new Set(all);
	const executions = recovered.filter((one): one is Execution => typeof one !== 'string');
	const unknown = executions.map(unknownIn);
	const reported = new Set(unknown.flat());
	const lost = Array.from({ length: LIST }, (_, index) => index + 1).filter(
		(item) => !done.has(item) && !reported.has(item),
	);
	return {
		done: done.size,
		doubled: all.length - done.size,
		unknown: unknown.map(({ length }) => length),
		lost: lost.length,
		requests: sandbox.control.requests().length,
		...(executions.length === 0 && { nothing: String(recovered[0]) }),
	};
}

/** The items that an execution reports as neither surely done nor surely not. */
function unknownIn(execution: Execution): number[] {
	const linked = execution.runs[NODE]?.[0]?.data?.main?.[0] ?? [];
	return outputOf(execution, NODE).flatMap((json, index) => {
		const { details } = json as { details?: { outcome?: string } };
		const { item } = (linked[index].pairedItem ?? {}) as { item?: number };
		return details?.outcome === 'unsure' ? [Number(item) + 1] : [];
	});
}

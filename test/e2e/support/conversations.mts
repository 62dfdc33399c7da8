import axios from 'axios';
import type { Execution } from '../../../sandbox/n8n/executions.mts';
import { until } from '../../../sandbox/n8n/wait.mts';
import { chain, TELEGENT, type WorkflowFile } from '../../../sandbox/n8n/workflow.mts';
import { called, start } from './workflows.mts';
import { MAIN_LINE, type World } from './world.mts';

type Row = Record<string, unknown>;

const question = (parameters: Row) => ({
	name: 'Ask',
	type: TELEGENT,
	typeVersion: 1,
	parameters: {
		resource: 'message',
		operation: 'sendAndWait',
		from: { __rl: true, mode: 'number', value: MAIN_LINE },
		to: '={{ $json.body.to }}',
		message: '={{ $json.body.question }}',
		expectedAnswer: 'any',
		waitAmount: 10,
		waitUnit: 'minutes',
		additionalFields: {},
		options: {},
		...parameters,
	},
});

const after = { name: 'After', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

/** Asks whomever the call of its webhook names, and goes on with the answer. */
export function asking(path: string, parameters: Row = {}): WorkflowFile {
	return chain(`Ask ${path}`, [called(path), question(parameters), after]);
}

/** Asks when somebody clicks "Execute workflow" in the editor. */
export function askingByHand(to: string, parameters: Row = {}): WorkflowFile {
	return chain('Ask by hand', [start, question({ to, message: 'By hand?', ...parameters }), after]);
}

/** Has a published workflow ask. */
export async function ask({ n8nUrl }: World, path: string, to: string, text: string): Promise<void> {
	await axios.post(`${n8nUrl}/webhook/${path}`, { to, question: text }, { proxy: false });
}

/** The webhooks that open questions have at Telegent: the notes in them. Those of answered ones go a little later. */
export function openQuestions({ sandbox }: World): string[] {
	const webhooks = sandbox.control.state().webhooks as Row[];
	const notes = webhooks.map(({ AuthenticationUsername }) => String(AuthenticationUsername));
	return notes.filter((note) => note.startsWith('n8n wait ') && !note.includes(' answered '));
}

/** Waits until so many executions of the workflow have this status; gives their ids, the latest first. */
export async function whenThereAre(
	{ api }: World,
	workflowId: string,
	count: number,
	status: string,
	seconds = 90,
): Promise<string[]> {
	const found = async () => {
		const all = await api.executions.list(workflowId);
		const wrong = all.find((one) => one.status === 'error' || one.status === 'crashed');
		if (wrong)
			throw new Error(`Execution ${wrong.id} ended: ${JSON.stringify(await problemOf(api, wrong.id))}`);
		const ids = all.filter((one) => one.status === status).map(({ id }) => id);
		return ids.length >= count && ids;
	};
	return await until(`${count} executions to be ${status}`, found, { seconds });
}

const problemOf = async (api: World['api'], id: string) => (await api.executions.get(id)).error?.message;

/** What the question has given in an execution. */
export function itemOf(execution: Execution): Row {
	return execution.runs.After?.[0]?.data?.main?.[0]?.[0]?.json ?? {};
}

/** Whom an execution was called to ask. */
export function askedIn(execution: Execution): unknown {
	const [item] = execution.runs.Called[0].data?.main?.[0] ?? [];
	return (item?.json.body as Row).to;
}

import { parse } from 'flatted';
import { n8nMajor } from '../../scripts/n8nVersion.mjs';
import type { Session } from './session.mts';
import { until } from './wait.mts';

interface Summary {
	id: string;
	workflowId: string;
	status: string;
	mode: string;
	startedAt: string | null;
	stoppedAt: string | null;
}

interface Item {
	json: Record<string, unknown>;
	pairedItem?: unknown;
	error?: unknown;
}

interface NodeError {
	message: string;
	description?: string | null;
	[detail: string]: unknown;
}

interface NodeRun {
	executionStatus: string;
	data?: { main?: Array<Item[] | null> };
	error?: NodeError;
}

/** An execution that has ended, with all that its nodes gave. */
export interface Execution extends Summary {
	runs: Record<string, NodeRun[]>;
	error?: NodeError;
}

const ENDED = new Set(['success', 'error', 'crashed', 'canceled', 'waiting']);

/** Whether an execution has ended, or waits. */
export const hasEnded = ({ status }: { status: string }) => ENDED.has(status);

const PER_PAGE = 100;

export function executionsApi({ call }: Session) {
	const list = async (workflowId: string) => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const all: Summary[] = [];
		for (;;) {
			const before = all.length > 0 ? `&lastId=${all[all.length - 1].id}` : '';
			const path = `/executions?filter=${filter}&limit=${PER_PAGE}${before}`;
			const { results } = await call<{ results: Summary[] }>('GET', path);
			all.push(...results);
			if (results.length < PER_PAGE) return all;
		}
	};
	const get = async (id: string): Promise<Execution> => {
		const { data, ...summary } = await call<Summary & { data: string }>('GET', `/executions/${id}`);
		const { resultData } = parse(data) as {
			resultData: { runData: Record<string, NodeRun[]>; error?: NodeError };
		};
		return { ...summary, runs: resultData.runData, error: resultData.error };
	};
	const whenEnded = async (id: string, seconds: number) => {
		await until(
			`execution ${id} to end`,
			async () => hasEnded(await call<Summary>('GET', `/executions/${id}`)),
			{ seconds },
		);
		return await get(id);
	};
	return {
		list,
		get,
		whenEnded,
		/** Starts a workflow as the editor's button does. Gives the id of the execution. */
		start: async (workflowId: string, trigger: string) => {
			const started = await call<{ executionId?: string }>('POST', `/workflows/${workflowId}/run`, {
				triggerToStartFrom: { name: trigger },
				// n8n 1 runs what the editor shows, n8n 2 what is saved.
				...(n8nMajor === 1 && { workflowData: await call('GET', `/workflows/${workflowId}`) }),
			});
			if (!started.executionId)
				throw new Error(`n8n waits for "${trigger}" instead of running the workflow.`);
			return started.executionId;
		},
		/** What the button "Retry" of an execution does. Gives the id of the new execution, when that has ended. */
		retry: async (id: string) =>
			(await call<Summary>('POST', `/executions/${id}/retry`, { loadWorkflow: false })).id,
		/** The next execution of a workflow after the `known` ones, when it has ended. */
		next: async (workflowId: string, known: Summary[], seconds: number) => {
			const ids = new Set(known.map(({ id }) => id));
			const fresh = await until(
				'an execution of the workflow',
				async () => firstOf((await list(workflowId)).filter(({ id }) => !ids.has(id))),
				{ seconds },
			);
			return await whenEnded(fresh.id, seconds);
		},
	};
}

/** The execution that somebody or something started: a workflow that calls itself has others. */
export const firstOf = (executions: Summary[]): Summary | undefined =>
	executions.filter(({ mode }) => mode !== 'integrated').at(-1);

/** The items that a node gave on its first output. */
export function outputOf(execution: Execution, node: string): Array<Record<string, unknown>> {
	return (execution.runs[node]?.[0]?.data?.main?.[0] ?? []).map(({ json }) => json);
}

/** What went wrong in an execution, in n8n's words; undefined when nothing did. */
export function complaintOf({ error }: Execution): string | undefined {
	return error && [error.message, error.description].filter(Boolean).join(' — ');
}

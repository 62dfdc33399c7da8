import { randomInt, randomUUID } from 'node:crypto';
import type { Execution } from '../../../sandbox/n8n/executions.mts';
import { logIn, type Call } from '../../../sandbox/n8n/session.mts';
import { readExample, type Example, type WorkflowFile } from '../../../sandbox/n8n/workflow.mts';
import { sharedN8n } from './shared.mts';
import { expectSuccess, openWorld, type World } from './world.mts';

export const LINES = {
	main: '+15005550100',
	notifications: '+15005550101',
	tracker: '+15005550102',
	menu: '+15005550104',
	offers: '+15005550105',
	desk: '+15005550106',
	pictures: '+15005550107',
	assistant: '+15005550108',
	reminders: '+15005550109',
};
export const ANA = '+12025550142';
export const BEN = '+14155550117';
export const DANA = '+13125550188';

const SECONDS = 60;

type Row = Record<string, unknown>;

/** The sandbox as `npm start` has it, and n8n with the example workflows that a test brings in. */
export interface Examples {
	world: World;
	/** Imports an example from its file; `change` is what its user does next. */
	bringIn(name: Example, change?: (file: WorkflowFile) => WorkflowFile): Promise<Running>;
	/** Makes a credential in n8n, for as long as the tests run. */
	credential(type: string, data: Row): Promise<{ id: string; name: string }>;
	/** The rows of one of n8n's data tables. */
	rows(table: string): Promise<Row[]>;
	/** Changes the rows of a data table where a column has a value, as a person does in n8n. */
	changeRows(table: string, where: [column: string, value: unknown], data: Row): Promise<void>;
	/** What went out since the last call, as `to: body`. */
	sent(): string[];
	/** How many messages went out since then. */
	unseen(): number;
}

export interface Running {
	id: string;
	/** Runs it from its Manual Trigger, to a good end. */
	run(): Promise<Execution>;
	/** Publishes it, so that its triggers listen. */
	publish(): Promise<void>;
	/** Does something that starts it, and waits for the good end of that execution. */
	startedBy(act: () => Promise<unknown>): Promise<Execution>;
	/** Somebody texts one of the lines, and the workflow goes through. */
	texted(from: string, to: string, body: string, more?: { media?: string[] }): Promise<Execution>;
}

/** One world for all tests of a file. */
export function useExamples(): Examples {
	const examples = {} as Examples;
	const credentials: string[] = [];
	let seen = 0;
	let call: Call;
	const tables = async () => {
		const project = await call<{ id: string }>('GET', '/projects/personal');
		const path = `/projects/${project.id}/data-tables`;
		const { data } = await call<{ data: Array<{ id: string; name: string }> }>('GET', path);
		return { path, list: data };
	};
	const tableAt = async (name: string) => {
		const { path, list } = await tables();
		const found = list.find((one) => one.name === name);
		if (!found) throw new Error(`n8n has no data table ${name}.`);
		return `${path}/${found.id}`;
	};
	const sent = () => {
		const messages = examples.world.sandbox.control.outbox().slice(seen);
		seen += messages.length;
		return messages.map(({ to, body }) => `${to}: ${body}`);
	};
	Object.assign(examples, {
		bringIn: async (name, change = (file) => file) =>
			running(examples.world, await examples.world.bringIn(change(readExample(name)))),
		credential: async (type, data) => {
			const body = { name: `Examples ${type}`, type, data };
			const made = await call<{ id: string; name: string }>('POST', '/credentials', body);
			credentials.push(made.id);
			return { id: made.id, name: made.name };
		},
		rows: async (name: string) => (await call<{ data: Row[] }>('GET', `${await tableAt(name)}/rows`)).data,
		changeRows: async (name: string, [columnName, value]: [string, unknown], data: Row) => {
			const filter = { type: 'and', filters: [{ columnName, condition: 'eq', value }] };
			await call('PATCH', `${await tableAt(name)}/rows`, { filter, data });
		},
		sent,
		unseen: () => examples.world.sandbox.control.outbox().length - seen,
	} satisfies Omit<Examples, 'world'>);
	beforeAll(async () => {
		examples.world = await openWorld(`Examples ${randomUUID()}`, {
			exampleLines: true,
			// n8n remembers which messages it has seen: those of another world must not look the same.
			seed: randomInt(2 ** 31),
		});
		const { url, cookie } = sharedN8n();
		({ call } = await logIn(url, cookie));
	});
	afterAll(async () => {
		await examples.world?.close();
		for (const id of credentials) await call('DELETE', `/credentials/${id}`);
		const { path, list } = await tables();
		for (const { id, name } of list) if (name.startsWith('telegent_')) await call('DELETE', `${path}/${id}`);
	});
	return examples;
}

function running(world: World, id: string): Running {
	const startedBy: Running['startedBy'] = async (act) => {
		const known = await world.api.executions.list(id);
		await act();
		const execution = await world.api.executions.next(id, known, SECONDS);
		expectSuccess(execution);
		return execution;
	};
	return {
		id,
		startedBy,
		run: async () => {
			const execution = await world.run(id);
			expectSuccess(execution);
			return execution;
		},
		publish: async () => void (await world.api.workflows.publish(id)),
		texted: (from, to, body, more) =>
			startedBy(() => world.sandbox.control.inbound({ from, to, body, ...more })),
	};
}

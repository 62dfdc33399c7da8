import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeTypes,
	type IRunExecutionData,
	type IWebhookData,
} from 'n8n-workflow';
import { WebhookContext, WorkflowExecute } from 'n8n-core';
import { resumeWebhooks } from '../../../nodes/Telegent/wait/fields.ts';
import { resetProcessState } from '../../../transport/processState.ts';
import { additionalData, Credentials, n8n, nodeTypes, TELEGENT, type CredentialValues } from '../n8n.mts';
import { OWN_NUMBER } from '../sandbox.mts';
import { chainOf, resultOf, startData } from './host.mts';
import { parsedRequest, Response, serve, type Answer, type Call, type WebhookServer } from './webhooks.mts';

/** Parameters of Message → Send and Wait for Response. */
export function sendAndWait(to: string, parameters: INodeParameters = {}): INodeParameters {
	return {
		resource: 'message',
		operation: 'sendAndWait',
		from: { __rl: true, mode: 'number', value: OWN_NUMBER },
		to,
		message: 'How are you?',
		expectedAnswer: 'any',
		waitAmount: 1,
		waitUnit: 'days',
		additionalFields: {},
		options: {},
		...parameters,
	};
}

/** n8n makes nodes of their own of the class: a tool, and one by which a person reviews tools. */
const types: INodeTypes = {
	...nodeTypes,
	getByNameAndVersion: (name) => nodeTypes.getByNameAndVersion(name.replace(/(Hitl)?Tool$/, '')),
};

/** An execution as n8n's database has it. */
interface Stored {
	parameters: INodeParameters;
	node: Partial<INode>;
	status: 'running' | 'waiting' | 'success' | 'error';
	data: string;
	waitTill?: Date;
}

export interface Ended {
	status: Stored['status'];
	items: INodeExecutionData[];
	error?: Error & { description?: string };
}

/**
 * The part of n8n that executions need to wait, around n8n-core's own executor and contexts: it stores them as text
 * and serves their resume addresses on this machine. What it does in which order is taken from n8n's
 * waiting-webhooks.js, webhook-helpers.js and wait-tracker.js.
 */
export class WaitHost {
	private readonly executions = new Map<string, Stored>();

	/** By parameters and node: to make one takes n8n about twenty milliseconds. */
	private readonly workflows = new Map<string, Workflow>();

	private count = 0;

	/** Set by a test: n8n cannot resume executions now. */
	broken = false;

	/** Set by a test: executions that n8n cannot look up now. */
	unavailable = new Set<string>();

	/** Set by a test: n8n stores no execution before this. */
	held: Promise<void> = Promise.resolve();

	/** What n8n would have as its own address, where it is not that of this machine. */
	publicUrl?: string;

	private server!: WebhookServer;

	private constructor(private readonly credential: () => CredentialValues) {}

	static async start(credential: () => CredentialValues): Promise<WaitHost> {
		const host = new WaitHost(credential);
		host.server = await serve(async (path, call) => await host.call(path, call));
		return host;
	}

	async stop(): Promise<void> {
		this.restart();
		await this.server.stop();
	}

	/** n8n's process ends and starts again: executions are stored, all else is gone. */
	restart(): void {
		resetProcessState();
	}

	/** Somebody stops a waiting execution. */
	cancel(id: string): void {
		this.stored(id).status = 'error';
	}

	/** Somebody deletes an execution. */
	forget(id: string): void {
		this.executions.delete(id);
	}

	/** Runs a workflow with the Telegent node until it ends or waits. */
	async run(
		parameters: INodeParameters,
		items: IDataObject[] = [{}],
		node: Partial<INode> = {},
	): Promise<Ended & { id: string }> {
		return await this.runAs(String(++this.count), parameters, items, node);
	}

	/** The node's next round in a loop: the same execution, and the same resume address. */
	async again(id: string): Promise<Ended> {
		const { node, parameters } = this.stored(id);
		return await this.runAs(id, parameters, [{}], node);
	}

	private async runAs(
		id: string,
		parameters: INodeParameters,
		items: IDataObject[],
		node: Partial<INode>,
	): Promise<Ended & { id: string }> {
		this.executions.set(id, { parameters, node, status: 'running', data: '' });
		const workflow = this.workflow(parameters, node);
		const data = startData(
			workflow,
			items.map((json) => ({ json })),
		);
		return { id, ...(await this.execute(id, workflow, data)) };
	}

	/** What n8n does when an execution's time is up. */
	async timeIsUp(id: string): Promise<Ended> {
		const { data, node, parameters } = this.stored(id);
		return await this.execute(id, this.workflow(parameters, node), JSON.parse(data) as IRunExecutionData);
	}

	ended(id: string): Ended {
		const { data, status } = this.stored(id);
		return { status, ...resultOf(JSON.parse(data) as IRunExecutionData, TELEGENT.name) };
	}

	/** What n8n shows above the output of the node. */
	hints(id: string): string[] {
		const { resultData } = JSON.parse(this.stored(id).data) as IRunExecutionData;
		return (resultData.runData[TELEGENT.name]?.at(-1)?.hints ?? []).map(({ message }) => message);
	}

	waitTill(id: string): Date | undefined {
		return this.stored(id).waitTill;
	}

	private stored(id: string): Stored {
		const found = this.executions.get(id);
		if (!found) throw new Error(`There is no execution ${id}`);
		return found;
	}

	private async execute(id: string, workflow: Workflow, data: IRunExecutionData): Promise<Ended> {
		const stored = this.stored(id);
		stored.status = 'running';
		const run = await new WorkflowExecute(this.additional(id), 'trigger', data).processRunExecutionData(
			workflow,
		);
		await this.held;
		stored.data = JSON.stringify(run.data);
		stored.waitTill = run.waitTill ?? undefined;
		stored.status = run.waitTill ? 'waiting' : run.data.resultData.error ? 'error' : 'success';
		return { status: stored.status, ...resultOf(run.data, TELEGENT.name) };
	}

	private async call(path: string, call: Call): Promise<Answer> {
		const [, , id, suffix] = path.split('/');
		const stored = this.executions.get(id);
		const says = (status: number, message: string): Answer => ({ status, body: { message } });
		if (this.unavailable.has(id)) return says(503, 'Database is not ready!');
		if (!stored) return says(404, `The execution "${id}" does not exist.`);
		if (stored.status === 'running') return says(409, `The execution "${id}" is running already.`);
		if (stored.status === 'error') return says(409, `The execution "${id}" has finished with error.`);
		if (stored.status === 'success') return { status: 200, body: '<p>No action required</p>' };
		const workflow = this.workflow(stored.parameters, stored.node);
		const data = JSON.parse(stored.data) as IRunExecutionData;
		const node = workflow.getNode(TELEGENT.name) as INode;
		if (suffix !== node.id) return says(404, 'Could not find node to process webhook.');
		const [entry] = data.executionData!.nodeExecutionStack;
		entry.node.disabled = true;
		data.waitTill = undefined;
		data.resultData.runData.Telegent.pop();
		const response = new Response();
		const result = await this.webhook(id, workflow, node, data, response, call);
		if (result.noWebhookResponse) return { status: response.statusCode, body: response.body };
		if (!result.workflowData) return says(200, 'Webhook call received');
		// n8n's own guard against resuming twice.
		if (this.broken || stored.status !== 'waiting') return response.end(409, { message: 'Already resuming' });
		entry.data.main = result.workflowData;
		await this.execute(id, workflow, data);
		return response.end(200, result.webhookResponse);
	}

	private async webhook(
		id: string,
		workflow: Workflow,
		node: INode,
		data: IRunExecutionData,
		httpResponse: Response,
		call: Call,
	) {
		const httpRequest = parsedRequest(call);
		const additional = { ...this.additional(id), httpRequest, httpResponse } as never;
		const webhook = { node: node.name, webhookDescription: resumeWebhooks[0] } as unknown as IWebhookData;
		const context = new WebhookContext(workflow, node, additional, 'trigger', webhook, [], data);
		return await types.getByNameAndVersion(node.type, 1).webhook!.call(context);
	}

	private additional(id: string) {
		const credentials = new Credentials(this.credential());
		return additionalData(credentials, this.publicUrl ?? this.server.url, id);
	}

	private workflow(parameters: INodeParameters, node: Partial<INode>): Workflow {
		const key = JSON.stringify([parameters, node]);
		const chain = [{ ...TELEGENT, id: 'node-1', parameters, ...node }];
		const workflow = this.workflows.get(key) ?? chainOf(n8n, types, chain, { active: true });
		this.workflows.set(key, workflow);
		return workflow;
	}
}

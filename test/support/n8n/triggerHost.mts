import {
	Workflow,
	type IDataObject,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type IWebhookData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { ExecuteContext, HookContext, WebhookContext } from 'n8n-core';
import { resetProcessState } from '../../../transport/processState.ts';
import { additionalData, Credentials, nodeTypes, TELEGENT, type CredentialValues } from '../n8n.mts';
import { parsedRequest, Response, serve, type Answer, type Call, type WebhookServer } from './webhooks.mts';

const TYPE = 'n8n-nodes-telegent.telegentTrigger';
const NODE = 'Telegent Trigger';

/** Production webhooks answer below `/webhook`, those of "Execute step" below `/webhook-test`. */
export type Mode = 'production' | 'test';

export interface HostOptions {
	/** Takes the place of the network, for tests that make very many calls. */
	remote?: (request: IHttpRequestOptions) => Promise<IN8nHttpFullResponse>;
	/** What n8n would have in WEBHOOK_URL. */
	publicUrl?: string;
}

export interface Circumstances {
	/** Whether n8n's process ended in the meantime: then nothing is stored, and nothing tidied. */
	crashed?: () => boolean;
	/** The address's own part, where it is not that of the workflow. */
	webhookId?: string;
	/** The workflow's name, where it is not its ID. */
	name?: string;
}

/** What became of a call to a webhook. */
export interface WebhookAnswer extends Answer {
	started: boolean;
}

interface Registered {
	workflow: Workflow;
	node: INode;
	webhook: IWebhookData;
	/** The static data that the workflow was made with. */
	stored?: string;
}

/** The credential of the trigger. A person may change it. */
class TriggerCredentials extends Credentials {
	constructor(public override values: CredentialValues) {
		super(values);
	}
}

/**
 * The part of n8n that triggers need, with n8n-core's own contexts: publishes and unpublishes workflows with a
 * Telegent Trigger, tests them, keeps their static data as n8n's database does, and serves their webhooks on this
 * machine. What it does in which order is taken from n8n's webhook-trigger-registrar.js, test-webhooks.js and
 * webhook-helpers.js.
 */
export class TriggerHost {
	/** The items that started each workflow, in order. */
	readonly started: Array<{ workflow: string; items: INodeExecutionData[] }> = [];

	/** How many executions ended at the trigger, without an item. */
	empty = 0;

	/** Static data by workflow, as text: nothing survives that n8n could not store. That of tests is in memory only. */
	readonly stored = new Map<string, string>();

	/** What webhook methods wrote to n8n's log, `level: message` each. */
	readonly log: string[] = [];

	/** Set by a test: n8n cannot start executions now. */
	broken = false;

	/** Executions that are under way. */
	running = 0;

	private readonly stops = new Set<AbortController>();

	/** Set by a test: what the node is given in place of a request. */
	replaced: (request: object) => object = (request) => request;

	/** Set by a test: executions run in another process than webhooks, as in queue mode. */
	inWorkers = false;

	/** Set by a test: that many workers die in their execution. */
	killed = 0;

	private latest?: Parameters<TriggerHost['executed']>;

	readonly credentials: TriggerCredentials;

	private network = false;

	private readonly active = new Map<string, Registered>();

	private server!: WebhookServer;

	private constructor(
		credential: CredentialValues,
		private readonly options: HostOptions,
	) {
		this.credentials = new TriggerCredentials(credential);
	}

	static async start(credential: CredentialValues, options: HostOptions = {}): Promise<TriggerHost> {
		const host = new TriggerHost(credential, options);
		host.server = await serve(async (path, call) => await host.call(`${host.url}${path}`, call));
		return host;
	}

	get url(): string {
		return this.options.publicUrl ?? this.server.url;
	}

	async stop(): Promise<void> {
		await this.server.stop();
	}

	/** n8n's process ends: webhooks are forgotten, static data stays. */
	forget(): void {
		this.active.clear();
		this.restart();
	}

	/** n8n's process ends and starts again: published webhooks are known as before, tests and memories are gone. */
	restart(): void {
		resetProcessState();
		for (const key of [...this.stored.keys()]) if (key.startsWith('test ')) this.stored.delete(key);
		for (const [url, { webhook }] of this.active) if (webhook.isTest) this.active.delete(url);
	}

	/** Static data is lost, as with a backup that is restored. */
	loseStaticData(id: string): void {
		this.stored.delete(`production ${id}`);
	}

	/** Webhook functions use the network, whatever takes its place for Telegent. */
	withNetwork(): void {
		this.network = true;
	}

	webhookUrl(id: string, mode: Mode = 'production'): string {
		return `${this.url}/${mode === 'test' ? 'webhook-test' : 'webhook'}/${id}/telegent`;
	}

	/**
	 * Registers the workflow's trigger as n8n does: `checkExists`, then `create` where it says no; where that does not
	 * go well, `delete`.
	 */
	async publish(
		id: string,
		parameters: INodeParameters,
		mode: Mode = 'production',
		{ crashed = () => false, name = id, webhookId = id }: Circumstances = {},
	): Promise<void> {
		const registered = this.register(id, parameters, mode, webhookId, name);
		const { checkExists, create, delete: remove } = this.methods();
		const url = this.webhookUrl(webhookId, mode);
		const holder = this.active.get(url);
		const taken = holder !== undefined && holder.workflow.id !== id;
		try {
			if (taken) throw new Error('There is a conflict with one of the webhooks.');
			this.active.set(url, registered);
			if (!(await checkExists.call(this.hook(registered, mode))))
				await create.call(this.hook(registered, mode));
		} catch (error) {
			if (crashed()) throw error;
			if (!taken) this.active.delete(url);
			await remove.call(this.hook(registered, mode, 'delete')).catch(() => undefined);
			throw error;
		} finally {
			if (!crashed()) this.store(id, mode, registered);
		}
	}

	async unpublish(
		id: string,
		parameters: INodeParameters,
		mode: Mode = 'production',
		{ crashed = () => false, webhookId = id }: Circumstances = {},
	): Promise<void> {
		const registered = this.register(id, parameters, mode, webhookId);
		await this.methods().delete.call(this.hook(registered, mode, 'delete'));
		if (crashed()) return;
		this.active.delete(this.webhookUrl(webhookId, mode));
		this.store(id, mode, registered);
	}

	/** Telegent, or anybody, calls a webhook. */
	async call(url: string, call: Call): Promise<WebhookAnswer> {
		const says = (status: number, message: string) => ({ status, body: { message }, started: false });
		const registered = this.active.get(url);
		if (!registered) return says(404, 'The requested webhook is not registered.');
		const request = parsedRequest(call);
		if (!request) return says(422, 'Failed to parse request body');
		return await this.run(this.current(url, registered), this.replaced(request));
	}

	/** n8n reads a workflow from its database for each call, static data included. */
	private current(url: string, registered: Registered): Registered {
		const { node, stored, webhook } = registered;
		const mode = webhook.isTest ? 'test' : 'production';
		const now = this.stored.get(`${mode} ${webhook.workflowId}`) ?? '{}';
		if (stored === now) return registered;
		const webhookId = node.webhookId as string;
		const fresh = {
			...this.register(webhook.workflowId, node.parameters, mode, webhookId),
			stored: now,
		};
		this.active.set(url, fresh);
		return fresh;
	}

	private async run({ node, webhook, workflow }: Registered, httpRequest: object): Promise<WebhookAnswer> {
		const response = new Response();
		const mode = webhook.isTest ? 'manual' : 'webhook';
		const data = { ...webhook.workflowExecuteAdditionalData, httpRequest, httpResponse: response };
		const context = new WebhookContext(workflow, node, data as never, mode, webhook, [], null);
		if (!this.network) this.reroute(context);
		let result;
		try {
			result = await nodeTypes.getByNameAndVersion(TYPE, 1).webhook!.call(context);
		} catch (error) {
			// n8n starts the workflow with an empty item then.
			this.started.push({ workflow: workflow.id, items: [{ json: { thrown: (error as Error).message } }] });
			return { ...response.end(500, { message: 'Error' }), started: true };
		}
		if (this.broken && result.workflowData)
			return { ...response.end(500, { message: 'Error' }), started: false };
		const started = result.workflowData !== undefined;
		if (started) await this.execute(workflow, node, mode, result.workflowData!);
		if (result.noWebhookResponse) return { status: response.statusCode, body: response.body, started };
		const message = { message: started ? 'Workflow was started' : 'Webhook call received' };
		return { ...response.end(200, result.webhookResponse ?? message), started };
	}

	/** The execution: n8n calls the trigger's `execute` with what its webhook gave, in any of its processes. */
	private async execute(
		workflow: Workflow,
		node: INode,
		mode: WorkflowExecuteMode,
		main: INodeExecutionData[][],
	): Promise<void> {
		if (this.inWorkers) resetProcessState();
		this.latest = [workflow, node, mode, main];
		const executed = async (id?: string) => await this.executed(workflow, node, mode, main, id);
		const { id, items } = await executed();
		if (this.killed > 0 && this.killed--) {
			// n8n 1.x: the worker died, and the next one runs the same execution from its beginning.
			this.restart();
			return void this.count(workflow, (await executed(id)).items);
		}
		this.count(workflow, items);
	}

	/** Somebody stops the executions that are running. */
	stopExecutions(): void {
		for (const stop of this.stops) stop.abort();
	}

	/** "Retry execution" for the latest execution. Gives the trigger's items. */
	async retry(): Promise<INodeExecutionData[]> {
		if (!this.latest) throw new Error('There is no execution');
		const [workflow, node, , main] = this.latest;
		return (await this.executed(workflow, node, 'retry', main)).items;
	}

	private count({ id: workflow }: Workflow, items: INodeExecutionData[]): void {
		if (items.length > 0) this.started.push({ workflow, items });
		else this.empty++;
	}

	private async executed(
		workflow: Workflow,
		node: INode,
		mode: WorkflowExecuteMode,
		main: INodeExecutionData[][],
		id?: string,
	): Promise<{ id: string; items: INodeExecutionData[] }> {
		const data = additionalData(this.credentials, this.url);
		data.executionId = id ?? data.executionId;
		const context = new ExecuteContext(
			workflow,
			node,
			data,
			mode,
			{ resultData: { runData: {} } } as never,
			0,
			main[0],
			{ main },
			{ node, data: { main }, source: null },
			[],
		);
		this.reroute(context);
		this.running++;
		const stop = new AbortController();
		this.stops.add(stop);
		context.getExecutionCancelSignal = () => stop.signal;
		const execute = nodeTypes.getByNameAndVersion(TYPE, 1).execute!;
		const result = (await execute.call(context)) as INodeExecutionData[][];
		this.stops.delete(stop);
		this.running--;
		return { id: data.executionId as string, items: result.flat() };
	}

	private methods() {
		const { webhookMethods } = nodeTypes.getByNameAndVersion(TYPE, 1) as {
			webhookMethods: { default: Record<string, (this: unknown) => Promise<boolean>> };
		};
		return webhookMethods.default;
	}

	private register(
		id: string,
		parameters: INodeParameters,
		mode: Mode,
		webhookId: string,
		name = id,
	): Registered {
		const node: INode = {
			id: webhookId,
			webhookId,
			name: NODE,
			type: TYPE,
			typeVersion: 1.1,
			position: [0, 0],
			parameters,
			credentials: TELEGENT.credentials,
		};
		// A test begins with what is stored for production.
		const stored = this.stored.get(`${mode} ${id}`) ?? this.stored.get(`production ${id}`);
		const staticData = JSON.parse(stored ?? '{}') as IDataObject;
		const active = mode === 'production';
		const workflow = new Workflow({
			id,
			name,
			nodes: [node],
			connections: {},
			active,
			nodeTypes,
			staticData,
		});
		const webhook = {
			node: node.name,
			path: `${webhookId}/telegent`,
			httpMethod: 'POST',
			workflowId: id,
			isTest: mode === 'test',
			webhookDescription: { name: 'default', httpMethod: 'POST', path: 'telegent' },
			workflowExecuteAdditionalData: additionalData(this.credentials, this.url),
		} as IWebhookData;
		return { workflow, node, webhook };
	}

	/** n8n deletes with the mode `internal`, webhooks of tests too. */
	private hook({ node, webhook, workflow }: Registered, mode: Mode, method?: 'delete'): HookContext {
		const activation = method ? 'update' : mode === 'test' ? 'manual' : 'activate';
		const execution = method ? 'internal' : mode === 'test' ? 'manual' : 'trigger';
		const data = webhook.workflowExecuteAdditionalData;
		const context = new HookContext(workflow, node, data, execution, activation, webhook);
		this.reroute(context);
		const keep = (level: string) => (message: string) => void this.log.push(`${level}: ${message}`);
		Object.defineProperty(context, 'logger', {
			value: { debug: keep('debug'), error: keep('error'), info: keep('info'), warn: keep('warn') },
		});
		return context;
	}

	private reroute({ helpers }: { helpers: object }): void {
		const { remote } = this.options;
		if (!remote) return;
		Object.assign(helpers, {
			httpRequest: remote,
			httpRequestWithAuthentication: async (type: string, request: IHttpRequestOptions) =>
				await remote(await this.credentials.authenticate({ ...this.credentials.values }, type, request)),
		});
	}

	private store(id: string, mode: Mode, { workflow }: Registered): void {
		this.stored.set(`${mode} ${id}`, JSON.stringify(workflow.staticData));
	}
}

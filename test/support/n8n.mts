import 'reflect-metadata';
import {
	ICredentialsHelper,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IExecuteData,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { DataDeduplicationService, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { Telegent } from '../../nodes/Telegent/Telegent.node.ts';
import { TelegentTrigger } from '../../nodes/TelegentTrigger/TelegentTrigger.node.ts';
import { TelegentApi } from '../../credentials/TelegentApi.credentials.ts';
import { processedData } from './processedData.mts';

void DataDeduplicationService.init(processedData);

/** The values of a Telegent credential. */
export interface CredentialValues {
	accountKey: string;
	accountSecret: string;
	baseUrl: string;
	requestsPerMinute?: number;
	defaultCountryCode?: string;
}

/** Gives every node the same Telegent credential, and calls its class as n8n does. */
export class Credentials extends ICredentialsHelper {
	readonly type: ICredentialType = new TelegentApi();

	/** How often the stored credential was read: each time is a look-up in n8n's database. */
	reads = 0;

	constructor(readonly values: CredentialValues) {
		super();
	}

	getParentTypes() {
		return [];
	}

	async authenticate(data: ICredentialDataDecryptedObject, _name: string, request: IHttpRequestOptions) {
		const { authenticate } = this.type;
		if (typeof authenticate !== 'function') throw new Error('authenticate must be a function');
		return await authenticate(data, request);
	}

	async preAuthentication(_helpers: IHttpRequestHelper) {
		return undefined;
	}

	async runPreAuthentication() {
		return undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('not used');
	}

	async getDecrypted() {
		this.reads++;
		return {
			defaultCountryCode: '1',
			requestsPerMinute: 0,
			...this.values,
		} as unknown as ICredentialDataDecryptedObject;
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData() {}

	getCredentialsProperties() {
		return this.type.properties;
	}

	isCredentialUsableByNode() {
		return true;
	}
}

const source: INodeType = {
	description: {
		displayName: 'Items',
		name: 'items',
		group: ['input'],
		version: 1,
		description: 'Gives the items of a test',
		defaults: { name: 'Items' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [{ displayName: 'Items', name: 'items', type: 'json', default: '[]' }],
	},
	async execute() {
		return [this.getInputData()];
	},
};

/** The node as n8n makes it a tool, which its agents run like any node. */
const tool = new Telegent();
tool.description = { ...tool.description, name: 'telegentTool' };

const TYPES: Record<string, INodeType> = {
	'test.items': source,
	'n8n-nodes-telegent.telegent': new Telegent(),
	'n8n-nodes-telegent.telegentTool': tool,
	'n8n-nodes-telegent.telegentTrigger': new TelegentTrigger(),
};

export const nodeTypes: INodeTypes = {
	getByName: (name) => TYPES[name],
	getByNameAndVersion: (name) => TYPES[name],
	getKnownTypes: () => ({}),
};

export interface RunOptions {
	credential: CredentialValues;
	/** The node's parameters, expressions included, as a workflow file holds them. */
	parameters: INodeParameters;
	/** The items that reach the node; one empty item where none are given. */
	items?: Array<IDataObject | INodeExecutionData>;
	/** Settings of the node besides its parameters, for example `onError` or `retryOnFail`. */
	node?: Partial<INode>;
	/** Called with the running workflow, to stop it for instance. */
	started?: (execution: { cancel: () => void }) => void;
	credentials?: Credentials;
}

export interface RunResult {
	/** The node's items by output; empty when the node failed. */
	outputs: INodeExecutionData[][];
	items: INodeExecutionData[];
	json: IDataObject[];
	error?: Error & { description?: string; httpCode?: string; context?: IDataObject };
	run: IRun;
}

/** Runs the Telegent node in a workflow through the real n8n-core. */
export async function runNode(options: RunOptions): Promise<RunResult> {
	const telegent: INode = {
		id: 'telegent',
		name: 'Telegent',
		type: 'n8n-nodes-telegent.telegent',
		typeVersion: 1,
		position: [0, 0],
		parameters: options.parameters,
		credentials: { telegentApi: { id: '1', name: 'Telegent' } },
		...options.node,
	};
	const start: INode = {
		id: 'items',
		name: 'Items',
		type: 'test.items',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const workflow = new Workflow({
		id: 'workflow',
		nodes: [start, telegent],
		connections: { Items: { main: [[{ node: 'Telegent', type: 'main', index: 0 }]] } },
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1' },
	});
	const items = (options.items ?? [{}]).map(
		(item) => ('json' in item ? item : { json: item }) as INodeExecutionData,
	);
	const first: IExecuteData = { node: start, data: { main: [items] }, source: null };
	const executor = new WorkflowExecute(
		additionalData(options.credentials ?? new Credentials(options.credential)),
		'manual',
		{
			executionData: {
				nodeExecutionStack: [first],
				contextData: {},
				metadata: {},
				waitingExecution: {},
				waitingExecutionSource: {},
			},
			resultData: { runData: {} },
			startData: {},
		} as never,
	);
	const running = executor.processRunExecutionData(workflow);
	options.started?.({ cancel: () => running.cancel() });
	const run = await running;
	return read(run);
}

/** As n8n's: no two executions have the same id. */
let executions = 0;

/** What n8n hands to every run besides the workflow. */
export function additionalData(
	credentials: Credentials,
	baseUrl = 'http://127.0.0.1:5678',
): IWorkflowExecuteAdditionalData {
	const workflow = { id: 'workflow', name: 'Test', nodes: [], connections: {} } as never;
	return {
		credentialsHelper: credentials,
		hooks: new ExecutionLifecycleHooks('manual', 'execution', workflow),
		executionId: `execution ${++executions}`,
		restApiUrl: '',
		instanceBaseUrl: `${baseUrl}/`,
		webhookBaseUrl: `${baseUrl}/webhook`,
		webhookTestBaseUrl: `${baseUrl}/webhook-test`,
		webhookWaitingBaseUrl: `${baseUrl}/webhook-waiting`,
		formWaitingBaseUrl: '',
		variables: {},
		logAiEvent: () => {},
		setExecutionStatus: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
}

function read(run: IRun): RunResult {
	const [last] = (run.data.resultData.runData.Telegent ?? []).slice(-1);
	const outputs = (last?.data?.main ?? []).map((output) => output ?? []);
	const items = outputs.flat();
	return {
		outputs,
		items,
		json: items.map(({ json }) => json),
		error: (last?.error ?? run.data.resultData.error) as RunResult['error'],
		run,
	};
}

import 'reflect-metadata';
import {
	ICredentialsHelper,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunExecutionData,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { parse, stringify } from 'flatted';
import { DataDeduplicationService, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { Telegent } from '../../nodes/Telegent/Telegent.node.ts';
import { TelegentPollTrigger } from '../../nodes/TelegentPollTrigger/TelegentPollTrigger.node.ts';
import { TelegentTrigger } from '../../nodes/TelegentTrigger/TelegentTrigger.node.ts';
import { TelegentApi } from '../../credentials/TelegentApi.credentials.ts';
import {
	additionalData as additionalDataOf,
	chainOf,
	ITEMS,
	itemsNode,
	resultOf,
	startData,
} from './n8n/host.mts';
import { processedData } from './processedData.mts';

void DataDeduplicationService.init(processedData);

export const n8n = { ExecutionLifecycleHooks, Workflow, WorkflowExecute };

/** The Telegent node in a workflow, without its parameters. */
export const TELEGENT = {
	id: 'telegent',
	name: 'Telegent',
	type: 'n8n-nodes-telegent.telegent',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	credentials: { telegentApi: { id: '1', name: 'Telegent' } },
};

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

/** The node as n8n makes it a tool, which its agents run like any node. */
const tool = new Telegent();
tool.description = { ...tool.description, name: 'telegentTool' };

const TYPES: Record<string, INodeType> = {
	[ITEMS.type]: itemsNode,
	'n8n-nodes-telegent.telegent': new Telegent(),
	'n8n-nodes-telegent.telegentTool': tool,
	'n8n-nodes-telegent.telegentPollTrigger': new TelegentPollTrigger(),
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
	/** A failed run that this one retries as "Retry execution" does: its data go through n8n's database. */
	retry?: IRun;
	/** Empty for a workflow that was never saved. */
	workflowId?: string;
	/** Settings of the workflow. */
	settings?: IWorkflowSettings;
	/** `retry` alone: an execution that n8n retries from the beginning, as after a crash. */
	mode?: WorkflowExecuteMode;
	credentials?: Credentials;
	/** By default one that no other run has. */
	executionId?: string;
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
	const node: INode = { ...TELEGENT, parameters: options.parameters, ...options.node };
	const workflow = chainOf(n8n, nodeTypes, [node], {
		id: options.workflowId,
		settings: options.settings,
	});
	const items = (options.items ?? [{}]).map(
		(item) => ('json' in item ? item : { json: item }) as INodeExecutionData,
	);
	const executor = new WorkflowExecute(
		additionalData(
			options.credentials ?? new Credentials(options.credential),
			undefined,
			options.executionId,
		),
		options.mode ?? (options.retry ? 'retry' : 'manual'),
		options.retry ? retried(options.retry, node) : startData(workflow, items),
	);
	const running = executor.processRunExecutionData(workflow);
	options.started?.({ cancel: () => running.cancel() });
	const run = await running;
	const { error, items: results, outputs } = resultOf(run.data, TELEGENT.name);
	return { outputs, items: results, json: results.map(({ json }) => json), error, run };
}

/** What n8n runs again for a failed execution (`ExecutionService.retry` of n8n), with the workflow as it is now. */
function retried(failed: IRun, node: INode): IRunExecutionData {
	const data = parse(stringify(failed.data)) as IRunExecutionData;
	delete data.resultData.error;
	data.resultData.runData[node.name]?.pop();
	for (const entry of data.executionData!.nodeExecutionStack)
		if (entry.node.name === node.name) entry.node = node;
	return data;
}

/** As n8n's: no two executions have the same id. */
let executions = 0;

/** What n8n hands to every execution besides the workflow. */
export function additionalData(
	credentials: Credentials,
	baseUrl?: string,
	executionId = `execution ${++executions}`,
): IWorkflowExecuteAdditionalData {
	return additionalDataOf(n8n, credentials, { baseUrl, executionId });
}

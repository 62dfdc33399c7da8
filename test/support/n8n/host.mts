import type {
	ICredentialsHelper,
	IExecuteData,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRun,
	IRunExecutionData,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/*
 * What n8n's server does around its executor, for the tests and for bench: it makes the workflow, hands over what an
 * execution needs, and reads what came out. Imports nothing of n8n, because bench uses the n8n of sandbox/n8n.
 */

/** The parts of an installed n8n that run a workflow. */
export type N8n = Pick<typeof import('n8n-workflow'), 'Workflow'> &
	Pick<typeof import('n8n-core'), 'ExecutionLifecycleHooks' | 'WorkflowExecute'>;

/** Where each workflow begins: passes on the items that it is given. */
export const ITEMS = { name: 'Items', type: 'test.items', typeVersion: 1, parameters: {} };

export const itemsNode: INodeType = {
	description: {
		displayName: 'Items',
		name: 'items',
		group: ['input'],
		version: 1,
		description: 'Gives the items of a test',
		defaults: { name: 'Items' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

export interface AdditionalDataOptions {
	/** n8n's own address. */
	baseUrl?: string;
	mode?: WorkflowExecuteMode;
	executionId?: string;
}

/** What n8n hands to every execution besides the workflow. */
export function additionalData(
	{ ExecutionLifecycleHooks }: Pick<N8n, 'ExecutionLifecycleHooks'>,
	credentialsHelper: ICredentialsHelper,
	{
		baseUrl = 'http://127.0.0.1:5678',
		executionId = 'execution',
		mode = 'manual',
	}: AdditionalDataOptions = {},
): IWorkflowExecuteAdditionalData {
	const workflow = { id: 'workflow', name: 'Test', nodes: [], connections: {} } as never;
	return {
		credentialsHelper,
		hooks: new ExecutionLifecycleHooks(mode, 'execution', workflow),
		executionId,
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

export interface ChainOptions {
	active?: boolean;
	/** Empty for a workflow that was never saved. */
	id?: string;
	settings?: IWorkflowSettings;
}

/** A workflow of the items and these nodes, each leading to the next. */
export function chainOf(
	{ Workflow }: Pick<N8n, 'Workflow'>,
	nodeTypes: INodeTypes,
	chain: Array<Partial<INode>>,
	{ active = false, id = 'workflow', settings = {} }: ChainOptions = {},
): InstanceType<N8n['Workflow']> {
	const nodes = [ITEMS, ...chain].map(
		(node, i) => ({ id: `node-${i}`, position: [i * 200, 0], typeVersion: 1, ...node }) as INode,
	);
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, i) => [nodes[i].name, { main: [[{ node: name, type: 'main' as const, index: 0 }]] }]),
	);
	return new Workflow({
		id,
		nodes,
		connections,
		active,
		nodeTypes,
		settings: { executionOrder: 'v1', ...settings },
	});
}

/** An execution that has not begun, with the items that its first node gets. */
export function startData(
	workflow: InstanceType<N8n['Workflow']>,
	items: INodeExecutionData[],
): IRunExecutionData {
	const node = workflow.getNode(ITEMS.name) as INode;
	const first: IExecuteData = { node, data: { main: [items] }, source: null };
	return {
		executionData: {
			nodeExecutionStack: [first],
			contextData: {},
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
		},
		resultData: { runData: {} },
		startData: {},
	} as unknown as IRunExecutionData;
}

export interface NodeResult {
	/** By output; empty when the node failed. */
	outputs: INodeExecutionData[][];
	items: INodeExecutionData[];
	error?: Error;
	executionTime?: number;
}

/** What the last run of a node gave. */
export function resultOf({ resultData }: IRun['data'], name: string): NodeResult {
	const [last] = (resultData.runData[name] ?? []).slice(-1);
	const outputs = (last?.data?.main ?? []).map((output) => output ?? []);
	const error = (last?.error ?? resultData.error) as Error | undefined;
	return { outputs, items: outputs.flat(), error, executionTime: last?.executionTime };
}

import 'reflect-metadata';
import {
	Workflow,
	type IExecuteData,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { buildProperties as describeNode } from '../../nodes/Telegent/description/properties.ts';
import type { Resource } from '../../nodes/Telegent/engine/operation.ts';
import { runOperation } from '../../nodes/Telegent/engine/run.ts';
import { Telegent } from '../../nodes/Telegent/Telegent.node.ts';
import { Credentials } from '../support/n8n.mts';

/** The Telegent node with other tables, to see what a wrong entry does. */
export function nodeOf(resources: Resource[]): INodeType {
	const { description } = new Telegent();
	return {
		description: { ...description, properties: describeNode(resources) },
		async execute() {
			return await runOperation.call(this, resources);
		},
	};
}

export interface Run {
	items: INodeExecutionData[];
	error?: Error & { description?: string };
}

/** Runs a node in a workflow of the real n8n-core, which resolves expressions and drops what is not shown. */
export async function run(
	node: INodeType,
	baseUrl: string,
	parameters: INodeParameters,
	items: INodeExecutionData[],
): Promise<Run> {
	const telegent: INode = {
		id: 'telegent',
		name: 'Telegent',
		type: 'telegent',
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { telegentApi: { id: '1', name: 'Telegent' } },
	};
	const byName = () => node;
	const nodeTypes = {
		getByName: byName,
		getByNameAndVersion: byName,
		getKnownTypes: () => ({}),
	} as INodeTypes;
	const settings = { executionOrder: 'v1' as const };
	const workflow = new Workflow({
		id: 'w',
		nodes: [telegent],
		connections: {},
		active: false,
		nodeTypes,
		settings,
	});
	const first: IExecuteData = {
		node: workflow.getNode('Telegent') as INode,
		data: { main: [items] },
		source: null,
	};
	const executor = new WorkflowExecute(additionalData(baseUrl), 'manual', {
		executionData: {
			nodeExecutionStack: [first],
			contextData: {},
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
		},
		resultData: { runData: {} },
		startData: {},
	} as never);
	const ended = await executor.processRunExecutionData(workflow).catch((error: Error) => error);
	// What n8n finds wrong with the parameters themselves, it says before the node runs.
	if (ended instanceof Error) return { items: [], error: ended };
	const { data } = ended;
	const [last] = (data.resultData.runData.Telegent ?? []).slice(-1);
	const error = last?.error ?? data.resultData.error;
	return { items: last?.data?.main[0] ?? [], error: error as Run['error'] };
}

function additionalData(baseUrl: string): IWorkflowExecuteAdditionalData {
	const values = { accountKey: 'DID-contract', accountSecret: 'contract-secret', baseUrl };
	const workflow = { id: 'w', name: 'Contract', nodes: [], connections: {} };
	return {
		credentialsHelper: new Credentials(values),
		hooks: new ExecutionLifecycleHooks('manual', 'execution', workflow as never),
		executionId: 'execution',
		variables: {},
		setExecutionStatus: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
}

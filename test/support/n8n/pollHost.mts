import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import { PollContext } from 'n8n-core';
import { resetProcessState } from '../../../transport/processState.ts';
import { additionalData, Credentials, nodeTypes, TELEGENT, type CredentialValues } from '../n8n.mts';

const TYPE = 'n8n-nodes-telegent.telegentPollTrigger';

interface Registration {
	workflow: Workflow;
	context: PollContext;
}

/**
 * The part of n8n that polling triggers need, with n8n-core's own context: one context per registration, a first poll
 * while publishing, and static data that are stored when a workflow was published and when a poll starts an execution,
 * not after a poll that finds nothing (poll-trigger-executor.js, trigger-execution-context.factory.js and
 * active-workflow-manager.js of n8n 2.40).
 */
export class PollHost {
	/** The items of each execution. */
	readonly executions: IDataObject[][] = [];

	/** What polls threw, but for the first one. */
	readonly errors: Error[] = [];

	private stored = '{}';

	private registration?: Registration;

	constructor(
		private readonly credential: CredentialValues,
		private parameters: INodeParameters,
	) {}

	/** The user changes the node; the workflow that is published stays as it is. */
	change(parameters: INodeParameters): void {
		this.parameters = { ...this.parameters, ...parameters };
	}

	get items(): IDataObject[] {
		return this.executions.flat();
	}

	/** Throws what the first poll throws: n8n does not publish the workflow then. */
	async publish(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		const registration = this.register(activation);
		this.emit(registration, await this.poll(registration));
		this.registration = registration;
		this.store(registration);
	}

	/** The time for a poll has come. */
	async tick(): Promise<void> {
		if (!this.registration) throw new Error('The workflow is not published');
		try {
			this.emit(this.registration, await this.poll(this.registration));
		} catch (error) {
			this.errors.push(error as Error);
		}
	}

	/** n8n ends, without a word, and starts again. */
	async restart(): Promise<void> {
		resetProcessState();
		await this.publish('init');
	}

	/** "Execute step" in the editor; static data are not stored. */
	async test(): Promise<IDataObject[] | null> {
		const items = await this.poll(this.register('manual', 'manual'));
		return items && items[0].map(({ json }) => json);
	}

	get staticData(): IDataObject {
		return JSON.parse(this.stored) as IDataObject;
	}

	private async poll({ context }: Registration): Promise<INodeExecutionData[][] | null> {
		return await nodeTypes.getByNameAndVersion(TYPE, 1).poll!.call(context);
	}

	private emit(registration: Registration, items: INodeExecutionData[][] | null): void {
		if (items === null) return;
		this.executions.push(items[0].map(({ json }) => json));
		this.store(registration);
	}

	private store({ workflow }: Registration): void {
		this.stored = JSON.stringify(workflow.staticData);
	}

	private register(activation: WorkflowActivateMode, mode: 'manual' | 'trigger' = 'trigger'): Registration {
		const node: INode = { ...TELEGENT, name: 'Poll', type: TYPE, parameters: this.parameters };
		const workflow = new Workflow({
			id: 'workflow',
			nodes: [node],
			connections: {},
			active: mode === 'trigger',
			nodeTypes,
			staticData: this.staticData,
		});
		const data = additionalData(new Credentials(this.credential));
		return { workflow, context: new PollContext(workflow, node, data, mode, activation) };
	}
}

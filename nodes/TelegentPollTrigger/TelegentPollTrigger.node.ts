import type {
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { telegentPollTrigger } from '../forms';

const { builderHint, codex, outputs, properties } = telegentPollTrigger;

export class TelegentPollTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Telegent Poll Trigger',
		name: 'telegentPollTrigger',
		icon: { light: 'file:../Telegent/telegent.svg', dark: 'file:../Telegent/telegent.dark.svg' },
		codex,
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ ({ dataUsage: "Data Usage Passed Threshold", messageReceived: "New Message", orderUpdate: "Order Changed" })[$parameter["event"]] }}',
		description:
			'Checks Telegent regularly, and starts the workflow for new messages, data usage and orders. No public URL needed.',
		defaults: { name: 'Telegent Poll Trigger' },
		builderHint,
		polling: true,
		inputs: [],
		outputs,
		credentials: [{ name: 'telegentApi', required: true }],
		properties,
	};

	methods = {
		loadOptions: {
			async getNumbers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				return await (await import('../shared/form/numberOptions')).allNumbers(this);
			},
		},
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await (await import('./poll')).poll(this);
	}
}

import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { listSearch } from './listSearch';
import { outputs, properties, webhooks } from './form';

export class Telegent implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Telegent',
		name: 'telegent',
		icon: { light: 'file:telegent.svg', dark: 'file:telegent.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send SMS and MMS, and manage numbers, routes and subscribers',
		defaults: { name: 'Telegent' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs,
		credentials: [{ name: 'telegentApi', required: true }],
		webhooks,
		properties,
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const [{ runOperation }, { resources }] = await Promise.all([
			import('./engine/run'),
			import('./resources'),
		]);
		return await runOperation.call(this, resources);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { receiveReply } = await import('./wait/reply');
		return await receiveReply(this);
	}
}

import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { describe } from './engine/describe';
import { runOperation } from './engine/run';
import { listSearch } from './listSearch';
import { outputs } from './outputs';
import { resources } from './resources';
import { resumeWebhooks } from './wait/fields';
import { receiveReply } from './wait/reply';

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
		webhooks: resumeWebhooks,
		properties: describe(resources),
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation.call(this, resources);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveReply(this);
	}
}

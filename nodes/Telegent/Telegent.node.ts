import type {
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { telegent } from '../forms';

const {
	choices,
	codex,
	collections,
	editorTexts,
	inputs,
	locators,
	outputs,
	properties,
	searches,
	subtitle,
	webhooks,
} = telegent;

// The modes of locators and the options of collections are stored apart: see forms.ts.
for (const { choices: ofChoices, modes, properties: ofProperties } of locators) {
	for (const number of ofProperties) properties[number].modes = modes;
	for (const number of ofChoices) choices[number].modes = modes;
}
for (const { offers, property } of collections) {
	properties[property].options = offers.map((number) => choices[number]);
}

const searchMethods: NonNullable<INodeType['methods']>['listSearch'] = {};
for (const name of searches) searchMethods[name] = lazySearch(name);

export class Telegent implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Telegent',
		name: 'telegent',
		icon: { light: 'file:telegent.svg', dark: 'file:telegent.dark.svg' },
		codex,
		group: ['output'],
		version: 1,
		subtitle,
		description: 'Send SMS and MMS, and manage numbers, routes and subscribers',
		defaults: { name: 'Telegent' },
		usableAsTool: true,
		...editorTexts,
		inputs,
		outputs,
		credentials: [{ name: 'telegentApi', required: true }],
		webhooks,
		properties,
	};

	methods = { listSearch: searchMethods };

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

function lazySearch(name: (typeof searches)[number]) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const { listSearch } = await import('../shared/form/listSearch');
		return await listSearch[name].call(this, filter, paginationToken);
	};
}

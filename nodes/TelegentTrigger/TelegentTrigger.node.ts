import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { telegentTrigger } from '../forms';

const { codex, editorTexts, outputs, properties } = telegentTrigger;

type SearchArguments = [filter?: string, paginationToken?: string];

export class TelegentTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Telegent Trigger',
		name: 'telegentTrigger',
		icon: { light: 'file:../Telegent/telegent.svg', dark: 'file:../Telegent/telegent.dark.svg' },
		codex,
		group: ['trigger'],
		// Not 1: n8n evaluates an expression per call for webhooks of version 1, almost 10 % of the time of a delivery.
		version: 1.1,
		subtitle:
			'={{ $parameter["event"].replace(/([A-Z])/g, " $1").replace(/^./, (first) => first.toUpperCase()) }}',
		description:
			'Starts the workflow when a Telegent message, delivery receipt, order update or call event arrives',
		defaults: { name: 'Telegent Trigger' },
		...editorTexts,
		inputs: [],
		outputs,
		credentials: [{ name: 'telegentApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: 'telegent',
				// Shown only in Manual mode, where users enter the URL at Telegent themselves.
				ndvHideUrl: '={{ $parameter["listenOn"] !== "manual" }}',
			},
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'telegent', ndvHideUrl: true },
		],
		properties,
	};

	methods = {
		listSearch: {
			async searchAccounts(
				this: ILoadOptionsFunctions,
				...search: SearchArguments
			): Promise<INodeListSearchResult> {
				const { listSearch } = await import('../shared/form/listSearch');
				return await listSearch.searchAccounts.apply(this, search);
			},
			async searchMessageRoutes(
				this: ILoadOptionsFunctions,
				...search: SearchArguments
			): Promise<INodeListSearchResult> {
				const { listSearch } = await import('../shared/form/listSearch');
				return await listSearch.searchMessageRoutes.apply(this, search);
			},
		},
		loadOptions: {
			async getNumbers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				return await (await import('../shared/form/numberOptions')).allNumbers(this);
			},
			async getToken(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				return await (await import('./description/loadOptions')).tokenToEnter(this);
			},
		},
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await (await import('./registration')).isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				(await import('./delivery/filters')).checkFilters(this);
				await (await import('./registration')).register(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await (await import('./registration')).unregister(this);
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await (await import('./delivery/receive')).receive(this);
	}

	/** n8n calls it with the items of `webhook()`, in the process that runs the execution. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await (await import('./delivery/passOn')).itemsToPassOn(this);
	}
}

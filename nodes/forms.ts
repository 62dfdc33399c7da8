import { NodeConnectionTypes, type CodexData, type INodeProperties } from 'n8n-workflow';
import { describe } from './Telegent/describe';
import { listSearch } from './Telegent/listSearch';
import { outputs } from './Telegent/outputs';
import { resources } from './Telegent/resources';
import { subtitleOf } from './Telegent/subtitle';
import * as nodeCatalogue from './Telegent/Telegent.node.json';
import { resumeWebhooks } from './Telegent/wait/fields';
import * as triggerCatalogue from './TelegentTrigger/TelegentTrigger.node.json';
import { properties } from './TelegentTrigger/fields';

/* What n8n reads of both nodes when it starts. The build keeps it as JSON, so that nothing has to run to make it. */

export const telegent = {
	codex: codexOf(nodeCatalogue),
	inputs: [NodeConnectionTypes.Main],
	outputs,
	subtitle: subtitleOf(resources),
	...choicesApart(describe(resources)),
	/** The names of the lists, which are loaded when somebody searches one. */
	searches: Object.keys(listSearch) as Array<keyof typeof listSearch>,
	webhooks: resumeWebhooks,
};

export const telegentTrigger = {
	codex: codexOf(triggerCatalogue),
	outputs: [NodeConnectionTypes.Main],
	properties,
};

/** What n8n takes of a node's catalogue file, which it opens only for a description without a codex. */
function codexOf({ alias, categories, resources: links }: CodexData): CodexData {
	return { alias, categories, resources: links };
}

/**
 * What collections offer, each choice once: creating and updating have most of them in common. `collections` says which
 * of the properties gets which of the choices back.
 */
function choicesApart(properties: INodeProperties[]) {
	const choices: INodeProperties[] = [];
	const numbers = new Map<string, number>();
	const numberOf = (choice: INodeProperties) => {
		const text = JSON.stringify(choice);
		const number = numbers.get(text) ?? choices.push(choice) - 1;
		numbers.set(text, number);
		return number;
	};
	const collections = properties.flatMap(({ options, type }, property) =>
		type === 'collection' ? [{ property, offers: (options as INodeProperties[]).map(numberOf) }] : [],
	);
	return {
		choices,
		collections,
		properties: properties.map((field) => (field.type === 'collection' ? { ...field, options: [] } : field)),
	};
}

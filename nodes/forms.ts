import {
	NodeConnectionTypes,
	type CodexData,
	type INodeProperties,
	type INodePropertyMode,
} from 'n8n-workflow';
import { buildProperties } from './Telegent/description/properties';
import { listSearch } from './shared/form/listSearch';
import { nodeTexts } from './Telegent/description/editorTexts';
import { outputs } from './Telegent/description/outputs';
import { resources } from './Telegent/resources';
import { subtitleOf } from './Telegent/description/subtitle';
import * as nodeCatalogue from './Telegent/Telegent.node.json';
import { resumeWebhooks } from './Telegent/wait/fields';
import * as pollCatalogue from './TelegentPollTrigger/TelegentPollTrigger.node.json';
import { pollBuilderHint, pollProperties } from './TelegentPollTrigger/description/properties';
import * as triggerCatalogue from './TelegentTrigger/TelegentTrigger.node.json';
import { triggerTexts } from './TelegentTrigger/description/editorTexts';
import { properties } from './TelegentTrigger/description/properties';

/*
 * Load-time optimization. n8n reads the descriptions of all nodes each time it starts, and in each worker. So the build
 * evaluates this module once and replaces it with its JSON: then starting loads neither the operations nor the code that
 * makes fields of them. It has four parts:
 * - description/properties.ts merges equal fields of different operations (`fieldsOfAll`).
 * - `equalPartsApart` below stores equal options of collections, and equal modes of locators, once; Telegent.node.ts puts
 *   them back when it is loaded.
 * - scripts/build.mjs (`keepForms`) writes this module's exports to dist/nodes/forms.json and deletes forms.js. Exports
 *   must therefore be plain JSON.
 * - The *.node.ts import the code that runs only when it is needed (`import()`).
 */

export const telegent = {
	codex: codexOf(nodeCatalogue),
	editorTexts: nodeTexts,
	inputs: [NodeConnectionTypes.Main],
	outputs,
	subtitle: subtitleOf(resources),
	...equalPartsApart(buildProperties(resources)),
	/** Names of the list search methods, whose code is loaded with the first search. */
	searches: Object.keys(listSearch) as Array<keyof typeof listSearch>,
	webhooks: resumeWebhooks,
};

export const telegentTrigger = {
	codex: codexOf(triggerCatalogue),
	editorTexts: triggerTexts,
	outputs: [NodeConnectionTypes.Main],
	properties,
};

export const telegentPollTrigger = {
	builderHint: pollBuilderHint,
	codex: codexOf(pollCatalogue),
	outputs: [NodeConnectionTypes.Main],
	properties: pollProperties,
};

/** The codex of a node's .node.json, which n8n opens only for a description without a codex. */
function codexOf({ alias, categories, resources: links }: CodexData): CodexData {
	return { alias, categories, resources: links };
}

/**
 * Stores equal options of collections once, since creating and updating share most of them, and equal modes of locators:
 * many fields name a number or an account.
 * @returns `choices`: the different options; `collections`: which property gets which of them back, by index;
 * `locators`: the different modes, and which properties and choices get them back, by index
 */
function equalPartsApart(fields: INodeProperties[]) {
	const choices: INodeProperties[] = [];
	const numbers = new Map<string, number>();
	const numberOf = (choice: INodeProperties) => {
		const text = JSON.stringify(choice);
		const number = numbers.get(text) ?? choices.push(choice) - 1;
		numbers.set(text, number);
		return number;
	};
	const collections = fields.flatMap(({ options, type }, property) =>
		type === 'collection' ? [{ property, offers: (options as INodeProperties[]).map(numberOf) }] : [],
	);
	const properties = fields.map((field) =>
		field.type === 'collection' ? { ...field, options: [] } : { ...field },
	);
	const shortened = choices.map((choice) => ({ ...choice }));
	return {
		choices: shortened,
		collections,
		locators: modesApart(properties, shortened),
		properties,
	};
}

/** Takes the modes out of these fields. */
function modesApart(properties: INodeProperties[], choices: INodeProperties[]) {
	const byText = new Map<string, { modes: INodePropertyMode[]; properties: number[]; choices: number[] }>();
	const takeOut = (field: INodeProperties, list: 'properties' | 'choices', number: number) => {
		const { modes } = field;
		if (!modes) return;
		const text = JSON.stringify(modes);
		const equal = byText.get(text) ?? { modes, properties: [], choices: [] };
		equal[list].push(number);
		byText.set(text, equal);
		delete field.modes;
	};
	properties.forEach((field, number) => takeOut(field, 'properties', number));
	choices.forEach((field, number) => takeOut(field, 'choices', number));
	return [...byText.values()];
}

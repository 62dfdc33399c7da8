import { NodeConnectionTypes } from 'n8n-workflow';
import { describe } from './Telegent/describe';
import { listSearch } from './Telegent/listSearch';
import { outputs } from './Telegent/outputs';
import { resources } from './Telegent/resources';
import { resumeWebhooks } from './Telegent/wait/fields';
import { properties } from './TelegentTrigger/fields';

/* What n8n reads of both nodes when it starts. The build keeps it as JSON, so that nothing has to run to make it. */

export const telegent = {
	inputs: [NodeConnectionTypes.Main],
	outputs,
	properties: describe(resources),
	/** The names of the lists, which are loaded when somebody searches one. */
	searches: Object.keys(listSearch) as Array<keyof typeof listSearch>,
	webhooks: resumeWebhooks,
};

export const telegentTrigger = {
	outputs: [NodeConnectionTypes.Main],
	properties,
};

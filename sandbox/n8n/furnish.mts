import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { N8nApi } from './api.mts';
import type { Credential, CredentialData } from './credentials.mts';
import type { Workflow } from './workflows.mts';
import { EXAMPLES, POLL_TRIGGER, prepared, readExample, TRIGGER, type Example } from './workflow.mts';

export const CREDENTIAL_NAME = 'Telegent sandbox';

/** They listen from the start, each on a line of its own. */
export const PUBLISHED: Example[] = [
	'auto-reply',
	'receive-without-public-url',
	'keyword-menu',
	'consent',
	'two-way-crm-sync',
	'mms-in-and-out',
	'delivery-receipt-monitor',
	'port-in-tracker',
];

export interface Furniture {
	credential: Credential;
	/** n8n's id of each example */
	examples: Record<Example, string>;
	/** the examples that listen now */
	listening: Example[];
	/** sentences for the person, about what could not be done */
	remarks: string[];
}

/**
 * Puts the credential and the example workflows into n8n. What is there already stays as its user left it; only
 * the credential is set anew, since the sandbox may have another port today.
 */
export async function furnish(api: N8nApi, userFolder: string, data: CredentialData): Promise<Furniture> {
	// A dozen workflows that register at once would use up the requests of the first minute, when a user tries the first text.
	const credential = await api.credentials.upsert(CREDENTIAL_NAME, { ...data, requestsPerMinute: 0 });
	const record = path.join(userFolder, 'examples.json');
	const known = existsSync(record)
		? (JSON.parse(readFileSync(record, 'utf8')) as Record<string, string>)
		: {};
	const before = await api.workflows.list();
	const remarks = await publishAgain(api, before);
	const examples = {} as Record<Example, string>;
	// n8n lists what was changed last on top: that is to be the Quick start.
	for (const name of EXAMPLES.toReversed()) {
		const existing = before.find(({ id }) => id === known[name]);
		examples[name] = existing?.id ?? (await bringIn(api, name, credential));
		if (!existing && PUBLISHED.includes(name)) await publish(api, examples[name], name, remarks);
	}
	writeFileSync(record, JSON.stringify(examples, null, '\t'));
	await api.credentials.upsert(CREDENTIAL_NAME, data);
	const active = new Set((await api.workflows.list()).filter((one) => one.active).map(({ id }) => id));
	const listening = EXAMPLES.filter((name) => active.has(examples[name]));
	return { credential, examples, listening, remarks };
}

async function bringIn(api: N8nApi, name: Example, credential: Credential): Promise<string> {
	return (await api.workflows.create(prepared(readExample(name), credential))).id;
}

async function publish(api: N8nApi, id: string, name: string, remarks: string[]): Promise<void> {
	await api.workflows.publish(id).catch((error: Error) => {
		remarks.push(`The workflow "${name}" couldn't be published. ${error.message}`);
	});
}

/**
 * The sandbox API forgets when it ends, n8n does not: triggers that are published register their routes again, and
 * those that poll forget the messages of the last sandbox, whose IDs come again.
 * @returns a sentence for each workflow with which that was not possible
 */
async function publishAgain(api: N8nApi, workflows: Workflow[]): Promise<string[]> {
	const remarks: string[] = [];
	for (const { id, name } of workflows.filter(({ active }) => active)) {
		const workflow = await api.workflows.get(id);
		if (!workflow.nodes.some(({ type }) => type === TRIGGER || type === POLL_TRIGGER)) continue;
		try {
			await api.workflows.unpublish(id);
			await api.workflows.publish(id, workflow.activeVersionId ?? undefined);
		} catch (error) {
			remarks.push(`The workflow "${name}" couldn't be published again. ${(error as Error).message}`);
		}
	}
	return remarks;
}

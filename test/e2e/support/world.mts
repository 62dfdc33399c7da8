import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/api/server.mts';
import { connect, type N8nApi } from '../../../sandbox/n8n/api.mts';
import type { Credential, CredentialData } from '../../../sandbox/n8n/credentials.mts';
import { outputOf, complaintOf, type Execution } from '../../../sandbox/n8n/executions.mts';
import { sharedN8n } from './shared.mts';
import { prepared, type WorkflowFile } from '../../../sandbox/n8n/workflow.mts';

export const TOKENS = '/v1.0/oauth2/tokens';
export const OUTBOUND = '/v1.0/message/outbound';
export const MAIN_LINE = '+15005550100';
export const MAIN_ROUTE = 'MRID-5a4d0000-0000-4000-8000-000000000001';

export { complaintOf, outputOf };

/** What a scenario works with: the n8n of the whole run, and a sandbox API and a credential of its own. */
export interface World {
	n8nUrl: string;
	api: N8nApi;
	sandbox: Sandbox;
	/** the fields of a right credential */
	account: CredentialData;
	credential: Credential;
	/** Brings a workflow in as a user's import would; `close` takes it out again. */
	bringIn(file: WorkflowFile): Promise<string>;
	/** Has `close` take out a workflow that the editor made. */
	adopt(workflowId: string): void;
	/** Runs a workflow from its Manual Trigger to the end. */
	run(workflowId: string, trigger?: string): Promise<Execution>;
	close(): Promise<void>;
}

/**
 * A fresh sandbox API has an address that n8n has not seen: no token of an earlier scenario is left in its cache.
 * @param name of the credential in n8n
 */
export async function openWorld(name: string, options: SandboxOptions = {}): Promise<World> {
	const { url, cookie } = sharedN8n();
	return await openWorldAt(url, await connect(url, cookie), name, options);
}

/** The same, in an n8n of the scenario's own. */
export async function openWorldAt(
	n8nUrl: string,
	api: N8nApi,
	name: string,
	options: SandboxOptions = {},
): Promise<World> {
	const sandbox = await startSandbox({ port: 0, requestsPerMinute: 0, ...options });
	const { accountKey, accountSecret, url } = sandbox;
	const account = { accountKey, accountSecret, baseUrl: url, requestsPerMinute: 0 };
	const credential = await api.credentials.upsert(name, account);
	const broughtIn: string[] = [];
	return {
		n8nUrl,
		api,
		sandbox,
		account,
		credential,
		bringIn: async (file) => {
			const { id } = await api.workflows.create(prepared(file, credential));
			broughtIn.push(id);
			return id;
		},
		adopt: (id) => void broughtIn.push(id),
		run: async (workflowId, trigger = 'Start') =>
			await api.executions.whenEnded(await api.executions.start(workflowId, trigger), 90),
		close: async () => {
			for (const id of broughtIn) await takeOut(api, id);
			await api.credentials.remove(credential.id);
			await sandbox.close();
		},
	};
}

async function takeOut(api: N8nApi, id: string): Promise<void> {
	if ((await api.workflows.get(id)).active) await api.workflows.unpublish(id);
	await api.workflows.remove(id);
}

/** An execution that must have gone well; otherwise its complaint is the failure. */
export function expectSuccess(execution: Execution): void {
	expect({ status: execution.status, complaint: complaintOf(execution) }).toEqual({
		status: 'success',
		complaint: undefined,
	});
}

/** How many requests the sandbox got for each path, tokens by the endpoint that they were for. */
export function countRequests({ control }: Sandbox): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { method, path, body } of control.requests()) {
		const scope = (body as { ApiEndpoint?: string } | undefined)?.ApiEndpoint;
		const name = path === TOKENS && scope ? `token for ${new URL(scope).pathname}` : `${method} ${path}`;
		counts[name] = (counts[name] ?? 0) + 1;
	}
	return counts;
}

import { credentialsApi } from './credentials.mts';
import { executionsApi } from './executions.mts';
import { nodesApi } from './nodes.mts';
import { logIn } from './session.mts';
import { workflowsApi } from './workflows.mts';

export type N8nApi = Awaited<ReturnType<typeof connect>>;

/**
 * A small client of the REST API behind n8n's editor, logged in as the owner.
 * @param cookie of a session that is open already
 */
export async function connect(url: string, cookie?: string) {
	const session = await logIn(url, cookie);
	return {
		cookie: session.cookie,
		credentials: credentialsApi(session),
		workflows: workflowsApi(session),
		executions: executionsApi(session),
		nodes: nodesApi(session),
	};
}

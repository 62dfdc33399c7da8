import type { Session } from './session.mts';
import { CREDENTIAL_TYPE } from './workflow.mts';

interface NodeDescription {
	name: string;
	displayName: string;
	properties: Array<Record<string, unknown>>;
	[field: string]: unknown;
}

interface ListSearch {
	/** type of the node, e.g. n8n-nodes-telegent.telegent */
	node: string;
	/** the node's own name for the list */
	method: string;
	/** where the parameter stands, e.g. parameters.messageRouteId */
	path: string;
	parameters: Record<string, unknown>;
	credential: { id: string; name: string };
	filter?: string;
	paginationToken?: string;
}

export interface Found {
	results: Array<{ name: string; value: string; url?: string }>;
	paginationToken?: unknown;
}

export function nodesApi({ call, file }: Session) {
	return {
		/**
		 * A node's description as the editor gets it.
		 * @throws N8nAnswer when n8n has not loaded the node
		 */
		describe: async (name: string): Promise<NodeDescription> =>
			(await call<NodeDescription[]>('POST', '/node-types', { nodeInfos: [{ name, version: 1 }] }))[0],
		/** All the nodes that the editor knows. */
		all: () => file<NodeDescription[]>('/types/nodes.json'),
		/** The output schema that the editor previews. */
		schema: (name: string, version: string, resource: string, operation: string) =>
			file<Record<string, unknown>>(`/schemas/${name}/${version}/${resource}/${operation}.json`),
		/** What the editor shows under "From List". */
		search: ({ node, method, path, parameters, credential, ...paging }: ListSearch) =>
			call<Found>('POST', '/dynamic-node-parameters/resource-locator-results', {
				path,
				methodName: method,
				nodeTypeAndVersion: { name: node, version: 1 },
				currentNodeParameters: parameters,
				credentials: { [CREDENTIAL_TYPE]: credential },
				...paging,
			}),
	};
}

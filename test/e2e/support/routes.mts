import axios from 'axios';
import type { Sandbox } from '../../../sandbox/api/server.mts';
import { TOKENS } from './world.mts';

type Route = Record<string, unknown>;

/** A message route, as the sandbox holds it. */
export function routeOf({ control }: Sandbox, id: string): Route {
	const routes = control.state().messageRoutes as Route[];
	const route = routes.find(({ MessageRouteId }) => MessageRouteId === id);
	if (!route) throw new Error(`The sandbox has no message route ${id}.`);
	return structuredClone(route);
}

/** Somebody else changes a route, outside n8n. */
export async function changeRoute(sandbox: Sandbox, id: string, change: Route): Promise<void> {
	const endpoint = `${sandbox.url}/v1.0/message/routes/update`;
	const { data } = await axios.post<{ token: string }>(`${sandbox.url}${TOKENS}`, {
		AccountKey: sandbox.accountKey,
		AccountSecret: sandbox.accountSecret,
		ApiEndpoint: endpoint,
	});
	const headers = { Authorization: `Bearer ${data.token}` };
	await axios.post(endpoint, { MessageRouteId: id, ...change }, { headers });
}

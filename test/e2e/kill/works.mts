import type { Sandbox } from '../../../sandbox/api/server.mts';
import { chain, TELEGENT, type WorkflowFile } from '../../../sandbox/n8n/workflow.mts';
import { MAIN_LINE, MAIN_ROUTE, OUTBOUND } from '../support/world.mts';
import { called } from '../support/workflows.mts';
import { LIST, type Case } from './moments.mts';

export const NODE = 'Telegent';

/** A list in which each item is told apart by its number. */
interface Work {
	parameters(once: boolean): Record<string, unknown>;
	/** the path that does an item */
	path: string;
	/** the items that are done, an entry for each time */
	done(sandbox: Sandbox): number[];
}

/** How the SIM cards of ordered numbers begin; the sandbox has no others like them. */
const SIM = '890199999999999';

const numberIn = (text: unknown) => Number(/\d+$/.exec(String(text))?.[0]);

export const WORKS: Record<Case['work'], Work> = {
	send: {
		path: OUTBOUND,
		parameters: (once) => ({
			resource: 'message',
			operation: 'send',
			from: { __rl: true, mode: 'number', value: MAIN_LINE },
			to: '=+1202556{{ 1000 + $json.n }}',
			body: '=Message {{ $json.n }}',
			additionalFields: {},
			// The sandbox's list shows a message at once.
			options: { checkDelay: 1, ...(once && { sendOnce: 'recipientAndText' }) },
		}),
		done: ({ control }) => control.outbox().map(({ body }) => numberIn(body)),
	},
	create: {
		path: '/v1.0/message/routes',
		parameters: () => ({
			resource: 'messageRoute',
			operation: 'create',
			routeName: '=Route {{ $json.n }}',
			messageUrl: 'https://example.com/messages',
			messageUrlMethod: 'POST',
			additionalFields: {},
			options: {},
		}),
		done: ({ control }) =>
			(control.state().messageRoutes as Array<Record<string, unknown>>)
				.map(({ RouteName }) => String(RouteName))
				.filter((name) => /^Route \d+$/.test(name))
				.map(numberIn),
	},
	order: {
		path: '/v1.0/numbers/provision',
		parameters: () => ({
			resource: 'number',
			operation: 'provision',
			...{ numberType: 'mvno', messageType: 'p2p', messageEnabled: true, voiceEnabled: false },
			productType: 'Sms-Only',
			messageRouteId: { __rl: true, mode: 'id', value: MAIN_ROUTE },
			additionalFields: { iccid: `=${SIM}{{ 1000 + $json.n }}` },
			options: {},
		}),
		done: ({ control }) =>
			(control.state().numbers as Array<Record<string, unknown>>)
				.map(({ Iccid }) => String(Iccid))
				.filter((iccid) => iccid.startsWith(SIM))
				.map((iccid) => numberIn(iccid.slice(SIM.length)) - 1000),
	},
};

/** The list, started by a call of its webhook. What an item's outcome is stands in the output. */
export function listOf(work: Case['work'], path: string, once: boolean): WorkflowFile {
	const jsCode = `return Array.from({ length: ${LIST} }, (_, index) => ({ json: { n: index + 1 } }));`;
	return chain(`List ${path}`, [
		called(path),
		{ name: 'Items', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } },
		{
			name: NODE,
			type: TELEGENT,
			typeVersion: 1,
			onError: 'continueRegularOutput',
			parameters: WORKS[work].parameters(once),
		},
	]);
}

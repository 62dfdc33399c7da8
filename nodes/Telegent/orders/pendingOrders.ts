import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { optionsCollection } from '../../shared/form/fields';
import { DONE, isWorthWaiting, statusOf } from '../../shared/orders';
import type { OperationHooks } from '../engine/operation';
import { readSwitch } from '../engine/parameters';

/* For waits of days, which outlast any process: the workflow asks again after n8n's Wait node (docs/decisions/orders.md). */

const SEPARATE_LABEL = 'Separate Pending Orders';

/** The options of Number → Get Order. */
export const pendingOptions: INodeProperties = {
	...optionsCollection,
	options: [
		{
			displayName: SEPARATE_LABEL,
			name: 'separatePending',
			type: 'boolean',
			default: true,
			description:
				'Whether to output orders that are still pending separately. Connect a Wait node to that output, and loop back to this node. Such a wait can take days and survives restarts of n8n.',
		},
	],
};

/** Tells n8n's AI builder how to wait for an order. */
export const FOLLOW_ORDER =
	'To wait until an order or a port-in is completed (hours or days), set options.separatePending to true and orderId to {{ $json.OrderId }}. Connect the second output (Still Pending) to a Wait node with an interval of at least one hour, and the Wait node back to this node. The first output (Finished) has completed, rejected and canceled orders, and those that need a correction: completed is true only if the order was completed.';

/** Number → Get Order: with the option, `completed` is added, and pending orders leave by the second output. */
export function pendingHooks(): OperationHooks {
	const separated = new Map<IDataObject, number>();
	return {
		afterResponse({ options }, order) {
			if (!readSwitch(SEPARATE_LABEL, options.separatePending)) return order;
			const status = statusOf(order);
			const separate = { ...order, completed: DONE.test(status) };
			separated.set(separate, isWorthWaiting(status) ? 1 : 0);
			return separate;
		},
		output: (order) => separated.get(order) ?? 0,
	};
}

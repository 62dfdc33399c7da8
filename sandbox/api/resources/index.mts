import { operationKey, operations, TOKEN_PATH } from '../contract.mts';
import type { Handlers } from '../world.mts';
import { accountHandlers } from './accounts.mts';
import { catalogueHandlers } from './catalogue.mts';
import { dataUsageHandlers } from './dataUsage.mts';
import { distributorHandlers } from './distributors.mts';
import { filterHandlers } from './filters.mts';
import { guardianHandlers } from './guardians.mts';
import { messageRouteHandlers } from './messageRoutes.mts';
import { messageHandlers } from './messages.mts';
import { numberOrderHandlers } from './numberOrders.mts';
import { numberHandlers } from './numbers.mts';
import { portingHandlers } from './porting.mts';
import { serviceHandlers } from './services.mts';
import { simHandlers } from './sims.mts';
import { subscriberHandlers } from './subscribers.mts';
import { voicemailHandlers } from './voicemail.mts';
import { voiceRouteHandlers } from './voiceRoutes.mts';
import { webhookHandlers } from './webhooks.mts';
import { workgroupHandlers } from './workgroups.mts';

/** One handler per operation of the contract; the token call is handled before. */
export const handlers: Handlers = {
	...accountHandlers,
	...catalogueHandlers,
	...dataUsageHandlers,
	...distributorHandlers,
	...filterHandlers,
	...guardianHandlers,
	...messageRouteHandlers,
	...messageHandlers,
	...numberOrderHandlers,
	...numberHandlers,
	...portingHandlers,
	...serviceHandlers,
	...simHandlers,
	...subscriberHandlers,
	...voicemailHandlers,
	...voiceRouteHandlers,
	...webhookHandlers,
	...workgroupHandlers,
};

/** Operations of the contract without a handler, and handlers without an operation: both empty when all is well. */
export function coverage(): { missing: string[]; unknown: string[] } {
	const wanted = operations.filter(({ path }) => path !== TOKEN_PATH).map(operationKey);
	return {
		missing: wanted.filter((key) => !handlers[key]),
		unknown: Object.keys(handlers).filter((key) => !wanted.includes(key)),
	};
}

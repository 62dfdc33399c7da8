import type { Resource } from '../engine/operation';
import { account } from './account';
import { apiRequest } from './apiRequest';
import { callFilter } from './callFilter';
import { conversation } from './conversation';
import { dataUsage } from './dataUsage';
import { distributor } from './distributor';
import { guardian } from './guardian';
import { message } from './message';
import { messageFilter } from './messageFilter';
import { messageRoute } from './messageRoute';
import { number } from './number';
import { numberPorting } from './numberPorting';
import { packageResource } from './package';
import { product } from './product';
import { schedule } from './schedule';
import { service } from './service';
import { sim } from './sim';
import { subscriber } from './subscriber';
import { subscription } from './subscription';
import { voicemail } from './voicemail';
import { voiceRoute } from './voiceRoute';
import { webhook } from './webhook';
import { workgroup } from './workgroup';

/** All resources, in the order of the editor. */
export const resources: Resource[] = [
	account,
	apiRequest,
	callFilter,
	conversation,
	dataUsage,
	distributor,
	guardian,
	message,
	messageFilter,
	messageRoute,
	number,
	numberPorting,
	packageResource,
	product,
	schedule,
	service,
	sim,
	subscriber,
	subscription,
	voiceRoute,
	voicemail,
	webhook,
	workgroup,
];

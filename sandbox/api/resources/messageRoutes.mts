import type { MessageRoute, Row } from '../state.mts';
import type { Handlers } from '../world.mts';
import { accountId, crud, named, pick, text } from './helpers.mts';

const SETTABLE = [
	'RouteName',
	'MessageUrl',
	'MessageUrlMethod',
	'MessageRouteEnabled',
	'MessageAuthenticationType',
	'MessageUsername',
	'MessagePasswordToken',
	'CallbackMessageUrl',
	'CallbackMessageUrlMethod',
	'CallbackMessageAuthenticationType',
	'CallbackMessageUsername',
	'CallbackMessagePasswordToken',
	'InboundBypass',
	'OutboundBypass',
	'IntelligentRouteEnabled',
	'AccountId',
];
const NEEDED = ['RouteName', 'MessageUrl', 'MessageUrlMethod', 'MessageRouteEnabled', 'AccountId'];

/** Responses omit the two bypasses and IntelligentRouteEnabled, and show the secrets in plain text. */
const SHOWN = ['MessageRouteId', 'AccountId', ...SETTABLE.slice(0, 12)];
/** The list spells AccountID (notes of GET /v1.0/account/message/routes). */
const LISTED = ['MessageRouteId', 'AccountID', ...SETTABLE.slice(0, 12)];

const routes = crud({
	collection: 'messageRoutes',
	id: 'MessageRouteId',
	prefix: 'MRID-',
	fields: SETTABLE,
	needed: NEEDED,
	check: (world, body) => void accountId(world, body.AccountId),
	defaults: (world, body) => ({
		AccountId: accountId(world, body.AccountId),
		MessageRouteEnabled: body.MessageRouteEnabled ?? true,
	}),
});

export const messageRouteAnswer = (route: Row): Row => pick(route, SHOWN);

export const messageRouteHandlers: Handlers = {
	'POST /v1.0/message/routes': routes.create(SHOWN),
	'POST /v1.0/message/routes/update': routes.update(messageRouteAnswer),

	/** The two spellings of its parameter are both declared. */
	'GET /v1.0/message/routes': ({ query, world }) => {
		const id = text(query.MessageRouteId) ?? text(query.MessageRouteID);
		return messageRouteAnswer(named(world.state.messageRoutes, 'MessageRouteId', id));
	},

	/** In the response, the route's ID is called MRID (notes of the operation). */
	'POST /v1.0/message/routes/delete': routes.remove(
		(id) => ({ MessageRouteStatus: 'Deleted', MRID: id }),
		(world, id) => {
			for (const number of world.state.numbers.values())
				if (number.MessageRouteId === id) number.MessageRouteId = null;
		},
	),

	'GET /v1.0/account/message/routes': ({ query, world }) => {
		const AccountID = accountId(world, query.AccountId);
		const own = [...world.state.messageRoutes.values()].filter(({ AccountId }) => AccountId === AccountID);
		const listed = (route: MessageRoute) => pick({ ...route, AccountID }, LISTED);
		return { AccountID, TotalRoutes: own.length, Results: own.map(listed) };
	},
};

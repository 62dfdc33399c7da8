import type { Row } from '../state.mts';
import type { Handlers } from '../world.mts';
import { accountId, crud, pick } from './helpers.mts';

const SHOWN_FIELDS = [
	'RouteName',
	'RouteType',
	'VoiceUrl',
	'VoiceUrlMethod',
	'TrunkIp1',
	'TrunkIp2',
	'TrunkPort1',
	'TrunkPort2',
	'TrunkTransport1',
	'TrunkTransport2',
	'TrunkUri1',
	'TrunkUri2',
	'TrunkEnabled1',
	'TrunkEnabled2',
	'Trunk1Priortiy',
	'Trunk1Weight',
	'Trunk2Priortiy',
	'Trunk2Weight',
	'HeaderManipulation',
	'EnableSipRefer',
	'TransferCallerId',
	'SymmetricRtp',
	'EnableTrpSecureTrunk',
	'EnablePstnTransfer',
	'CnamLookup',
	'TerminationUriSubdomain',
	'EnableCallStreaming',
	'WssUri',
];
const HIDDEN_FIELDS = [
	'VoiceAuthenticationType',
	'VoiceUsername',
	'VoicePasswordToken',
	'CallbackVoiceUrl',
	'CallbackVoiceUrlMethod',
	'IpWhitelist',
	'RouteEnabled',
	'IntelligentRouteEnabled',
	'AccountId',
];

const routes = crud({
	collection: 'voiceRoutes',
	id: 'CallRouteId',
	prefix: 'CRID-',
	fields: [...SHOWN_FIELDS, ...HIDDEN_FIELDS],
	needed: ['RouteName', 'RouteType', 'AccountId'],
	check: (world, body) => void accountId(world, body.AccountId),
	defaults: (world, body) => ({
		AccountId: accountId(world, body.AccountId),
		IpWhitelist: body.IpWhitelist ?? [],
		RouteEnabled: body.RouteEnabled ?? true,
		IntelligentRouteEnabled: body.IntelligentRouteEnabled ?? false,
	}),
});

/** Requests have IpWhitelist, responses IpWhiteList (notes of POST /v1.0/voice/routes). */
const details = (route: Row): Row => ({
	...pick(route, ['CallRouteId', 'AccountId', ...SHOWN_FIELDS]),
	IpWhiteList: route.IpWhitelist ?? [],
});

/** The list says IpWhitelist again, and AccountID; it leaves VoiceUrl out. */
const listed = (route: Row): Row => ({
	CallRouteStatus: route.RouteEnabled ? 'Active' : 'Inactive',
	CallRouteId: route.CallRouteId,
	AccountID: route.AccountId,
	...pick(
		route,
		SHOWN_FIELDS.filter((field) => field !== 'VoiceUrl'),
	),
	IpWhitelist: route.IpWhitelist ?? [],
	RouteEnabled: route.RouteEnabled,
});

export const voiceRouteHandlers: Handlers = {
	'POST /v1.0/voice/routes': (call) => {
		const { CallRouteId } = routes.create(['CallRouteId'])(call) as Row;
		const route = routes.find(call.world, CallRouteId);
		const { IpWhiteList, ...rest } = details(route);
		return { ...rest, ...pick(route, ['IntelligentRouteEnabled', 'RouteEnabled']), IpWhiteList };
	},

	/** The parameter is spelled CallRouteID, the field CallRouteId. */
	'GET /v1.0/voice/routes': ({ query, world }) => details(routes.find(world, query.CallRouteID)),
	'POST /v1.0/voice/routes/update': routes.update(details),

	'POST /v1.0/voice/routes/delete': routes.remove(
		(id) => ({ CallRouteStatus: 'Deleted', CallRouteId: id }),
		(world, id) => {
			for (const number of world.state.numbers.values())
				if (number.VoiceRouteId === id) number.VoiceRouteId = null;
		},
	),

	'GET /v1.0/account/voice/routes': ({ query, world }) => {
		const AccountID = accountId(world, query.AccountId);
		const own = [...world.state.voiceRoutes.values()].filter(({ AccountId }) => AccountId === AccountID);
		return { AccountID, TotalRoutes: own.length, Results: own.map(listed) };
	},
};

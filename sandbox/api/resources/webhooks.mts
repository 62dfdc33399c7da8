import { badField, notFound, required } from '../errors.mts';
import { CALL_EVENTS, type Row } from '../state.mts';
import type { Handlers, World } from '../world.mts';
import { accountId, crud, pick, text } from './helpers.mts';

const FIELDS = [
	'AccountId',
	'WebhookUrl',
	'Method',
	'DataFormat',
	'AuthenticationType',
	'AuthenticationUsername',
	'AuthenticationPassword',
	'AuthenticationToken',
	'SubscribedEvents',
];
const SHOWN = [...FIELDS, 'WebhookId', 'Active'];

const EVENTS = ['Order_Update', 'New_Sms', ...CALL_EVENTS];
/** Create names Token, update Bearer (notes of the two). */
const AUTHENTICATIONS = ['None', 'Basic', 'Token', 'Bearer'];

function check(world: World, body: Row): void {
	accountId(world, body.AccountId);
	const url = text(body.WebhookUrl);
	if (url && !/^https?:\/\//i.test(url)) throw badField('WebhookUrl', 'WebhookUrl is not a URL');
	const type = text(body.AuthenticationType);
	if (type && !AUTHENTICATIONS.includes(type))
		throw badField('AuthenticationType', `AuthenticationType must be one of: ${AUTHENTICATIONS.join(', ')}`);
	if (type === 'Basic' && !text(body.AuthenticationUsername)) throw required('AuthenticationUsername');
	for (const event of text(body.SubscribedEvents)?.split(',') ?? [])
		if (!EVENTS.some((known) => known.toLowerCase() === event.trim().toLowerCase()))
			throw badField('SubscribedEvents', `SubscribedEvents has an unknown event: ${event.trim()}`);
}

const webhooks = crud({
	collection: 'webhooks',
	id: 'WebhookId',
	prefix: 'WHID-',
	fields: FIELDS,
	needed: ['AccountId', 'WebhookUrl', 'SubscribedEvents'],
	check,
	defaults: (world, body) => ({ AccountId: accountId(world, body.AccountId), Active: true }),
});

/** A webhook is only found through its own account. */
function checkAccount(world: World, request: Row): void {
	const webhook = webhooks.find(world, request.WebhookId);
	if (text(request.AccountId) && webhook.AccountId !== request.AccountId)
		throw notFound('WebhookId', String(request.WebhookId));
}

export const webhookHandlers: Handlers = {
	'POST /v1.0/webhook/create': (call) => {
		for (const field of ['WebhookUrl', 'SubscribedEvents'])
			if (!text(call.body[field])) throw required(field);
		return webhooks.create(SHOWN)(call);
	},
	'POST /v1.0/webhook/update': (call) => {
		checkAccount(call.world, call.body);
		return webhooks.update((record) => pick(record, SHOWN))(call);
	},
	'POST /v1.0/webhook/delete': (call) => {
		checkAccount(call.world, call.body);
		return webhooks.remove((id) => ({ WebhookId: id, WebhookStatus: 'Deleted' }))(call);
	},
	'GET /v1.0/webhook': (call) => {
		checkAccount(call.world, call.query);
		return webhooks.get(SHOWN)(call);
	},
	/** A bare list. */
	'GET /v1.0/account/webhooks': ({ query, world }) => {
		const account = accountId(world, query.AccountId);
		return [...world.state.webhooks.values()]
			.filter(({ AccountId }) => AccountId === account)
			.map((webhook) => pick(webhook, SHOWN));
	},
};

import { ApiError, badField } from '../errors.mts';
import type { Row, State, Subscriber } from '../state.mts';
import type { Handlers } from '../world.mts';
import { accountId, change, page, subscriber, text } from './helpers.mts';

const accountOf = (state: State, { AccountId }: Subscriber): Row => ({
	AccountId,
	CompanyName: state.accounts.get(AccountId)?.AccountName ?? null,
});

const profile = (state: State, record: Subscriber): Row => ({
	SubscriberId: record.SubscriberId,
	Name: record.Name,
	Email: record.Email,
	PhoneNumbers: record.PhoneNumbers,
	Role: record.Role,
	Account: accountOf(state, record),
});

const subscriptionsOf = (state: State, id: string): unknown[] =>
	[...state.subscriptions.values()]
		.filter(({ SubscriberId }) => SubscriberId === id)
		.map(({ SubscriptionId }) => SubscriptionId);

/** E-mail addresses are unique on the whole platform (FACTS.md, "Common answers"). */
function checkEmail(state: State, email: string, status: number): void {
	const taken = [...state.subscribers.values()].some(
		(other) => other.Email.toLowerCase() === email.toLowerCase(),
	);
	if (taken)
		throw new ApiError(status, 'Email already exists', { fields: { Email: ['Email already exists'] } });
}

export const subscriberHandlers: Handlers = {
	'POST /v1.0/subscribers/create': ({ body, world }) => {
		const { state, settings, random } = world;
		const account = accountId(world, body.AccountId);
		checkEmail(state, body.Email as string, settings.duplicateEmailStatus);
		const record: Subscriber = {
			SubscriberId: random.id('TSUID-'),
			Name: body.Name as string,
			Email: body.Email as string,
			PhoneNumbers: body.PhoneNumbers as string[],
			Role: body.Role as string,
			Password: body.Password,
			AccountId: account,
			EnableIntelligentGuardianCalls: false,
			EnableIntelligentGuardianMessages: false,
		};
		state.subscribers.set(record.SubscriberId, record);
		return profile(state, record);
	},

	'GET /v1.0/subscribers/get': ({ query, world }) =>
		profile(world.state, subscriber(world.state, query.SubscriberId)),

	'POST /v1.0/subscribers/update': ({ body, world }) => {
		const record = subscriber(world.state, body.SubscriberId);
		const fields = ['Name', 'PhoneNumbers', 'Role', 'Password'];
		change(record, body, fields, fields);
		return profile(world.state, record);
	},

	'POST /v1.0/subscribers/transfer': ({ body, world }) => {
		const record = subscriber(world.state, body.SubscriberId);
		for (const field of ['FromAccountId', 'ToAccountId'])
			if (!world.state.accounts.has(text(body[field]) ?? ''))
				throw badField(field, `Invalid AccountId: ${field} ${String(body[field])}`);
		if (record.AccountId !== body.FromAccountId)
			throw badField('FromAccountId', `Subscriber ${record.SubscriberId} does not belong to FromAccountId`);
		record.AccountId = body.ToAccountId as string;
		return profile(world.state, record);
	},

	'GET /v1.0/distributor/subscribers': ({ query, world }) => {
		const all = [...world.state.subscribers.values()];
		return {
			PageNumber: query.PageNumber ?? 1,
			TotalSubscribers: all.length,
			Subscribers: page(all, query.PageNumber, query.TotalPerPage, 10).map((record) => ({
				...profile(world.state, record),
				Subscriptions: subscriptionsOf(world.state, record.SubscriberId),
			})),
		};
	},
};

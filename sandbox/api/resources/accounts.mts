import type { Account, Row, State } from '../state.mts';
import type { Handlers, World } from '../world.mts';
import { accountId, change, named, pick } from './helpers.mts';

const ADDRESS_FIELDS = ['Street1', 'Street2', 'City', 'State', 'Zip', 'Country'];

/** A whole address from what was sent. */
export const address = (sent: unknown): Row => pick((sent ?? {}) as Row, ADDRESS_FIELDS);

/** Changes the parts of the addresses that were sent. */
export function changeAddresses(record: Row, body: Row): void {
	for (const field of ['BillingAddress', 'MailingAddress'])
		if (body[field]) {
			const changed = { ...(record[field] as Row) };
			change(changed, body[field] as Row, ADDRESS_FIELDS);
			record[field] = changed;
		}
}

const details = (state: State, account: Account): Row => ({
	AccountId: account.AccountId,
	AccountName: account.AccountName,
	TotalSubscribers: [...state.subscribers.values()].filter(({ AccountId }) => AccountId === account.AccountId)
		.length,
	BillingAddress: account.BillingAddress,
	MailingAddress: account.MailingAddress,
});

const ownAccount = ({ state }: World): Account => state.accounts.values().next().value as Account;

export const accountHandlers: Handlers = {
	'GET /v1.0/account': ({ query, world }) =>
		details(world.state, named(world.state.accounts, 'AccountId', query.AccountId)),

	'POST /v1.0/account/create': ({ body, world }) => {
		const account: Account = {
			AccountId: world.random.id('AID-'),
			AccountName: body.AccountName as string,
			AccountAdmin: (body.AccountAdmin as string | undefined) ?? null,
			BillingAddress: address(body.BillingAddress),
			MailingAddress: address(body.MailingAddress),
		};
		world.state.accounts.set(account.AccountId, account);
		return details(world.state, account);
	},

	/** The body has no AccountId (its notes): it is the caller's own account that changes. */
	'POST /v1.0/account/update': ({ body, world }) => {
		const account = ownAccount(world);
		change(account, body, ['AccountName'], ['AccountName']);
		changeAddresses(account, body);
		return details(world.state, account);
	},

	'GET /v1.0/account/schedules': ({ world }) => {
		const AccountID = accountId(world, undefined);
		const own = [...world.state.schedules.values()].filter(({ AccountId }) => AccountId === AccountID);
		return { AccountID, TotalSchedules: own.length, Results: own };
	},

	/** "Lists all accounts" in words, one object as example: the response is a list, since there can be several. */
	'GET /v1.0/distributor/accounts': ({ world }) =>
		[...world.state.accounts.values()].map((account) => details(world.state, account)),
};

import type { Row, State } from '../state.mts';
import type { Handlers } from '../world.mts';
import { address, changeAddresses } from './accounts.mts';
import { change, named } from './helpers.mts';

/** The secret is shown in clear. Accounts belong to the distributor that calls, the first one. */
const details = (state: State, record: Row): Row => ({
	DistributorId: record.DistributorId,
	DistributorName: record.DistributorName,
	AccountKey: record.AccountKey,
	Secret: record.Secret,
	TotalAccounts: record === state.distributors.values().next().value ? state.accounts.size : 0,
	BillingAddress: record.BillingAddress,
	MailingAddress: record.MailingAddress,
});

export const distributorHandlers: Handlers = {
	'GET /v1.0/distributor': ({ query, world }) =>
		details(world.state, named(world.state.distributors, 'DistributorId', query.DistributorId)),

	/** The account key of a new distributor is its id (the operation's example). */
	'POST /v1.0/distributor/create': ({ body, world }) => {
		const id = world.random.id('DID-');
		const record: Row = {
			DistributorId: id,
			DistributorName: body.DistributorName,
			AccountKey: id,
			Secret: world.random.id('').replaceAll('-', '').slice(0, 24),
			BillingAddress: address(body.BillingAddress),
			MailingAddress: address(body.MailingAddress),
		};
		world.state.distributors.set(id, record);
		return details(world.state, record);
	},

	'POST /v1.0/distributor/update': ({ body, world }) => {
		const record = named(world.state.distributors, 'DistributorId', body.DistributorId);
		change(record, body, ['DistributorName'], ['DistributorName']);
		changeAddresses(record, body);
		return details(world.state, record);
	},
};

import { operationKey, operations, TOKEN_PATH, type Operation } from '../../sandbox/api/contract.mts';
import { coverage } from '../../sandbox/api/resources/index.mts';
import { ANA, BEN, id, MAIN, useSandbox, type Row } from './support.mts';

const client = useSandbox();
const publicOperations = operations.filter(({ path }) => path !== TOKEN_PATH);

const FREE_ICCID = '89012403971900009001';

/** What the seeded account has for a field of a sample; the rest of the sample is sent as it stands. */
const SEEDED: Row = {
	AccountId: id('AID-'),
	FromAccountId: id('AID-'),
	ToAccountId: id('AID-', 2),
	DistributorId: id('DID-'),
	SubscriberId: id('TSUID-'),
	AssignedSubscriberId: id('TSUID-'),
	ParentSubscriberId: id('TSUID-'),
	ChildSubscriberId: id('TSUID-', 2),
	MessageRouteId: id('MRID-'),
	MessageRouteID: id('MRID-'),
	CallRouteId: id('CRID-'),
	CallRouteID: id('CRID-'),
	VoiceRouteId: id('CRID-'),
	PackageId: id('PID-'),
	PackageItemId: id('PIID-'),
	ProductId: id('PRID-'),
	ServiceId: id('SID-'),
	SubscriptionId: id('SUB-'),
	TNID: id('NID-'),
	ScheduleId: id('SCH-'),
	WorkgroupId: id('WID-'),
	ReferenceWorkgroupId: id('WID-'),
	MessageId: id('TMID-', 2),
	OrderId: id('JNUOID-'),
	From: MAIN,
	Owner: MAIN,
	Number: MAIN,
	PhoneNumber: MAIN,
	Phone: MAIN,
	PortOutNumber: MAIN,
	MSISDN: MAIN,
	ICCID: FREE_ICCID,
};
/** Operations whose lists hold recipients, not numbers of the account. */
const RECIPIENTS: Row = { To: [{ Number: ANA }, { Number: BEN }] };

const KeywordFilter =
	'{"SystemKeywords":{"Profanity":["word1"],"Violence":["threat1"]},"SeverityMap":{"Word1":"HIGH","Inappropriate":"MEDIUM"}}';
const contacts = ['+1111111111', '+2222222222', '+3333333333', '+5555555555', '+15555555555'];

const filter = { SubscriberId: id('TSUID-'), Phone: MAIN, KeywordFilter };

const createMessageFilter = async (): Promise<Row> => {
	const body = { ...filter, FilterMode: 'ACTIVE', AllowedContacts: contacts, BlockedContacts: contacts };
	const { FilterId } = await client.ok('POST /v1.0/subscribers/message-filter', { body });
	return { FilterId, MessageFilterId: FilterId };
};
const createCallFilter = async (): Promise<Row> => {
	const body = { ...filter, FilterMode: 'WHITELIST', AllowedNumbers: contacts, BlockedNumbers: contacts };
	const { FilterId } = await client.ok('POST /v1.0/subscribers/call-filter', { body });
	return { FilterId, CallFilterId: FilterId };
};
const createRelation = async (): Promise<Row> => {
	const body = { ParentSubscriberId: id('TSUID-'), ChildSubscriberId: id('TSUID-', 2), Relation: 'Parent' };
	await client.ok('POST /v1.0/subscribers/guardians/relation', { body });
	return {};
};
const createWebhook = async (): Promise<Row> => {
	const body = { WebhookUrl: 'http://127.0.0.1:9/hook', SubscribedEvents: 'Call_Ringing' };
	const { WebhookId } = await client.ok('POST /v1.0/webhook/create', { body });
	return { WebhookId };
};
const createActivity = async (): Promise<Row> => {
	const body = { WorkgroupId: id('WID-'), Type: 'User', ReferenceUserId: 'USER-1' };
	const { WorkgroupActivityId } = await client.ok('POST /v1.0/workgroups/activity', { body });
	return { WorkgroupActivityId };
};
const createPortIn = async (): Promise<Row> => {
	const body = {
		PortInNumber: '+12025550199',
		CurrentCarrierName: 'Other',
		CurrentAccountNumber: '1',
		CurrentAccountPassword: '2',
		CurrentBillingAddress: { Street1: '1 Way', City: 'Lehi', State: 'UT', Zip: '84043' },
	};
	const { OrderId } = await client.ok('POST /v1.0/numbers/portin', { body });
	return { OrderId };
};
const activateVoicemail = async (): Promise<Row> => {
	await client.ok('POST /v1.0/numbers/voicemail/activate', { body: { PhoneNumber: MAIN } });
	return {};
};
const cancelNumber = async (): Promise<Row> => {
	const body = { StatusChange: 'cancel', EffectiveDate: '12/31/2023', PhoneNumbers: [{ Number: MAIN }] };
	await client.ok('POST /v1.0/numbers/status', { body });
	return {};
};
const addServiceItem = async (): Promise<Row> => {
	const scope = { AggregatorId: 'AGG-abc123', DistributorId: 'DID-abc123' };
	await client.ok('POST /v1.0/services/items/add', { body: { ServiceId: id('SID-'), ...scope } });
	return scope;
};
const portInNumber = '+12025550177';

/** What must be there first; gives the ids that the request then uses. */
const PREPARATIONS: [RegExp, () => Row | Promise<Row>][] = [
	[/message-filter\/|GET .*message-filter$/, createMessageFilter],
	[/call-filter\/|GET .*call-filter$/, createCallFilter],
	[/guardians\/relation\//, createRelation],
	[/webhook\/(update|delete)|GET .*webhooks?$/, createWebhook],
	[/workgroups\/activity\//, createActivity],
	[/portin\/(update|cancel)/, createPortIn],
	[/numbers\/portin(\/eligibility)?$/, () => ({ PortInNumber: portInNumber, PhoneNumber: portInNumber })],
	[/voicemail\//, activateVoicemail],
	[/reactivate/, cancelNumber],
	[/services\/items\/update/, addServiceItem],
	[/packages\/delete/, () => ({ PackageId: id('PID-', 3) })],
	[/products\/delete/, () => ({ ProductId: id('PRID-', 3) })],
	[/message\/routes$/, () => ({ MessageRouteID: undefined })],
];

/** A complete request: the vendor's sample where there is one, else the required fields and declared parameters. */
function fitted(value: any, known: Row, key = ''): any {
	if (key === 'To') return RECIPIENTS.To;
	if (known[key] !== undefined && typeof value !== 'object') return known[key];
	if (key === 'AllowedNumbers' || /Contacts$|^Numbers$|Phones$/.test(key)) return value;
	if (key === 'PhoneNumbers' && typeof value[0] === 'string') return value;
	if (key === 'PhoneNumbers') return [{ ...value[0], Number: MAIN }];
	if (Array.isArray(value)) return value.map((item) => fitted(item, known));
	if (value && typeof value === 'object')
		return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, fitted(part, known, name)]));
	return value;
}

async function sampleRequest(operation: Operation): Promise<{ query?: Row; body?: Row }> {
	const prepared = PREPARATIONS.find(([pattern]) => pattern.test(operationKey(operation)));
	const known = { ...SEEDED, ...(await prepared?.[1]()) };
	const sample = operation.samples?.[0] ?? {};
	const parameters = (operation.query ?? [])
		.filter(({ name }) => known[name] !== undefined)
		.map(({ name }) => [name, known[name]]);
	const query = { ...fitted(sample.query ?? {}, known), ...Object.fromEntries(parameters) };
	return { query, ...(sample.body && { body: fitted(sample.body, known) }) };
}

/** Where the documented example differs from what the sandbox says on purpose. */
const OTHER_SHAPE: Record<string, string> = {
	'GET /v1.0/distributor/accounts': 'a list, as its summary says; the example is one object',
	'GET /v1.0/numbers/order': 'two named examples',
};
const keysOf = (value: any): string[] => Object.keys(value).sort();
const firstOf = (value: any): any => (Array.isArray(value) ? value[0] : value);

/** The same keys as the documented example, one level down too. */
function expectShape(answer: any, example: any, where: string): void {
	expect([where, Array.isArray(answer)]).toEqual([where, Array.isArray(example)]);
	const [given, documented] = [firstOf(answer), firstOf(example)];
	if (!documented || typeof documented !== 'object') return;
	expect([where, keysOf(given)]).toEqual([where, keysOf(documented)]);
	for (const [key, part] of Object.entries<any>(documented))
		if (part && typeof part === 'object' && firstOf(given[key]) && typeof firstOf(part) === 'object')
			expectShape(given[key], part, `${where}.${key}`);
}

test('every public operation has a handler, and no handler is without operation', () => {
	expect(coverage()).toEqual({ missing: [], unknown: [] });
	expect(publicOperations).toHaveLength(126);
});

describe('every public operation answers a sample request in its documented shape', () => {
	test.each(publicOperations.map((operation) => [operationKey(operation), operation] as const))(
		'%s',
		async (key, operation) => {
			const request = await sampleRequest(operation);
			const { status, data } = await client.call(key, request);
			expect([status, JSON.stringify(status === 200 || data)]).toEqual([200, 'true']);
			if (operation.responseKind === 'example' && !OTHER_SHAPE[key])
				expectShape(data, operation.response, key);
		},
	);
});

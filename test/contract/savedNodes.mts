import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runNode, type CredentialValues } from '../support/n8n.mts';

/** A node of a saved workflow, and the requests that it made. */
export interface SavedNode {
	example: string;
	name: string;
	type: string;
	typeVersion: number;
	parameters: INodeParameters;
	requests?: Request[];
	/** The statuses of its output items. */
	statuses?: unknown[];
}

export interface Request {
	method: string;
	path: string;
	query: unknown;
	body: unknown;
}

/** An item with every field that the expressions of the examples read. */
const ITEM: IDataObject = {
	account: '123456',
	answer: 'It is on its way.',
	body: 'Hello',
	Body: 'Your parcel is on its way.',
	carrier: 'Example Mobile',
	city: 'Lehi',
	country: 'US',
	customer: '+12025550142',
	details: 'Rack 4, fan 2.',
	email: 'ada@example.com',
	files: ['picture'],
	from: '+12025550142',
	id: 7,
	line: '+15005550104',
	messageId: 'MSG-1',
	MessageRouteId: 'MRID-5a4d0000-0000-4000-8000-000000000001',
	name: 'Ada',
	names: 'picture.png',
	number: '+13125550199',
	Number: '+15005550104',
	output: 'We open at nine.',
	owner: '+15005550100',
	phone: '+12025550142',
	PhoneNumberAssigned: '+15005550104',
	pin: '0000',
	reply: 'We open at nine.',
	state: 'UT',
	street: '100 Main Street',
	SubscriberId: 'TSUID-1',
	text: 'Please call.',
	to: '+12025550142',
	To: '+12025550142',
	what: 'A fan stopped',
	when: 'Monday',
	words: 'It was accepted.',
	zip: '84043',
};

const PICTURE = { data: 'iVBORw0KGgo=', mimeType: 'image/png', fileName: 'picture.png' };

/** Expressions without other nodes, the clock, and an agent: the node runs alone, behind one with the item. */
function alone(parameters: INodeParameters): INodeParameters {
	const text = JSON.stringify(parameters)
		.replace(/\$\('Opted out'\)\.all\(\)/g, '[]')
		.replace(/\$\('[^']*'\)/g, "$('Items')")
		.replace(/\$fromAI\('To'[^)]*\)/g, "'+13125550188'")
		.replace(/\$fromAI\('Message'[^)]*\)/g, "'Please call +12025550142'")
		.replace(/\$now\.toMillis\(\)/g, "'1700000000000'")
		.replace(/\$now\.toISODate\(\)/g, "'2030-01-02'");
	const saved = JSON.parse(text) as INodeParameters & { safeguards?: INodeParameters };
	// Depends on the time of day.
	delete saved.safeguards?.quietHours;
	return saved;
}

/** What differs from run to run. */
const CHANGING = ['AuthenticationToken', 'AuthenticationUsername', 'WebhookId', 'WebhookUrl'];

/** Send and Wait looks for webhooks of questions that ended, once in a while in each process. */
const STALE = '/v1.0/account/webhooks';

function withoutChanging(body: unknown): unknown {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
	return Object.fromEntries(
		Object.entries(body).map(([key, value]) => [
			key,
			CHANGING.includes(key) ? `a ${key}` : (value as unknown),
		]),
	);
}

/** Runs a saved node alone. @returns the requests that it makes, without those for a token and for stale webhooks, and the statuses of its output */
export async function requestsOf(
	{ parameters, type, typeVersion }: SavedNode,
	credential: CredentialValues,
	calls: () => Request[],
): Promise<{ requests: Request[]; statuses: unknown[] }> {
	const { json } = await runNode({
		credential,
		parameters: alone(parameters),
		items: [{ json: ITEM, binary: { picture: PICTURE } }],
		node: { type, typeVersion },
	});
	const requests = calls()
		.filter(({ path }) => !path.endsWith('/tokens') && path !== STALE)
		.map(({ body, method, path, query }) => ({ method, path, query, body: withoutChanging(body) }));
	// After a reset the sandbox refuses the first token, and the request is repeated.
	const once = requests.filter((one, index) => JSON.stringify(one) !== JSON.stringify(requests[index - 1]));
	return { requests: once, statuses: json.map(({ status }) => status ?? null) };
}

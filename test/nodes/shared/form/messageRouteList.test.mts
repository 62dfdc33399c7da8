import type { IDataObject, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';
import { searchMessageRoutes } from '../../../../nodes/shared/form/messageRouteList.ts';
import { allNumbers } from '../../../../nodes/shared/form/numberOptions.ts';
import { formatOwnerNote } from '../../../../nodes/shared/routes/ownerNote.ts';
import { numbersOn } from '../../../../nodes/shared/routes/numbers.ts';
import type { TelegentClient } from '../../../../transport/client.ts';
import { Credentials } from '../../../support/n8n.mts';
import {
	BASIC,
	MAIN,
	MAIN_LINE,
	NOTIFICATIONS,
	onRoute,
	SPARE,
	TRACKER,
	useWorld,
} from '../../../support/trigger/world.mts';

const world = useWorld();
const INVENTORY = '/v1.0/numbers/inventory';

/** The editor, as far as lists need it, in front of the Telegent in memory. */
function editor(remote = world.telegent.remote): ILoadOptionsFunctions {
	const credentials = new Credentials(world.telegent.credential);
	return {
		getCredentials: async () => await credentials.getDecrypted(),
		getNode: () => ({ name: 'Telegent' }),
		getTimezone: () => 'UTC',
		logger: { warn() {}, info() {}, debug() {} },
		helpers: {
			httpRequest: remote,
			httpRequestWithAuthentication: async (type: string, request: IHttpRequestOptions) =>
				await remote(await credentials.authenticate({ ...credentials.values } as never, type, request)),
		},
	} as unknown as ILoadOptionsFunctions;
}

describe('the list of message routes', () => {
	const listed = async (filter?: string) => (await searchMessageRoutes.call(editor(), filter)).results;
	const names = async (filter?: string) => (await listed(filter)).map(({ name }) => name);
	const put = (number: string, MessageRouteId: string | null) =>
		Object.assign(world.telegent.state.numbers.get(number) as object, { MessageRouteId });
	beforeEach(() => {
		for (const number of world.telegent.state.numbers.keys()) put(number, null);
		put(MAIN_LINE, MAIN);
	});

	test('shows the numbers on a route, or that it has none', async () => {
		expect(await listed()).toEqual([
			{ name: `Main SMS Webhook · ${MAIN_LINE}`, value: MAIN },
			{ name: expect.stringMatching(/^\w+.* · no numbers$/), value: BASIC },
		]);
	});

	test('shows the first of several numbers and how many more there are', async () => {
		put(NOTIFICATIONS, MAIN);
		expect((await names())[0]).toBe(`Main SMS Webhook · ${MAIN_LINE} and 1 more`);
		put(SPARE, MAIN);
		expect((await names())[0]).toBe(`Main SMS Webhook · ${MAIN_LINE} and 2 more`);
	});

	test('says which workflow uses a route', async () => {
		await world.host.publish('one', onRoute(), 'production', { name: 'Auto-reply' });
		expect((await names())[0]).toBe(`Main SMS Webhook · ${MAIN_LINE} · used by "Auto-reply"`);
		await world.host.publish('two', onRoute(MAIN, {}, 'deliveryReceipt'), 'production', { name: 'Receipts' });
		expect((await names())[0]).toMatch(/ · used by "Auto-reply" and "Receipts"$/);
	});

	test('shows the ID of a workflow whose note has no name', async () => {
		const url = 'https://n8n.example/webhook/8Zk/telegent';
		world.change(MAIN, {
			MessageUrl: url,
			MessageUsername: formatOwnerNote('8Zk', url, { previousOwners: [] }, 'x'),
		});
		expect((await names())[0]).toMatch(/ · used by workflow 8Zk$/);
	});

	test('ignores a note for a URL that was replaced', async () => {
		await world.host.publish('one', onRoute());
		world.change(MAIN, { MessageUrl: 'https://crm.example/' });
		expect((await names())[0]).toBe(`Main SMS Webhook · ${MAIN_LINE}`);
	});

	test.each([
		['the name', 'main sms', [MAIN]],
		['the ID', BASIC, [BASIC]],
		['the number', '+1500555', [MAIN]],
		['the number as people write it', '(500) 555-0100', [MAIN]],
		['a number that is shown as “1 more”', NOTIFICATIONS, [MAIN]],
		['the workflow', 'AUTO', [MAIN]],
		['nothing', ' ', [MAIN, BASIC]],
		['something else', 'other', []],
		['a few digits of nobody', '999999', []],
	])('is searched by %s', async (_case, filter, found) => {
		put(NOTIFICATIONS, MAIN);
		await world.host.publish('one', onRoute(), 'production', { name: 'Auto-reply' });
		expect((await listed(filter)).map(({ value }) => value)).toEqual(found);
	});

	test('is searched by the URL too', async () => {
		const { MessageUrl } = world.route(BASIC);
		expect((await listed(String(MessageUrl))).map(({ value }) => value)).toContain(BASIC);
	});

	test('makes two requests, however many numbers there are', async () => {
		world.telegent.calls = 0;
		const numbers = [{ Number: MAIN_LINE, MessageRouteId: MAIN }];
		const body = { TotalResults: 100_000, PhoneNumbers: numbers };
		world.telegent.control.addFault({ path: INVENTORY, status: 200, body });
		expect(await names()).toEqual([
			`Main SMS Webhook · ${MAIN_LINE} and more`,
			expect.not.stringMatching(/number/),
		]);
		expect(world.telegent.calls).toBe(2);
	});

	test.each([
		['refused', { status: 403, count: 9 }],
		['nonsense', { status: 200, body: [null] }],
	])('is shown when the inventory is %s', async (_case, fault) => {
		world.telegent.control.addFault({ path: INVENTORY, ...fault });
		expect(await listed()).toEqual([
			expect.objectContaining({ name: expect.stringMatching(/^Main SMS Webhook/), value: MAIN }),
			expect.objectContaining({ value: BASIC }),
		]);
	});

	test('leaves records without an ID out and reports a refused request', async () => {
		const path = '/v1.0/account/message/routes';
		const Results = [null, { RouteName: 'No ID' }, { MessageRouteId: MAIN }];
		world.telegent.control.addFault({ path, status: 200, body: { Results } });
		expect(await listed()).toEqual([{ name: MAIN_LINE, value: MAIN }]);
		world.telegent.control.addFault({ path, status: 403, count: 9 });
		await expect(listed()).rejects.toThrow();
	});
});

describe('lists of numbers end, whatever Telegent returns', () => {
	const entry = (index: number): IDataObject => ({ Number: `+1500${index}`, MessageRouteId: MAIN });
	const page = (from: number, count: number) =>
		Array.from({ length: count }, (_, index) => entry(from + index));
	type Answer = (page: number) => unknown;
	const CASES: Array<[name: string, answer: Answer, pages: number, found: number]> = [
		[
			'full pages, and a total',
			(n) => ({ TotalResults: 2500, PhoneNumbers: page(n * 1000, n === 3 ? 500 : 1000) }),
			3,
			2500,
		],
		[
			'pages smaller than asked for',
			(n) => ({ TotalResults: 250, PhoneNumbers: page(n * 100, n === 3 ? 50 : 100) }),
			3,
			250,
		],
		['the same page again and again', () => ({ TotalResults: 1e9, PhoneNumbers: page(0, 1000) }), 2, 1000],
		['two pages by turns', (n) => ({ TotalResults: 1e9, PhoneNumbers: page((n % 2) * 1000, 1000) }), 3, 2000],
		[
			'a total as text',
			(n) => ({ TotalResults: '1500', PhoneNumbers: page(n * 1000, n === 2 ? 500 : 1000) }),
			2,
			1500,
		],
		['a total that is no number', () => ({ TotalResults: 'many', PhoneNumbers: page(0, 3) }), 1, 3],
		['no total', (n) => ({ PhoneNumbers: page(n * 1000, n === 2 ? 1 : 1000) }), 2, 1001],
		['a bare list', () => page(0, 3), 1, 3],
		['nothing', () => '', 1, 0],
		['null', () => null, 1, 0],
		['records that are none', () => ({ TotalResults: 5, PhoneNumbers: [null, 'x', {}, entry(1)] }), 2, 1],
	];
	const calling = (answer: Answer) => {
		let pages = 0;
		const call = async () => await Promise.resolve(answer(++pages));
		return { telegent: { call } as unknown as TelegentClient, pages: () => pages };
	};

	test.each(CASES)('%s', async (_case, answer, pages, found) => {
		const { pages: asked, telegent } = calling(answer);
		expect([(await numbersOn(telegent, MAIN)).length, asked()]).toEqual([found, pages]);
	});

	test('an endless list is read up to a bounded number of pages', async () => {
		const { pages, telegent } = calling((n) => ({ TotalResults: 1e12, PhoneNumbers: page(n * 10, 10) }));
		expect(await numbersOn(telegent, MAIN)).toHaveLength(10_000);
		expect(pages()).toBe(1_000);
	});

	test('an endless list in the editor is read up to 20 pages', async () => {
		let calls = 0;
		const remote: typeof world.telegent.remote = async (request) => {
			if (!request.url.endsWith(INVENTORY)) return await world.telegent.remote(request);
			const body = { TotalResults: 1e12, PhoneNumbers: page(++calls * 10, 10) };
			return { statusCode: 200, headers: {}, body: body as never };
		};
		expect(await allNumbers(editor(remote))).toHaveLength(200);
		expect(calls).toBe(20);
	});

	test('the editor offers only numbers that can receive', async () => {
		Object.assign(world.telegent.state.numbers.get(SPARE) as object, { MessageEnabled: 'false' });
		const values = (await allNumbers(editor())).map(({ value }) => value);
		expect(values).toContain(MAIN_LINE);
		expect(values).not.toContain(SPARE);
		expect(values).not.toContain(TRACKER);
	});
});

import { id, MAIN, NOTIFICATIONS, SPARE, TRACKER, useSandbox, type Row } from './support.mts';

const client = useSandbox();
const DAY = 86_400;

const post = (path: string, body: Row) => client.ok(`POST ${path}`, { body });
const number = (Number: string) => client.ok('GET /v1.0/numbers', { query: { Number } });
const order = (OrderId: string) => client.ok('GET /v1.0/numbers/order', { query: { OrderId } });
const inventory = (query: Row = {}) => client.ok('GET /v1.0/numbers/inventory', { query });
const message = async (route: string, body: Row): Promise<string> => {
	const { status, data } = await client.call(route, { body });
	expect(status).toBe(400);
	return data.Message;
};
const advance = (advanceSeconds: number) => client.sandbox.control.time({ advanceSeconds });

const WANTED = {
	NumberType: 'mvno',
	MessageType: 'p2p',
	MessageEnabled: true,
	VoiceEnabled: false,
	MessageRouteId: id('MRID-'),
	ProductType: 'Sms-Only',
	AreaCode: '201',
};
const provision = (change: Row = {}) => post('/v1.0/numbers/provision', { ...WANTED, ...change });

describe('availability', () => {
	const search = (change: Row = {}) =>
		post('/v1.0/numbers/availability', {
			NumberType: 'mobile',
			MessageEnabled: true,
			VoiceEnabled: true,
			...change,
		});

	test('finds areas by area code first, then by zip code', async () => {
		const areas = async (change: Row) =>
			(await search(change)).AvailableNumberAreas.map((area: Row) => area.AreaCode);
		expect(await areas({ AreaCode: '201', ZipCode: '84043' })).toEqual([201]);
		expect(await areas({ AreaCode: '999', ZipCode: '84043' })).toEqual([385]);
		expect(await areas({ AreaCode: '999' })).toEqual([]);
		expect((await areas({ AreaCode: '' })).length).toBeGreaterThan(5);
	});

	test('is paged', async () => {
		client.sandbox.control.changeSettings({ availabilityPageSize: 4 });
		const pages = [];
		for (const PageNumber of [1, 2, 3, 4])
			pages.push((await search({ PageNumber })).AvailableNumberAreas.length);
		expect(pages).toEqual([4, 4, 3, 0]);
	});
});

describe('provisioning', () => {
	test('is complete at once by default', async () => {
		const answer = await provision({ AssignedSubscriberId: id('TSUID-'), ICCID: '8901240397190195850' });
		expect(answer).toMatchObject({
			OrderStatus: 'Complete',
			PhoneNumberAssigned: expect.stringMatching(/^\+1201555\d{4}$/),
			ICCID: '8901240397190195850',
			ErrorMessage: null,
			SubscriberId: id('TSUID-'),
		});
		expect(await number(answer.PhoneNumberAssigned)).toMatchObject({
			TNID: answer.PhoneNumberId,
			OrderId: answer.OrderId,
			Status: 'Active',
			MessageRouteId: id('MRID-'),
		});
		expect(await order(answer.OrderId)).toMatchObject({
			OrderStatus: 'Complete',
			OrderType: 'provision',
			PhoneNumbersOrdered: [{ Number: answer.PhoneNumberAssigned }],
		});
		expect((await inventory()).TotalResults).toBe(5);
	});

	test('can be pending first', async () => {
		await client.post('/_sandbox/orders', { delaySeconds: 30 });
		const answer = await provision();
		expect(answer.OrderStatus).toBe('Pending');
		expect((await number(answer.PhoneNumberAssigned)).Status).toBe('Pending');
		await advance(30);
		expect((await order(answer.OrderId)).OrderStatus).toBe('Complete');
		expect((await number(answer.PhoneNumberAssigned)).Status).toBe('Active');
		expect((await provision()).OrderStatus).toBe('Complete');
	});

	test('can be refused by the carrier', async () => {
		const words = '6P-REMOVE NUMBER LOCK ON VERIZON ACCOUNT';
		client.sandbox.control.changeSettings({
			orderOutcome: { status: 'Error', delaySeconds: 5, message: words },
		});
		const answer = await provision();
		await advance(5);
		expect(await order(answer.OrderId)).toMatchObject({ OrderStatus: 'Error', OrderStatusMessage: words });
		expect((await inventory()).TotalResults).toBe(4);
	});

	test('is refused at once when that is set', async () => {
		client.sandbox.control.order({ status: 'Rejected', message: 'No' });
		expect(await provision()).toMatchObject({
			OrderStatus: 'Rejected',
			PhoneNumberAssigned: null,
			ErrorMessage: 'No',
		});
	});

	test('stays pending until the control API moves the order', async () => {
		client.sandbox.control.order({ status: 'Pending' });
		const { OrderId } = await provision();
		await advance(10 * DAY);
		expect((await order(OrderId)).OrderStatus).toBe('Pending');
		client.sandbox.control.order({ orderId: OrderId, status: 'Completed' });
		expect((await order(OrderId)).OrderStatus).toBe('Completed');
		expect((await inventory({ Filter: 'Active' })).TotalResults).toBe(5);
	});

	test.each<[Row, string]>([
		[{ MessageRouteId: undefined }, 'MessageRouteId is required'],
		[{ MessageRouteId: 'MRID-nothing' }, 'MessageRouteId MRID-nothing does not exist'],
		[{ VoiceRouteId: 'CRID-nothing' }, 'VoiceRouteId CRID-nothing does not exist'],
		[{ NumberType: 'iot', MessageType: 'a2p' }, 'iot cannot be provisioned with MessageType a2p'],
		[{ NumberType: 'landline' }, 'NumberType field must be one of: mvno, iot, voip'],
		[{ AccountId: 'AID-nothing' }, 'Invalid AccountId'],
		[{ AreaCode: '999' }, 'No numbers are available for AreaCode 999'],
		[{ AreaCode: 'ABC' }, 'AreaCode must have 3 digits'],
	])('with %p is refused', async (change, words) => {
		const body = { ...WANTED, ...change };
		expect(await message('POST /v1.0/numbers/provision', body)).toContain(words);
		expect((await inventory()).TotalResults).toBe(4);
	});
});

describe('inventory', () => {
	test('is paged and filtered', async () => {
		const numbers = async (query: Row) => (await inventory(query)).PhoneNumbers.map((row: Row) => row.Number);
		expect(await numbers({ PageNumber: 1, TotalNumbersRequested: 3 })).toEqual([
			MAIN,
			NOTIFICATIONS,
			TRACKER,
		]);
		expect(await numbers({ PageNumber: 2, TotalNumbersRequested: 3 })).toEqual([SPARE]);
		expect(await numbers({ PageNumber: 3, TotalNumbersRequested: 3 })).toEqual([]);
		expect(await numbers({ Filter: 'Cancelled' })).toEqual([]);
	});
});

describe('updating', () => {
	test('changes only what was sent, at once', async () => {
		const answer = await post('/v1.0/numbers/update', { Number: SPARE, MessageRouteId: id('MRID-', 2) });
		expect(answer).toMatchObject({
			UpdateOrderStatus: 'Complete',
			MessageRouteId: id('MRID-', 2),
			ProductType: 'Sms+Data',
		});
		expect((await order(answer.UpdateOrderId)).OrderType).toBe('update');
	});

	test.each<[Row, string]>([
		[{ Number: TRACKER, MessageType: 'a2p' }, 'a2p is not available for Classification IoT'],
		[{ Number: NOTIFICATIONS, Classification: 'IoT' }, 'a2p is not available for Classification IoT'],
		[{ Number: MAIN, MessageRouteId: 'MRID-nothing' }, 'MRID-nothing does not exist'],
	])('with %p is refused', async (body, words) => {
		expect(await message('POST /v1.0/numbers/update', body)).toContain(words);
	});
});

describe('status changes', () => {
	const status = (StatusChange: string, change: Row = {}) =>
		post('/v1.0/numbers/status', {
			StatusChange,
			EffectiveDate: '12/31/2023',
			PhoneNumbers: [{ Number: MAIN }],
			...change,
		});

	test('park and activate', async () => {
		const answer = await status('park', { PhoneNumbers: [{ Number: MAIN }, { Number: SPARE }] });
		expect(answer).toMatchObject({
			OrderStatus: 'Complete',
			ChangeType: 'park',
			EffectiveDate: '2023-12-31T00:00:00',
			Numbers: [{ Number: MAIN }, { Number: SPARE }],
		});
		expect((await inventory({ Filter: 'Parked' })).TotalResults).toBe(2);
		await status('activate');
		expect((await number(MAIN)).Status).toBe('Active');
	});

	test('cancel, and reactivate within 30 days', async () => {
		await status('cancel');
		expect((await number(MAIN)).Status).toBe('Cancelled');
		await advance(29 * DAY);
		expect(await post('/v1.0/numbers/reactivate', { PhoneNumber: MAIN })).toMatchObject({ Status: 'Active' });
		await status('cancel');
		await advance(31 * DAY);
		const late = await message('POST /v1.0/numbers/reactivate', { PhoneNumber: MAIN });
		expect(late).toContain('more than 30 days ago');
	});

	test('reactivate only what is cancelled', async () => {
		expect(await message('POST /v1.0/numbers/reactivate', { PhoneNumber: MAIN })).toContain(
			'is not cancelled',
		);
	});

	test('swap gives another number, as often as swaps remain', async () => {
		let current = MAIN;
		for (const left of [1, 0]) {
			const [fresh] = (await status('swap', { AreaCode: '801', PhoneNumbers: [{ Number: current }] }))
				.Numbers;
			expect(fresh.Number).toMatch(/^\+1801555/);
			expect((await number(fresh.Number)).SwapsRemaining).toBe(left);
			expect((await client.call('GET /v1.0/numbers', { query: { Number: current } })).status).toBe(404);
			current = fresh.Number;
		}
		const body = { StatusChange: 'swap', EffectiveDate: '12/31/2023', PhoneNumbers: [{ Number: current }] };
		expect(await message('POST /v1.0/numbers/status', body)).toContain('no swaps remaining');
	});

	test('swap-sim takes the SIM that was sent', async () => {
		await status('swap-sim', { PhoneNumbers: [{ Number: MAIN, ICCID: '202620160938010123' }] });
		expect((await number(MAIN)).Iccid).toBe('202620160938010123');
	});

	test('of a coming day wait for it', async () => {
		const coming = new Date(Date.now() + 3 * DAY * 1000).toISOString().slice(0, 10).split('-');
		const EffectiveDate = `${coming[1]}/${coming[2]}/${coming[0]}`;
		expect((await status('park', { EffectiveDate })).OrderStatus).toBe('Pending');
		expect((await number(MAIN)).Status).toBe('Active');
		await advance(3 * DAY);
		expect((await number(MAIN)).Status).toBe('Parked');
	});

	test('need a date as MM/DD/YYYY', async () => {
		const body = { StatusChange: 'park', EffectiveDate: '2023-12-31', PhoneNumbers: [{ Number: MAIN }] };
		expect(await message('POST /v1.0/numbers/status', body)).toContain('MM/DD/YYYY');
		expect(await message('POST /v1.0/numbers/status', { ...body, EffectiveDate: '02/30/2023' })).toContain(
			'MM/DD/YYYY',
		);
	});
});

describe('porting', () => {
	const PORT = {
		PortInNumber: '+12025550177',
		CurrentCarrierName: 'Other',
		CurrentAccountNumber: '1',
		CurrentAccountPassword: '2',
		CurrentBillingAddress: { Street1: '1 Way', City: 'Lehi', State: 'UT', Zip: '84043' },
		TargetPortinClassification: 'iot',
	};

	test('brings the number in after two days', async () => {
		const { OrderId, Status } = await post('/v1.0/numbers/portin', PORT);
		expect(Status).toBe('Pending');
		await post('/v1.0/numbers/portin/update', { OrderId, CurrentAccountNumber: '3' });
		await advance(2 * DAY);
		expect(await order(OrderId)).toMatchObject({ OrderStatus: 'Complete', OrderType: 'portin' });
		expect(await number(PORT.PortInNumber)).toMatchObject({ Classification: 'IoT', OrderId });
		expect(await message('POST /v1.0/numbers/portin', PORT)).toBe('Phone number already in use');
	});

	test('can be settled at once', async () => {
		client.sandbox.control.order({ delaySeconds: 0 });
		expect((await post('/v1.0/numbers/portin', PORT)).Status).toBe('Complete');
		expect((await number(PORT.PortInNumber)).Status).toBe('Active');
	});

	test('can be cancelled while pending, and then never again', async () => {
		const { OrderId } = await post('/v1.0/numbers/portin', PORT);
		expect(await post('/v1.0/numbers/portin/cancel', { OrderId })).toEqual({ OrderId, Status: 'Cancelled' });
		await advance(3 * DAY);
		expect((await order(OrderId)).OrderStatus).toBe('Cancelled');
		for (const path of ['cancel', 'update'])
			expect(await message(`POST /v1.0/numbers/portin/${path}`, { OrderId })).toContain('Cancelled');
	});

	test('can need a resolution', async () => {
		const { OrderId } = await post('/v1.0/numbers/portin', PORT);
		client.sandbox.control.order({
			orderId: OrderId,
			status: 'ResolutionRequired',
			message: '8A-ACCOUNT_NUM_REQ_OR_INCORRECT',
		});
		expect(await order(OrderId)).toMatchObject({
			OrderStatus: 'ResolutionRequired',
			OrderStatusMessage: '8A-ACCOUNT_NUM_REQ_OR_INCORRECT',
		});
		await post('/v1.0/numbers/portin/update', { OrderId, CurrentAccountNumber: '3' });
	});

	test('tells who is eligible', async () => {
		const check = (PhoneNumber: string) =>
			post('/v1.0/numbers/portin/eligibility', { PhoneNumber, TargetClassification: 'Mobile' });
		expect(await check('+12025550177')).toMatchObject({ Eligible: true });
		expect(await check(MAIN)).toMatchObject({ Eligible: false, Message: 'Phone number already in use' });
	});

	test('out only sets the PIN', async () => {
		const { Status } = await post('/v1.0/numbers/portout', { PortOutNumber: MAIN, PortOutPIN: '4321' });
		expect(Status).toBe('Pending');
		expect((await inventory()).PhoneNumbers[0].PortOutPin).toBe('4321');
	});
});

describe('data', () => {
	const limit = { ValueUnit: 'MB', LimitValue: 20, PhoneNumbers: [{ Number: MAIN }] };

	test('limits are stored and read back in the carrier’s words', async () => {
		await post('/v1.0/numbers/data-usage', {
			...limit,
			NotifyValue: 10,
			ThrottleValue: 15,
			ThrottleSpeed: '1-mbps',
		});
		const { PhoneNumbers } = await post('/v1.0/numbers/data-usage/settings', {
			PhoneNumbers: [{ Number: MAIN }],
		});
		expect(PhoneNumbers).toEqual([
			{
				Number: MAIN,
				Status: 'Success',
				StatusMessage: '',
				NotifyValue: 10,
				LimitValue: 20,
				ThrottleValue: 15,
				ThrottleSpeed: 'thr1024kbps',
				ValueUnit: 'MB',
			},
		]);
		const info = await post('/v1.0/numbers/data-usage/info', { PhoneNumbers: [{ Number: MAIN }] });
		expect(info.PhoneNumbers[0]).toMatchObject({
			Used: '0 B',
			Remaining: '20 MB',
			CurrentBehavior: 'Active',
		});
	});

	test.each<[Row, string]>([
		[{ NotifyValue: 15, ThrottleValue: 15 }, 'NotifyValue must be lower than ThrottleValue'],
		[{ ThrottleValue: 25 }, 'ThrottleValue must be lower than LimitValue'],
		[{ NotifyValue: 20 }, 'NotifyValue must be lower than LimitValue'],
		[{ PhoneNumbers: [{ Number: NOTIFICATIONS }] }, 'DataEnabled is false'],
		[{ PhoneNumbers: [] }, 'PhoneNumbers is required'],
	])('limits with %p are refused', async (change, words) => {
		expect(await message('POST /v1.0/numbers/data-usage', { ...limit, ...change })).toContain(words);
	});

	test('renew on a day that exists', async () => {
		const renewal = { PhoneNumbers: [{ Number: MAIN }], AutoRenew: true, PeriodType: 'W', RenewalDay: 7 };
		const answer = await post('/v1.0/numbers/data-usage/update-renewal-info', renewal);
		expect(answer).toMatchObject({ Status: 'Complete', PhoneNumbers: [{ Number: MAIN, Status: 'Success' }] });
		const wrong = { ...renewal, RenewalDay: 8 };
		expect(await message('POST /v1.0/numbers/data-usage/update-renewal-info', wrong)).toContain(
			'from 1 to 7',
		);
	});
});

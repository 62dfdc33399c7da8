import { useFasterTime } from '../../../support/fasterTime.mts';
import { HOSTILE_TEXTS, SPELLINGS } from '../../../support/hostileTexts.mts';
import { ANA, MAIN_LINE, onRoute, sms, useWorld } from '../../../support/trigger/world.mts';

useFasterTime();
const world = useWorld();
let count = 0;

describe('the text of a message is text, whatever it looks like', () => {
	test.each(SPELLINGS)('%s', async (_name, write) => {
		await world.host.publish('one', onRoute());
		const secret = world.secretFor('one');
		for (const body of HOSTILE_TEXTS) {
			const id = `TMID-${++count}`;
			const { text, type } = write({ id, from: ANA, owner: MAIN_LINE, body });
			const answer = await world.deliver(text, { secret, headers: { 'content-type': type } });
			expect([body, answer]).toMatchObject([body, { status: 200, started: true }]);
			const { from, messageId, owner, to, body: received } = world.items.at(-1) ?? {};
			expect({ from, messageId, owner, to, body: received }).toEqual({
				from: ANA,
				messageId: id,
				owner: MAIN_LINE,
				to: MAIN_LINE,
				body,
			});
		}
	});

	test('raw is what arrived', async () => {
		await world.host.publish('one', onRoute());
		const payload = { Event: 'New_Sms', Data: sms(HOSTILE_TEXTS[0]) };
		await world.deliver(payload);
		expect(world.items.at(-1)?.raw).toEqual(payload);
	});
});

describe('an envelope never overwrites what stands outside it', () => {
	const inner = {
		From: '+18005551111',
		Message_ID: 'TMID-forged',
		To: '+1',
		Owner: '+2',
		Sender: '+3',
		id: 'x',
	};

	test.each([
		['Data', { Data: inner }],
		['message', { message: inner }],
		['body, beside a text', { body: inner, text: 'Hello' }],
		['two of them', { payload: { data: inner } }],
	])('in %s', async (_name, envelope) => {
		await world.host.publish('one', onRoute());
		const { From, ...rest } = sms('Hello');
		expect(await world.deliver({ ...rest, Sender: From, ...envelope })).toMatchObject({ started: true });
		expect(world.items.at(-1)).toMatchObject({
			from: ANA,
			to: MAIN_LINE,
			owner: MAIN_LINE,
			messageId: rest.Message_ID,
			body: 'Hello',
		});
	});

	test('a form that names a sender is what it says, whatever its payload field holds', async () => {
		await world.host.publish('one', onRoute());
		const form = new URLSearchParams({
			...(sms('Hello') as Record<string, string>),
			payload: JSON.stringify(inner),
		});
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		expect(await world.deliver(form.toString(), { headers })).toMatchObject({ started: true });
		expect(world.items.at(-1)).toMatchObject({ from: ANA, body: 'Hello' });
	});
});

test.each(['FromNum', 'phone', 'mobile'])(
	'a form with a number in a field of an unknown name (%s) names a sender: its data field is text',
	async (name) => {
		await world.host.publish('one', onRoute());
		for (const number of [ANA, ANA.replace('+', ' ')]) {
			const form = new URLSearchParams({ [name]: number, Data: HOSTILE_TEXTS[0] });
			const headers = { 'content-type': 'application/x-www-form-urlencoded' };
			expect(await world.deliver(form.toString(), { headers })).toMatchObject({ started: false });
			expect(world.items).toEqual([]);
		}
	},
);

describe('numbers and media in lists, however they are spelled', () => {
	const GROUP = [MAIN_LINE, '+18015550199'];

	test.each(
		['Number', 'number', 'PhoneNumber', 'phone_number', 'phone'].flatMap((key) => [
			[`To [{${key}}]`, { To: GROUP.map((number) => ({ [key]: number })) }],
			[`to [{${key}}] in Data`, { to: GROUP.map((number) => ({ [key]: number })) }],
		]),
	)('%s', async (name, to) => {
		await world.host.publish('one', onRoute());
		const { Owner, To, ...rest } = sms('Hello');
		expect([Owner, To]).toEqual([MAIN_LINE, MAIN_LINE]);
		const payload = { ...rest, ...to };
		await world.deliver(name.endsWith('Data') ? { Event: 'New_Sms', Data: payload } : payload);
		expect(world.items.at(-1)).toMatchObject({
			to: GROUP.join(', '),
			owner: MAIN_LINE,
			conversation: `${MAIN_LINE}|${ANA}`,
		});
	});

	test.each([
		['a list', GROUP],
		['text with commas', GROUP.join(',')],
		['text with semicolons', GROUP.join('; ')],
		['one object with a list', { Numbers: 1, Number: GROUP }],
	])('To as %s', async (_name, To) => {
		await world.host.publish('one', onRoute());
		await world.deliver({ ...sms('Hello'), To });
		expect(world.items.at(-1)).toMatchObject({ to: GROUP.join(', ') });
	});

	const URLS = ['https://example.com/a,b.png', 'https://example.com/c.png'];
	const entries = ['MediaUrl', 'mediaUrl', 'media_url', 'Url', 'URL', 'url', 'MMS_Media_URL'].map((key) => [
		`[{${key}}]`,
		URLS.map((url) => ({ [key]: url })),
	]);

	test.each([
		...entries,
		['a list', URLS],
		['text with commas', URLS.join(', ')],
		['one object', { MediaUrl: URLS }],
	] as Array<[string, unknown]>)('media as %s', async (_name, media) => {
		await world.host.publish('one', onRoute());
		for (const key of ['MMS_Media_URL', 'mms_media', 'MmsMedia', 'media']) {
			await world.deliver({ ...sms('Hello'), [key]: media });
			expect(world.items.at(-1)?.media).toEqual(URLS);
			await world.deliver({ Event: 'New_Sms', Data: { ...sms('Hello'), [key]: media } });
			expect(world.items.at(-1)?.media).toEqual(URLS);
		}
	});
});

describe('times', () => {
	test.each([
		['UTC', '2026-05-15T20:15:37.157Z', '2026-05-15T20:15:37.157Z'],
		['an offset', '2026-05-15T20:15:37+02:00', '2026-05-15T18:15:37.000Z'],
		['a zone by name', 'Fri, 15 May 2026 20:15:37 GMT', '2026-05-15T20:15:37.000Z'],
		['seconds since 1970', 1778876137, '2026-05-15T20:15:37.000Z'],
		['milliseconds since 1970', '1778876137157', '2026-05-15T20:15:37.157Z'],
	])('with %s, receivedAt is Telegent’s', async (_name, Timestamp, expected) => {
		await world.host.publish('one', onRoute());
		await world.deliver({ ...sms('Hello'), Timestamp });
		expect(world.items.at(-1)?.receivedAt).toBe(expected);
	});

	test.each([
		...['2025-05-15T20:15:37.157', '05/15/2025 08:15:37 PM', '2025-05-15', 'yesterday', ''],
		...['05-15-2025', '20:15 05-15-2025', '2025-05-15 20:15-2030', '1Z', '16:45:59 MST 2025-01-23'],
	])('without a zone (%j), receivedAt is when it came, in whatever zone the server is', async (Timestamp) => {
		await world.host.publish('one', onRoute());
		const before = Date.now();
		await world.deliver({ ...sms('Hello'), Timestamp });
		const received = Date.parse(String(world.items.at(-1)?.receivedAt));
		expect(received).toBeGreaterThanOrEqual(before);
		expect(received).toBeLessThanOrEqual(Date.now());
		expect(world.items.at(-1)?.raw).toMatchObject({ Timestamp });
	});
});

test('a form with 100,000 fields of one name is read in one pass, and names of prototypes are only names', async () => {
	const { readRequest } = await import('../../../../nodes/shared/inbound/payload.ts');
	const many = 'a=1&'.repeat(100_000);
	const rawBody = Buffer.from(`${many}constructor=x&__proto__=y&toString=z&From=${encodeURIComponent(ANA)}`);
	const reading = readRequest({ headers: {}, rawBody });
	const [form] = 'payloads' in reading ? reading.payloads : [];
	expect((form.a as string[]).length).toBe(100_000);
	expect(Object.entries(form).slice(1)).toEqual([
		['constructor', 'x'],
		['__proto__', 'y'],
		['toString', 'z'],
		['From', ANA],
	]);
	expect(Object.getPrototypeOf(form)).toBe(Object.prototype);
});

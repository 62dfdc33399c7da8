import { Random } from '../../../../sandbox/api/random.mts';
import { useFasterTime } from '../../../support/fasterTime.mts';
import { ANA, MAIN_LINE, onRoute, sms, useWorld, type Row } from '../../../support/trigger/world.mts';

/** FUZZ_SEED repeats a run, FUZZ_PAYLOADS makes it longer. */
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const PAYLOADS = Number(process.env.FUZZ_PAYLOADS ?? 5_000);
useFasterTime();
const world = useWorld();
const random = new Random(SEED);

const NAMES = [
	'Message_ID',
	'MessageId',
	'From',
	'from',
	'To',
	'Owner',
	'Message_Body',
	'Text',
	'Body',
	'Status',
	'Direction',
	'Event',
	'MMS_Media_URL',
	'MmsMedia',
	'Timestamp',
	'Segment',
	'data',
	'payload',
	'__proto__',
	'constructor',
	'toString',
	'',
	'ä',
	'x'.repeat(300),
];
const ODD = [
	'',
	' ',
	'\u0000',
	'null',
	'NaN',
	'💥',
	'../../etc',
	'<script>',
	'{"a":',
	'%00',
	'+',
	'STOP',
	'a'.repeat(5_000),
	'\uD800',
	'https://',
	'2026-13-45',
];
const TYPES = [
	'application/json',
	'text/plain',
	'application/x-www-form-urlencoded',
	'application/xml',
	'multipart/mixed',
	'',
	'x',
	'application/json; charset=utf-16',
];

function value(depth: number): unknown {
	const dice = random.next();
	if (dice < 0.35) return random.pick(ODD);
	if (dice < 0.5) return random.pick([0, -1, 1e308, 42, true, false, null]);
	if (dice < 0.6) return random.pick([ANA, MAIN_LINE]);
	if (depth > 3) return null;
	if (dice < 0.8) return Array.from({ length: Math.floor(random.next() * 4) }, () => value(depth + 1));
	return object(depth + 1);
}

function object(depth = 0): Row {
	const entries = Array.from({ length: Math.floor(random.next() * 8) }, () => [
		random.pick(NAMES),
		value(depth),
	]);
	return Object.fromEntries(entries) as Row;
}

/** A text that was damaged on the way. */
function damaged(text: string): string {
	const at = Math.floor(random.next() * text.length);
	return random.pick([
		() => text.slice(0, at),
		() => text.slice(0, at) + random.pick(ODD) + text.slice(at),
		() => text.slice(0, at) + String.fromCharCode(Math.floor(random.next() * 65_536)) + text.slice(at + 1),
		() => text.replaceAll('"', random.pick(["'", '""', ''])),
		() => text + text,
	])();
}

function body(): { text: string; type: string } {
	const dice = random.next();
	const type = random.pick(TYPES);
	if (dice < 0.4) return { type, text: JSON.stringify(object()) };
	if (dice < 0.5) return { type, text: JSON.stringify(value(0)) ?? '' };
	if (dice < 0.8) return { type, text: damaged(JSON.stringify(random.next() < 0.5 ? object() : sms('Hi'))) };
	return {
		type,
		text: Array.from({ length: Math.floor(random.next() * 40) }, () => random.pick(ODD)).join(
			random.pick(['', '&', '=']),
		),
	};
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** A payload and what its envelopes hold. */
function levelsOf(content: Row, depth = 0): Row[] {
	const envelopes = Object.entries(content).filter(
		([name, value]) =>
			/^(data|payload|message|sms|body|event|root|json|notification)$/.test(plain(name)) &&
			typeof value === 'object' &&
			value !== null &&
			!Array.isArray(value),
	);
	const inside = depth < 3 ? envelopes.flatMap(([, value]) => levelsOf(value as Row, depth + 1)) : [];
	return [content, ...inside];
}

/** What a start must be: something that somebody said, and that came in. */
function isMessage({ from, messageId, raw, to }: Row): boolean {
	const levels = levelsOf(raw as Row);
	const names = levels.flatMap((level) => Object.keys(level)).map((name) => plain(name));
	const says = names.some((name) =>
		/^(messagebody|body|text|message|content|mmsmedia.*|media.*)$/.test(name),
	);
	// The outermost status counts.
	const statuses = levels
		.flatMap((level) => Object.entries(level))
		.filter(([name]) => plain(name) === 'status');
	const [, outermost] = statuses.find(([, value]) => value !== '' && value !== null) ?? [];
	const status =
		typeof outermost === 'string' && /^(queued|sent|delivered|failed|undelivered)$/i.test(outermost);
	return says && (from !== '' || (messageId !== '' && to !== '')) && !status;
}

test(`${PAYLOADS} odd payloads with the right secret: no crash, no wrong start (seed ${SEED})`, async () => {
	await world.host.publish('one', onRoute());
	const secret = world.secretFor('one');
	const statuses = new Map<number, number>();
	for (let count = 0; count < PAYLOADS; count++) {
		const { text, type } = body();
		const { status } = await world.deliver(text, { secret, headers: { 'content-type': type } });
		statuses.set(status, (statuses.get(status) ?? 0) + 1);
	}
	const wrong = world.items.filter((item) => item.thrown !== undefined || !isMessage(item));
	expect(wrong).toEqual([]);
	expect([...statuses.keys()].filter((status) => ![200, 400, 413, 422].includes(status))).toEqual([]);
	expect(await world.deliver(sms('still here'), { secret })).toMatchObject({ started: true });
}, 180_000);

test('1,000 requests without the secret: all 401, nothing starts', async () => {
	await world.host.publish('one', onRoute());
	const secret = String(world.secretFor('one'));
	for (let count = 0; count < 1_000; count++) {
		const authorization = random.pick([
			() => '',
			() => `Bearer ${damaged(secret)}`,
			() => `Bearer ${random.pick(ODD)}`,
			() => `Basic ${btoa(`a:${secret}`)}`,
			() => damaged(`Bearer ${secret}`).replace(secret, 'x'),
			() => `Bearer ${random.digits(30)}.${random.digits(43)}`,
			() => [`Bearer ${secret}`, 'x'] as unknown as string,
		])();
		if (authorization === `Bearer ${secret}`) continue;
		const answer = await world.deliver(sms(), { secret: undefined, headers: { authorization } });
		if (
			/^(bearer|token)\s+/i.test(String(authorization)) &&
			String(authorization).trim().endsWith(` ${secret}`)
		)
			continue;
		expect([authorization, answer]).toEqual([
			authorization,
			{ status: 401, body: { message: 'Not authorized' }, started: false },
		]);
	}
	expect(world.host.started).toEqual([]);
});

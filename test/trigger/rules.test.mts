import type { INodeProperties } from 'n8n-workflow';
import { isOnThisMachine, isPrivate, unreachable } from '../../nodes/TelegentTrigger/address.ts';
import { EVENTS } from '../../nodes/TelegentTrigger/events.ts';
import { tokenToEnter } from '../../nodes/TelegentTrigger/editor.ts';
import { intentOf } from '../../nodes/TelegentTrigger/intent.ts';
import { exclusively } from '../../nodes/TelegentTrigger/lock.ts';
import { readMarker, writeMarker } from '../../nodes/TelegentTrigger/marker.ts';
import { compile } from '../../nodes/TelegentTrigger/pattern.ts';
import {
	isProven,
	madeAt,
	manualToken,
	newSecret,
	sameText,
	seal,
	unseal,
} from '../../nodes/TelegentTrigger/secrets.ts';
import { sandboxAdvice } from '../../nodes/TelegentTrigger/situation.ts';
import { isOwnOtherForm, unshown } from '../../nodes/TelegentTrigger/slot.ts';
import { TelegentTrigger } from '../../nodes/TelegentTrigger/TelegentTrigger.node.ts';
import { onAccount, onNumbers, onRoute, useWorld } from './support/world.mts';

describe('intent: the carriers’ words', () => {
	const words = {
		optOut: [
			'STOP',
			'stop',
			' Stop. ',
			'STOP!!',
			'StopAll',
			'stop all',
			'UNSUBSCRIBE',
			'cancel',
			'End',
			'QUIT',
			'OPTOUT',
			'opt-out',
			'Opt out',
			'REVOKE',
			'“stop”',
			'ＳＴＯＰ',
			'stop 🙏',
		],
		optIn: ['START', 'unstop', 'Yes', 'yes!'],
		help: ['HELP', 'help?', 'Info'],
	};
	test.each(Object.entries(words).flatMap(([intent, texts]) => texts.map((text) => [text, intent])))(
		'"%s" is %s',
		(text, intent) => expect(intentOf(text)).toBe(intent),
	);
	test.each([
		'',
		'stop it',
		'please stop',
		'nonstop',
		'yes please',
		'helpful',
		'S T O P',
		'the end',
		'!',
		'停止',
	])('"%s" is none', (text) => expect(intentOf(text)).toBeNull());
});

describe('addresses that Telegent cannot reach', () => {
	const api = 'https://api.telegent.com';
	test.each([
		['http://localhost:5678/webhook/a/telegent', /localhost: it is an address of this machine only/],
		['https://127.0.0.1/webhook/a/telegent', /of this machine only/],
		['https://[::1]/webhook/a/telegent', /of this machine only/],
		['https://n8n.localhost/x/y', /of this machine only/],
		['https://192.168.1.5/x/y', /of this network only/],
		['https://10.1.2.3/x/y', /of this network only/],
		['https://172.20.0.2/x/y', /of this network only/],
		['https://100.64.0.1/x/y', /of this network only/],
		['https://169.254.169.254/x/y', /of this network only/],
		['https://[fd00::1]/x/y', /of this network only/],
		['https://[fe80::1]/x/y', /of this network only/],
		['https://[::ffff:192.168.0.1]/x/y', /of this network only/],
		['https://n8n/x/y', /of this network only/],
		['https://n8n.local/x/y', /of this network only/],
		['http://n8n.example.com/x/y', /calls https addresses only/],
	])('%s', (url, reason) => expect(unreachable(url, api)).toMatch(reason));

	test.each([
		'https://n8n.example.com/webhook/a/telegent',
		'https://8.8.8.8/x/y',
		'https://[2606:4700::1]/x/y',
		'https://172.32.0.1/x/y',
	])('%s can be reached', (url) => expect(unreachable(url, api)).toBeUndefined());

	test('a sandbox on this machine can call this machine', () => {
		expect(unreachable('http://localhost:5678/x/y', 'http://127.0.0.1:4010')).toBeUndefined();
		expect([
			isOnThisMachine('http://[::1]:4010'),
			isOnThisMachine('https://127.0.0.1.example.com'),
			isOnThisMachine('x'),
		]).toEqual([true, false, false]);
	});

	test.each(['localhost.', 'LOCALHOST', '0.0.0.0', '[::]', '[64:ff9b::a00:1]', '224.0.0.1', '[ff02::1]'])(
		'%s is private',
		(host) => expect(isPrivate(host)).toBe(true),
	);

	const outside = useWorld({}, { baseUrl: 'https://api.telegent.example' });
	test.each([
		['existing route', onRoute()],
		['new route', onNumbers(['+15005550100'])],
		['account webhook', onAccount()],
	])('%s: refused before any call, with what to do', async (_way, parameters) => {
		await expect(outside.host.publish('one', parameters)).rejects.toMatchObject({
			message: expect.stringMatching(
				/of this machine only\. Set WEBHOOK_URL of this n8n to its public https address/,
			),
		});
		expect(outside.telegent.control.requests()).toEqual([]);
	});
});

describe('patterns', () => {
	test.each([
		['a', 'xAy', true],
		['^a$', 'a', true],
		['^a$', 'ab', false],
		['a|b', 'xb', true],
		['^(a|bc)+$', 'abcbca', true],
		['^(a|bc)+$', 'abb', false],
		['^(?:foo|bar)baz', 'barbaz', true],
		['^\\d{3}-\\d{4}$', '555-0123', true],
		['^\\d{3}$', '55', false],
		['^\\d{2,3}$', '5555', false],
		['^\\d{2,}$', '55555', true],
		['^x{0}y$', 'y', true],
		['colou?r', 'color', true],
		['\\bcat\\b', 'a cat!', true],
		['\\bcat\\b', 'concat', false],
		['\\Bcat', 'concat', true],
		['[a-f0-9]+', 'XYZ9', true],
		['[^a-z]', 'ABC', false],
		['^[\\w.-]+@[\\w-]+\\.com$', 'a.b@c-d.com', true],
		['a.c', 'a\nc', true],
		['.*?x', 'aax', true],
		['\\$\\d+', 'costs $12', true],
		['^😀+$', '😀😀', true],
		['', 'anything', true],
		['^$', '', true],
		['a{,2}', 'a{,2}', true],
		['ä', 'Ä', true],
		['^(a*)*b$', 'aaab', true],
		['/^a+$/i', 'AA', true],
		['/a', 'a', false],
	])('%s in "%s": %s', (pattern, text, expected) => {
		expect(compile(pattern)(text)).toBe(expected);
	});

	test('is compiled once', () => {
		expect(compile('^once$')).toBe(compile('^once$'));
	});

	test('agrees with JavaScript on thousands of patterns and texts', async () => {
		const { Random } = await import('../../sandbox/api/random.mts');
		const random = new Random(3);
		const parts = [
			'a',
			'b',
			'.',
			'[ab]',
			'[^a]',
			'(a|b)',
			'(ab|)',
			'a?',
			'b*',
			'a+',
			'(ab)*',
			'a{2}',
			'b{1,2}',
			'^',
			'$',
			'\\b',
			'|',
			'(?:b|a+)',
		];
		const text = () =>
			Array.from({ length: Math.floor(random.next() * 7) }, () => random.pick(['a', 'b', ' ', 'c'])).join('');
		for (let count = 0; count < 3_000; count++) {
			const source = Array.from({ length: 1 + Math.floor(random.next() * 5) }, () => random.pick(parts)).join(
				'',
			);
			const here = text();
			expect([source, here, compile(source)(here)]).toEqual([
				source,
				here,
				new RegExp(source, 'is').test(here),
			]);
		}
	});

	test.each([
		['(a', /bracket is not closed/],
		['a)', /closing bracket too many/],
		['[a', /not complete/],
		['*a', /nothing to repeat/],
		['a**', /repeats a repetition/],
		['a{3,2}', /ends before it begins/],
		['(?=a)', /looks ahead/],
		['(?<!a)', /looks ahead/],
		['(a)\\1', /not supported/],
		['(((a{99}){99}){99})', /multiply to more than 2000/],
		['a'.repeat(2_001), /too long/],
		['(){9999999999}', /more than 2000 times/],
		['(a{0}){1000000000}', /more than 2000 times/],
		['((){1000000}){1000000}', /more than 2000 times/],
		['(((){1000}){1000}){1000}', /multiply to more than 2000/],
		['('.repeat(100_000), /nested more than 50 deep/],
	])('%s is refused: %s', (pattern, words) => expect(() => compile(pattern)).toThrow(words));

	test.each(['^(a+)+$', '(a|a)*b', '(.*)*x', '(a|aa)+$', '^(([a-z])+.)+[A-Z]([a-z])+$'])(
		'%s never hangs',
		(pattern) => {
			const started = performance.now();
			compile(pattern)(`${'a'.repeat(2_000)}!`);
			expect(performance.now() - started).toBeLessThan(500);
		},
	);
});

describe('secrets', () => {
	const now = Date.UTC(2026, 0, 1);
	test('a new secret is random, says when it was made, and proves itself to its holder only', () => {
		const [one, two] = [newSecret('account', 'holder', now), newSecret('account', 'holder', now)];
		expect(one).not.toBe(two);
		expect(madeAt(one)).toBe(now);
		expect(isProven(one, 'account', 'holder')).toBe(true);
		expect([
			isProven(one, 'other', 'holder'),
			isProven(one, 'account', 'other'),
			isProven(`${one}x`, 'account', 'holder'),
			isProven('', 'account', 'holder'),
		]).toEqual([false, false, false, false]);
		expect(one.length).toBeLessThanOrEqual(255);
	});

	test.each(['', 'x', 'a.b', `${'a'.repeat(30)}.`, 'ä'.repeat(74)])('"%s" is not one', (text) =>
		expect(madeAt(text)).toBeUndefined(),
	);

	test('what is sealed opens with the same secret only, and not after a change', () => {
		const sealed = seal({ password: 'x' }, 'account');
		expect(unseal(sealed, 'account')).toEqual({ password: 'x' });
		expect(seal({ password: 'x' }, 'account')).toBe(sealed);
		expect(seal({ password: 'y' }, 'account').slice(0, 16)).not.toBe(sealed.slice(0, 16));
		expect(unseal(sealed, 'other')).toBeUndefined();
		expect(unseal(`${sealed.slice(0, -2)}AA`, 'account')).toBeUndefined();
		expect(unseal('x', 'account')).toBeUndefined();
	});

	test('texts are compared whole', () => {
		expect([sameText('a', 'a'), sameText('a', 'b'), sameText('', ''), sameText('a', 'aa')]).toEqual([
			true,
			false,
			true,
			false,
		]);
	});
});

describe('the note in the user name', () => {
	const target = {
		url: 'https://a.example',
		method: 'GET',
		authentication: 'Basic',
		username: 'u',
		password: 'p',
	};
	const keepsake = {
		layers: [
			{ target, workflow: 'two' },
			{ target, lost: true },
		],
		numbers: { '+1': 'MRID-1', '+2': null, '+3': 'MRID-1' },
	};
	const url = 'https://n8n.example/webhook/a/telegent';

	test('comes back as it was', () => {
		expect(readMarker(writeMarker('one', url, keepsake, 's'), url, 's')).toEqual({
			workflow: 'one',
			keepsake,
			stale: false,
		});
	});
	test('of another address is stale', () => {
		expect(readMarker(writeMarker('one', url, keepsake, 's'), 'https://crm.example', 's')).toMatchObject({
			stale: true,
		});
	});
	test('of another account secret says only who holds the route', () => {
		expect(readMarker(writeMarker('one', url, keepsake, 'other'), url, 's')).toEqual({
			workflow: 'one',
			keepsake: undefined,
			stale: false,
		});
	});
	test.each([null, '', 'admin', 'n8n', 'n8n workflow', 'my n8n workflow x'])('"%s" is none', (text) => {
		expect(readMarker(text, url, 's')).toBeUndefined();
	});
	test('of a usual route has at most 255 characters', () => {
		const usual = {
			url: 'https://crm.example.com/api/v2/inbound-sms/telegent',
			method: 'POST',
			authentication: 'Basic',
			username: 'telegent',
			password: 'aB3dE6gH9jK2mN5p',
		};
		expect(
			writeMarker('8ZkQ2mN5pR7sT1vX', url, { layers: [{ target: usual }] }, 's').length,
		).toBeLessThanOrEqual(255);
	});
});

test('the local sandbox is advised only to those who do not use it', () => {
	expect(sandboxAdvice({ baseUrl: 'https://api.telegent.com' })).toBe(', or use the local sandbox');
	expect(sandboxAdvice({ baseUrl: 'http://127.0.0.1:4010' })).toBe('');
});

test('what Telegent does not show', () => {
	const target = { url: null, method: null, authentication: 'Basic', username: 'u', password: 'p' };
	expect(unshown(target)).toEqual([]);
	expect(unshown({ ...target, authentication: null, username: null, password: null })).toEqual([]);
	expect(unshown({ ...target, authentication: 'None', password: '***' })).toEqual(['password']);
	expect(unshown({ ...target, username: null, password: '' })).toEqual(['user name', 'password']);
	expect(unshown({ ...target, authentication: 'Bearer', username: null, password: null })).toEqual(['token']);
});

test('a test and the production of the same trigger know each other, others not', () => {
	const self = { workflow: 'one', url: 'https://n8n.example/webhook-test/abc/telegent', test: true };
	expect(isOwnOtherForm(self, 'https://n8n.example/webhook/abc/telegent', 'one')).toBe(true);
	expect(isOwnOtherForm(self, 'https://n8n.example/webhook/abc/telegent', 'two')).toBe(false);
	expect(isOwnOtherForm(self, 'https://n8n.example/webhook/abd/telegent', 'one')).toBe(false);
	expect(isOwnOtherForm(self, 'https://moved.example/webhook/abc/telegent', 'one')).toBe(false);
	expect(isOwnOtherForm(self, self.url, 'one')).toBe(false);
	expect(
		isOwnOtherForm(
			{ ...self, url: 'https://n8n.example/base/webhook/abc/telegent' },
			'https://n8n.example/base/hooks/abc/telegent',
			'one',
		),
	).toBe(true);
});

test('work under one lock is done in order, and a setback does not stop the next', async () => {
	const order: string[] = [];
	const work =
		(name: string, ms: number, fails = false) =>
		async () => {
			await new Promise((resolve) => setTimeout(resolve, ms));
			order.push(name);
			if (fails) throw new Error(name);
			return name;
		};
	const ends = await Promise.allSettled([
		exclusively('a', work('1', 20, true)),
		exclusively('a', work('2', 1)),
		exclusively('b', work('3', 5)),
	]);
	expect(order).toEqual(['3', '1', '2']);
	expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
});

describe('the editor', () => {
	const { description } = new TelegentTrigger();
	const words = JSON.stringify(description);

	test('offers for each event the ways that fit, and no other', () => {
		for (const event of EVENTS) {
			const [field] = description.properties.filter(
				({ displayOptions, name }) =>
					name === 'listenOn' && displayOptions?.show?.event?.includes(event.value),
			);
			const offered = (field.options as Array<{ value: string }>).map(({ value }) => value);
			expect([...offered].sort()).toEqual([...event.ways].sort());
			expect(field.default).toBe(event.ways[0]);
		}
	});

	test('has messages first in mind, and words for people', () => {
		expect(description.properties[0]).toMatchObject({ name: 'event', default: 'messageReceived' });
		expect(words).not.toMatch(/\b(error|problem|failure|mistake|payload|endpoint)\b/i);
	});

	test('an option that a person adds in order to have it is on when added', () => {
		const options = description.properties.find(({ name }) => name === 'options')?.options;
		const switches = (options as INodeProperties[]).filter(({ type }) => type === 'boolean');
		expect(switches.map(({ default: on, name }) => [name, on])).toEqual([
			['allowTests', true],
			['downloadMedia', true],
			['leaveAwaited', true],
			['takeOver', true],
		]);
	});

	test('says that the URL which a route has now is replaced', () => {
		const [messages, receipts] = ['existingRouteNotice', 'receiptsNotice'].map(
			(notice) => description.properties.find(({ name }) => name === notice)?.displayName,
		);
		expect(messages).toMatch(/instead of to its current URL.*Afterwards, that URL is restored/);
		expect(receipts).toMatch(
			/instead of to its current Callback URL.*Afterwards, the Callback URL is restored/,
		);
	});

	const optionsFor = async (trigger: unknown) => {
		const context = {
			getCurrentNodeParameter: (name: string) => (name === 'trigger' ? trigger : undefined),
			getCredentials: async () => ({ accountSecret: 'secret' }),
		};
		return await tokenToEnter(context as never);
	};

	test('shows the token of a manual webhook, and saves something else', async () => {
		const [option, ...others] = await optionsFor('one');
		expect(others).toEqual([]);
		expect(option.name).toBe(manualToken('secret', 'one'));
		expect(option.name).toMatch(/^n8n-telegent-[\w-]{32}$/);
		expect(option.value).toBe(description.properties.find(({ name }) => name === 'token')?.default);
	});

	test.each([undefined, null, ''])('shows no token where it cannot know the trigger: %p', async (trigger) => {
		expect(await optionsFor(trigger)).toEqual([]);
	});

	test('every trigger and every account has a token of its own', () => {
		const tokens = ['one', 'two'].flatMap((trigger) => [
			manualToken('a', trigger),
			manualToken('b', trigger),
		]);
		expect(new Set(tokens).size).toBe(4);
	});
});

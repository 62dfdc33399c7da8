import dns from 'node:dns/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { MAIN, onRoute, sms, TriggerWorld, useWorld, type Row } from '../../../support/trigger/world.mts';

/*
 * Media addresses that a stranger writes into a message, and servers that hold what they like. A server on this machine
 * stands for everything that must not be reached, and counts who reaches it.
 */

const PRIVATE = 'its URL is in a private network';
const LARGEST_MB = 0.2;
const IMAGE = { 'content-type': 'image/jpeg' };

const sandbox = useWorld();
const outside = useWorld(
	{ publicUrl: 'https://n8n.example.com' },
	{ baseUrl: 'https://api.telegent.example' },
);

/** What the server of the media does by path. */
const behavior: Record<string, (response: ServerResponse) => void> = {};
/** Requests that the server that nobody may reach got. */
let reached: string[];
let media: Server;
let canary: Server;
const open = new Set<Socket>();
const portOf = (server: Server) => (server.address() as AddressInfo).port;
const base = () => `http://127.0.0.1:${portOf(media)}`;

beforeAll(async () => {
	media = createServer((request, response) => {
		const behave = behavior[request.url ?? ''];
		if (behave) behave(response);
		else response.writeHead(404).end();
	});
	canary = createServer((request, response) => {
		reached.push(request.url ?? '');
		response.writeHead(200, IMAGE).end('secret');
	});
	for (const server of [media, canary]) {
		server.on('connection', (socket: Socket) => open.add(socket.on('close', () => open.delete(socket))));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	}
});
beforeEach(() => (reached = []));
afterEach(() => jest.restoreAllMocks());
afterAll(() => {
	for (const server of [media, canary]) {
		server.closeAllConnections();
		server.close();
	}
});

/** A message with these addresses. Telegent itself is on this machine, beside the media, in the world `sandbox`. */
async function receive(of: TriggerWorld, addresses: string[]): Promise<Row[]> {
	of.host.withNetwork();
	await of.host.publish('one', onRoute(MAIN, { downloadMedia: true, largestMedia: LARGEST_MB }));
	if (of === sandbox) of.host.credentials.values = { ...of.host.credentials.values, baseUrl: base() };
	const answer = await of.deliver(sms('Look', { MMS_Media_URL: addresses }));
	expect(answer).toMatchObject({ status: 200, started: true });
	return of.host.started[0].items[0].json.downloads as Row[];
}

/** Connections end a moment after the request that was aborted. */
async function noConnectionLeft(): Promise<void> {
	for (const until = Date.now() + 5_000; open.size > 0 && Date.now() < until; )
		await new Promise((resolve) => setTimeout(resolve, 10));
	expect(open.size).toBe(0);
}

const HOSTS = {
	'this machine, in every spelling of IPv4': [
		...['127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '2130706433', '0x7f000001', '017700000001'],
		...['0x7f.1', '0177.0.0.1', '0x7F.0x0.0x0.0x1', '00000177.1', '0', '0.0.0.0', '127.0.0.1.'],
		...['%31%32%37.0.0.1', '127%2e0%2e0%2e1', '127。0。0。1', '127．0．0．1', '①②⑦.⓪.⓪.①', '１２７.0.0.1'],
		...['127.0.0.1..', '127.0.0.1...'],
	],
	'this machine, in every spelling of IPv6': [
		...['[::1]', '[0:0:0:0:0:0:0:1]', '[::]', '[::ffff:127.0.0.1]', '[::FFFF:7F00:1]', '[::127.0.0.1]'],
		...['[0:0:0:0:0:ffff:7f00:0001]', '[::ffff:0:127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b:1::7f00:1]'],
		...['[2002:7f00:1::]', '[2002:7f00:0001:0:0:0:0:1]', '[2001:0:7f00:1::80ff:fffe]', '[2001::7f00:1]'],
	],
	'this machine, by name': [
		...[
			'localhost',
			'LOCALHOST',
			'LocalHost.',
			'localhost..',
			'a.localhost',
			'a.localhost.',
			'x.localdomain',
		],
		...['ｌｏｃａｌｈｏｓｔ', 'loc%61lhost', 'ⓛocalhost'],
	],
	'private and link-local networks': [
		...['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.0.1', '100.64.0.1'],
		...['169.254.169.254', '0xa9fea9fe', '2852039166', '0251.0376.0251.0376', '169.254.43518'],
		...['[::ffff:169.254.169.254]', '[fe80::1]', '[febf::1]', '[fc00::1]', '[fd00:ec2::254]', '[fec0::1]'],
		...['[64:ff9b::10.0.0.1]', '[2002:a00:1::]', '[2002:c0a8:101::1]', '[::ffff:c0a8:101]'],
	],
	'ranges that lead nowhere': [
		...['0.1.2.3', '192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '192.88.99.1'],
		...['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '[ff02::1]', '[100::1]'],
		...['[2001:db8::1]', '[2001:DB8:1::1]', '[3fff::1]', '[3fff:fff::1]', '[2001:2::1]', '[2001:10::1]'],
		...['[2001:20::1]', '[2001:1ff::1]', '[5f00::1]', '[2::1]', '[3::1]', '[4000::1]'],
	],
	'names of private networks': [
		...[
			'printer',
			'db.internal',
			'metadata.google.internal',
			'METADATA.GOOGLE.INTERNAL.',
			'nas.local',
			'nas.local..',
		],
		...['router.lan', 'fritz.home', 'x.home.arpa', 'x.corp', 'wiki.intra', 'wiki.intranet', 'x.private'],
		...['api.default.svc', 'api.default.svc.cluster.local', 'x.test', 'nas。local', 'nas.ｌｏｃａｌ'],
	],
};

describe.each(Object.entries(HOSTS))('%s', (_name, hosts) => {
	const addresses = hosts.map((host) => `http://${host}:PORT/secret.jpg`);
	const tens = Array.from({ length: Math.ceil(addresses.length / 10) }, (_, n) =>
		addresses.slice(n * 10, n * 10 + 10),
	);

	test.each(tens.map((ten) => [ten]))('%j: refused without a connection', async (ten) => {
		const lookup = jest.spyOn(dns, 'lookup');
		const port = String(portOf(canary));
		const downloads = await receive(
			outside,
			ten.map((address) => address.replace('PORT', port)),
		);
		expect(downloads.map(({ skipped, url }) => [url, skipped])).toEqual(
			ten.map((address) => [address.replace('PORT', port), PRIVATE]),
		);
		expect([reached, lookup.mock.calls]).toEqual([[], []]);
	});

	test('the same where Telegent is on this machine, but for its own port', async () => {
		const [address] = addresses;
		const [{ skipped }] = await receive(sandbox, [address.replace('PORT', String(portOf(canary)))]);
		expect([skipped, reached]).toEqual([PRIVATE, []]);
	});
});

test.each([
	...[
		'http://a@127.0.0.1/',
		'http://a:b@example.com/x',
		'http://example.com@127.0.0.1/',
		'http://:b@example.com/',
	],
	...[
		'file:///etc/passwd',
		'ftp://example.com/x',
		'data:image/png;base64,AA==',
		'javascript:1',
		'gopher://x/',
	],
])('%s is no plain http or https URL', async (address) => {
	const [{ skipped }] = await receive(outside, [address]);
	expect(skipped).toBe("its URL isn't a plain http or https URL");
});

test.each([
	'http://',
	'http://[::1',
	'http://127.0.0.1:99999/',
	'http://a b/',
	'http://999.1/',
	'http://%zz/',
	'//x',
])('%s is no URL', async (address) => {
	const [{ skipped }] = await receive(outside, [address]);
	expect(skipped).toBe("its URL isn't valid");
});

describe('redirects', () => {
	const redirectTo = async (location: string, status = 302) => {
		behavior['/moved'] = (response) => response.writeHead(status, { location }).end(Buffer.alloc(300_000));
		const [{ skipped }] = await receive(sandbox, [`${base()}/moved`]);
		await noConnectionLeft();
		return skipped;
	};

	test.each([
		...['http://127.1:PORT/', 'http://localhost:PORT/', 'http://0:PORT/', 'http://[::ffff:127.0.0.1]:PORT/'],
		...[
			'//127.0.0.1:PORT/',
			'http:\\\\127.0.0.1:PORT\\x',
			'http://169.254.169.254/latest/',
			'http://nas.local/',
		],
	])('to %s are refused', async (location) => {
		expect(await redirectTo(location.replace('PORT', String(portOf(canary))))).toBe(PRIVATE);
		expect(reached).toEqual([]);
	});

	test.each(['file:///etc/passwd', 'data:image/png,x', 'http://u:p@127.0.0.1/'])(
		'to %s are refused',
		async (location) => {
			expect(await redirectTo(location)).toBe("its URL isn't a plain http or https URL");
		},
	);

	test.each([301, 303, 307, 308])('with status %d are checked, too', async (status) => {
		expect(await redirectTo('http://10.0.0.1/', status)).toBe(PRIVATE);
	});

	test('to an invalid URL, in a circle, and without a target', async () => {
		expect(await redirectTo('http://[')).toBe('its URL redirects to an invalid URL');
		behavior['/moved'] = (response) => response.writeHead(300, IMAGE).end('x');
		sandbox.host.started.length = 0;
		const [{ skipped }] = await receive(sandbox, [`${base()}/moved`]);
		expect(skipped).toBe('its server responded with HTTP status 300');
	});

	test('in a circle end after three', async () => {
		let count = 0;
		behavior['/round'] = (response) => {
			count++;
			response.writeHead(302, { location: `/round` }).end(Buffer.alloc(300_000));
		};
		const [{ skipped }] = await receive(sandbox, [`${base()}/round`]);
		expect([skipped, count]).toEqual(['its URL redirects too many times', 4]);
		await noConnectionLeft();
	});
});

describe('a name in DNS that leads to', () => {
	let names = 0;
	test.each([
		...[['127.0.0.1'], ['10.0.0.1'], ['169.254.169.254'], ['0.0.0.0'], ['192.168.1.1'], ['100.64.0.1']],
		...[['::1'], ['::ffff:127.0.0.1'], ['fd00::1'], ['fe80::1'], ['64:ff9b::7f00:1'], ['2002:7f00:1::']],
		...[['8.8.8.8', '127.0.0.1'], ['2001:db8::1'], ['192.0.2.1']],
		...[['224.0.0.1'], ['255.255.255.255'], ['ff02::1'], ['fe80::1%eth0'], ['64:ff9b::a9fe:a9fe']],
		...[['2606:4700::1', '100.64.0.1']],
	])('%s is refused', async (...addresses) => {
		const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
		const lookup = jest.spyOn(dns, 'lookup') as unknown as jest.Mock;
		lookup.mockResolvedValue(found);
		// n8n remembers what a name leads to.
		const name = `media${++names}.example.com`;
		const [{ skipped }] = await receive(outside, [`http://${name}:${portOf(canary)}/x.jpg`]);
		expect([skipped, reached]).toEqual([PRIVATE, []]);
	});

	test('this machine is refused as the target of a redirect', async () => {
		(jest.spyOn(dns, 'lookup') as unknown as jest.Mock).mockResolvedValue([
			{ address: '127.0.0.1', family: 4 },
		]);
		const location = `http://moved.example.com:${portOf(canary)}/x.jpg`;
		behavior['/moved'] = (response) => response.writeHead(302, { location }).end();
		const [{ skipped }] = await receive(sandbox, [`${base()}/moved`]);
		expect([skipped, reached]).toEqual([PRIVATE, []]);
	});
});

describe('servers that send what they like', () => {
	const zeros = Buffer.alloc(50_000_000);
	const bomb = (encoding: string, body: Buffer) => (response: ServerResponse) =>
		void response.writeHead(200, { ...IMAGE, 'content-encoding': encoding }).end(body);
	const whole = (headers: Row, body: Buffer | string = 'x', status = 200) => {
		return (response: ServerResponse) => void response.writeHead(status, headers as never).end(body);
	};
	const BROKEN = 'its server stopped sending, or sent unreadable data';
	const TYPE = /^files of type ".{1,100}" aren't downloaded$/;
	const endless = (response: ServerResponse) => {
		response.writeHead(200, IMAGE);
		const more = () => {
			while (!response.destroyed && response.write(Buffer.alloc(65_536)));
		};
		response.on('drain', more);
		more();
	};
	const cutOff = (response: ServerResponse) => {
		response.writeHead(200, { ...IMAGE, 'content-length': '1000' }).write('x');
		setTimeout(() => response.destroy(), 20);
	};
	const badChunks = (response: ServerResponse) =>
		void response.socket?.end(
			'HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
		);

	test.each<[string, (response: ServerResponse) => void, string | RegExp]>([
		['a gzip bomb', bomb('gzip', gzipSync(zeros)), 'it is too large'],
		['a brotli bomb', bomb('br', brotliCompressSync(zeros)), 'it is too large'],
		['a deflate bomb', bomb('deflate', deflateSync(zeros)), 'it is too large'],
		['gzip that is none', bomb('gzip', Buffer.from('not compressed')), BROKEN],
		['a stream without an end', endless, 'it is too large'],
		['a file that is too large', whole(IMAGE, Buffer.alloc(300_000)), 'it is too large'],
		[
			'a length that is too large',
			whole({ ...IMAGE, 'content-length': '300000' }, Buffer.alloc(300_000)),
			'it is too large',
		],
		['a connection that is cut off', cutOff, BROKEN],
		['chunks that are none', badChunks, BROKEN],
		['no HTTP', (response) => void response.socket?.end('hello\r\n\r\n'), "it couldn't be downloaded"],
		['no response', (response) => void response.socket?.destroy(), "it couldn't be downloaded"],
		['100 kB of headers', whole({ ...IMAGE, 'x-a': 'x'.repeat(100_000) }), "it couldn't be downloaded"],
		['HTML', whole({ 'content-type': 'text/html' }, Buffer.alloc(300_000)), TYPE],
		['HTML after an image', whole({ 'content-type': 'text/html; image/jpeg' }), TYPE],
		['no type', whole({}), TYPE],
		['a type with markup', whole({ 'content-type': 'image/<script>' }), TYPE],
		['a type of 10,000 characters', whole({ 'content-type': `image/${'x'.repeat(10_000)}` }), TYPE],
		['a program', whole({ 'content-type': 'application/octet-stream' }), TYPE],
		['HTTP status 404', whole(IMAGE, Buffer.alloc(300_000), 404), /HTTP status 404$/],
		['HTTP status 500', whole(IMAGE, Buffer.alloc(300_000), 500), /HTTP status 500$/],
	])('%s: skipped with a reason, and the connection is closed', async (_name, behave, reason) => {
		behavior['/x.jpg'] = behave;
		const before = process.memoryUsage().arrayBuffers;
		const [{ skipped }] = await receive(sandbox, [`${base()}/x.jpg`]);
		expect(skipped).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason));
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
		await noConnectionLeft();
	});

	/** The time limit of 20 seconds is over after a tenth of one. */
	const soon = () =>
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			const controller = new AbortController();
			setTimeout(() => controller.abort(), ms / 200);
			return controller.signal;
		});
	const drip = (response: ServerResponse) => {
		response.writeHead(200, IMAGE);
		const timer = setInterval(() => response.write('x'), 5);
		response.on('close', () => clearInterval(timer));
	};

	test.each<[string, (response: ServerResponse) => void, string]>([
		['a byte at a time', drip, BROKEN],
		['headers, then nothing', (response) => void response.writeHead(200, IMAGE).write('x'), BROKEN],
		['nothing', () => {}, "it couldn't be downloaded"],
		[
			'half a header',
			(response) => void response.socket?.write('HTTP/1.1 200 OK\r\nx'),
			"it couldn't be downloaded",
		],
	])('%s: ends after 20 seconds, and the connection is closed', async (_name, behave, reason) => {
		behavior['/slow.jpg'] = behave;
		const limits = soon();
		const [{ skipped }] = await receive(sandbox, [`${base()}/slow.jpg`]);
		expect(skipped).toBe(reason);
		const [asked] = limits.mock.calls.map(([ms]) => ms).filter((ms) => ms <= 20_000);
		expect(asked).toBeGreaterThan(15_000);
		await noConnectionLeft();
	});

	test('all files of a message share the 20 seconds', async () => {
		behavior['/slow.jpg'] = drip;
		soon();
		const start = Date.now();
		jest.spyOn(Date, 'now').mockImplementation(() => start + (performance.now() - began) * 200);
		const began = performance.now();
		const downloads = await receive(
			sandbox,
			Array.from({ length: 5 }, () => `${base()}/slow.jpg`),
		);
		jest.restoreAllMocks();
		// The second one may get what is left of the time.
		expect(downloads.slice(2).map(({ skipped }) => skipped)).toEqual(
			Array.from({ length: 3 }, () => 'the downloads took too long'),
		);
		await noConnectionLeft();
	});

	test('1,000 files of a message: ten requests, and no connection is left', async () => {
		let count = 0;
		behavior['/x.jpg'] = (response) => {
			count++;
			response.writeHead(200, { 'content-type': 'text/html' }).end(Buffer.alloc(300_000));
		};
		const downloads = await receive(
			sandbox,
			Array.from({ length: 1_000 }, () => `${base()}/x.jpg`),
		);
		expect([downloads.length, count]).toEqual([1_000, 10]);
		await noConnectionLeft();
	});
});

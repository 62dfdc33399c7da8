import dns from 'node:dns/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { until } from '../../../../sandbox/n8n/wait.mts';
import {
	MAIN,
	onRoute,
	sms,
	useWorld,
	type Row,
	type TriggerWorld,
} from '../../../support/trigger/world.mts';

/* What the media URLs of a message may lead to: a stranger can send any. */

const IMAGE = { 'content-type': 'image/jpeg' };

/** Writes so many kilobytes each time, until the connection is closed. */
const endless = (kilobytes: number, everyMs: number) => (response: ServerResponse) => {
	response.writeHead(200, IMAGE);
	const timer = setInterval(() => response.write(Buffer.alloc(kilobytes * 1024, 1)), everyMs);
	response.on('close', () => clearInterval(timer));
};
const compressed = (body: Buffer) => (response: ServerResponse) =>
	void response.writeHead(200, { ...IMAGE, 'content-encoding': 'gzip' }).end(body);
const redirect = (location: string) => (response: ServerResponse) =>
	void response.writeHead(302, { location }).end();

/** What servers do to whoever downloads from them. */
const HOSTILE: Record<string, (response: ServerResponse) => void> = {
	'/endless.jpg': endless(64, 1),
	'/slow.jpg': endless(0.01, 5),
	'/silent.jpg': () => {},
	'/headers-only.jpg': (response) => response.writeHead(200, IMAGE).flushHeaders(),
	'/bomb.jpg': compressed(gzipSync(Buffer.alloc(50 * 1024 * 1024))),
	'/bomb-in-bomb.jpg': compressed(gzipSync(gzipSync(Buffer.alloc(50 * 1024 * 1024)))),
	'/broken.jpg': compressed(Buffer.from('not compressed')),
	'/half.jpg': (response) => {
		response.writeHead(200, { ...IMAGE, 'content-length': '1000' }).write('half');
		setTimeout(() => response.destroy(), 20);
	},
	'/reset.jpg': (response) => void response.socket?.destroy(),
	'/no-type.jpg': (response) => void response.writeHead(200).end('picture'),
	'/script.jpg': (response) =>
		void response.writeHead(200, { 'content-type': 'image/../text/html' }).end('x'),
	'/to-private.jpg': redirect('http://10.0.0.1/x'),
	'/to-loopback.jpg': redirect('http://[::1]:1/x'),
	'/to-metadata.jpg': redirect('//169.254.169.254/latest/meta-data'),
	'/to-file.jpg': redirect('file:///etc/passwd'),
	'/to-nonsense.jpg': redirect('http://['),
};

let server: Server;
let base = '';
const files: Record<string, [status: number, headers: Record<string, string>, body: Buffer | string]> = {};
const sandbox = useWorld();
const outside = useWorld(
	{ publicUrl: 'https://n8n.example.com' },
	{ baseUrl: 'https://api.telegent.example' },
);

beforeAll(async () => {
	server = createServer((request, response) => {
		const hostile = HOSTILE[request.url ?? ''];
		if (hostile) return hostile(response);
		const [status, headers, body] = files[request.url ?? ''] ?? [404, {}, ''];
		response.writeHead(status, headers).end(body);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const image = IMAGE;
	Object.assign(files, {
		'/a%20b.jpg': [200, image, Buffer.from('picture')],
		'/moved.jpg': [302, { location: '/a%20b.jpg' }, ''],
		'/round.jpg': [302, { location: '/round.jpg' }, ''],
		'/page.html': [200, { 'content-type': 'text/html' }, '<html>'],
		'/large.jpg': [200, image, Buffer.alloc(300_000)],
		'/said.jpg': [200, { ...image, 'content-length': '300000' }, Buffer.alloc(300_000)],
	});
});
afterAll(() => void server.close());

/** A Telegent on this machine may give addresses of its own only. */
const trust = (of: TriggerWorld) =>
	(of.host.credentials.values = { ...of.host.credentials.values, baseUrl: base });

const receive = async (of: TriggerWorld, names: string[], options: Row = {}) => {
	of.host.withNetwork();
	await of.host.publish('one', onRoute(MAIN, { downloadMedia: true, largestMedia: 0.2, ...options }));
	if (of === sandbox) trust(of);
	const answer = await of.deliver(
		sms('Look', { MMS_Media_URL: names.map((name) => (name.startsWith('/') ? base + name : name)) }),
	);
	expect(answer).toMatchObject({ status: 200, started: true });
	const [item] = of.host.started[0].items;
	return { downloads: item.json.downloads as Row[], binary: item.binary ?? {} };
};

const connections = async () =>
	await new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));

test('pictures become binary fields, through redirects too', async () => {
	const { binary, downloads } = await receive(sandbox, ['/a%20b.jpg', '/moved.jpg']);
	expect(downloads).toEqual([
		{ url: `${base}/a%20b.jpg`, binary: 'media_0' },
		{ url: `${base}/moved.jpg`, binary: 'media_1' },
	]);
	expect(binary.media_0).toMatchObject({ mimeType: 'image/jpeg', fileName: 'a b.jpg' });
	expect(Buffer.from(binary.media_1.data, 'base64').toString()).toBe('picture');
});

test.each([
	['/gone.jpg', /responded with HTTP status 404/],
	['/page.html', /files of type "text\/html" aren't downloaded/],
	['/large.jpg', /too large/],
	['/said.jpg', /too large/],
	['/round.jpg', /redirects too many times/],
	['ftp://example.com/a.jpg', /isn't a plain http or https URL/],
	['http://user:pass@example.com/a.jpg', /isn't a plain http or https URL/],
	['nonsense', /its URL isn't valid/],
])('%s: skipped with the reason, and the message starts the workflow all the same', async (name, reason) => {
	const { binary, downloads } = await receive(sandbox, [name]);
	expect(binary).toEqual({});
	expect(downloads).toEqual([{ url: expect.any(String), skipped: expect.stringMatching(reason) }]);
});

const LATE = /couldn't be downloaded/;

describe('servers that do not want to be downloaded from', () => {
	/** All times are a hundredth, and a download may take 200 ms. */
	const inAHurry = () => {
		const timeout = AbortSignal.timeout.bind(AbortSignal);
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(Math.ceil(ms / 100)));
	};
	afterEach(() => jest.restoreAllMocks());

	test.each<[name: string, reason: RegExp]>([
		['/endless.jpg', /^it is too large$/],
		['/bomb.jpg', /^it is too large$/],
		['/slow.jpg', LATE],
		['/silent.jpg', LATE],
		['/headers-only.jpg', LATE],
		['/broken.jpg', LATE],
		['/half.jpg', LATE],
		['/reset.jpg', LATE],
		['/no-type.jpg', /^files of type "unknown" aren't downloaded$/],
		['/to-private.jpg', /^its URL is in a private network$/],
		['/to-loopback.jpg', /^its URL is in a private network$/],
		['/to-metadata.jpg', /^its URL is in a private network$/],
		['/to-file.jpg', /^its URL isn't a plain http or https URL$/],
		['/to-nonsense.jpg', /^its URL redirects to an invalid URL$/],
	])('%s: skipped with a reason of ours, and the connection is closed', async (name, reason) => {
		inAHurry();
		const { binary, downloads } = await receive(sandbox, [name]);
		expect(binary).toEqual({});
		expect(downloads).toEqual([{ url: base + name, skipped: expect.stringMatching(reason) }]);
		await until('the connection to be closed', async () => (await connections()) === 0, {
			seconds: 10,
			everyMs: 20,
		});
	});

	test('what is compressed twice is decompressed once', async () => {
		const { binary } = await receive(sandbox, ['/bomb-in-bomb.jpg']);
		expect(Buffer.from(binary.media_0.data, 'base64').length).toBeLessThan(200_000);
	});

	test('one that never ends costs the others nothing but their share of the time', async () => {
		const { downloads } = await receive(sandbox, ['/a%20b.jpg', '/endless.jpg', '/moved.jpg']);
		expect(downloads.map(({ binary }) => binary)).toEqual(['media_0', undefined, 'media_2']);
	});
});

test('no more than ten files', async () => {
	const { downloads } = await receive(
		sandbox,
		Array.from({ length: 12 }, () => '/a%20b.jpg'),
	);
	expect(downloads.filter(({ binary }) => binary)).toHaveLength(10);
});

const PRIVATE = 'its URL is in a private network';

test.each([
	'/a%20b.jpg',
	'http://10.0.0.1/x',
	'http://[::ffff:10.0.0.1]/x',
	'http://2130706433/x',
	'http://printer/x',
	'http://metadata.internal/',
	'http://db.localdomain/',
	'http://api.default.svc/',
	'http://wiki.intra/',
	'http://192.0.2.1/',
	'http://198.51.100.1/',
	'http://203.0.113.1/',
	'http://[2002:7f00:1::]/',
	'http://[2001:db8::1]/',
	'http://[2001:0:53aa:64c:0:fb:80ff:fffe]/',
	'http://0x7f.1/x',
	'http://0177.0.0.1/x',
	'http://127.1/x',
	'http://017700000001/x',
	'http://①②⑦.⓪.⓪.①/x',
	'http://１２７.0.0.1/x',
	'http://%31%32%37.0.0.1/x',
	'http://127.0.0.1./x',
	'http://LOCALHOST./x',
	'http://a.b.localhost/x',
	'http://169.254.169.254/latest/meta-data',
	'http://[::]/x',
	'http://[::ffff:7f00:1]/x',
	'http://[0:0:0:0:0:ffff:127.0.0.1]/x',
	'http://[64:ff9b::7f00:1]/x',
	'http://[fe80::1]/x',
	'http://[fd00::1]/x',
	'http://[ff02::1]/x',
	'http://example.com.internal./x',
	'http:/\\10.0.0.1/x',
	'http:10.0.0.1/x',
])('where Telegent is not on this machine, %s is not called', async (name) => {
	const { downloads } = await receive(outside, [name]);
	expect(downloads).toEqual([{ url: expect.any(String), skipped: PRIVATE }]);
});

test('where Telegent is on this machine, only its own port is called', async () => {
	const { port } = new URL(base);
	const { downloads } = await receive(sandbox, [
		`http://localhost:${port}/a%20b.jpg`,
		'http://127.0.0.1:1/x',
	]);
	for (const { skipped } of downloads) expect(skipped).toBe(PRIVATE);
});

test('a name that leads into the network is refused, one that leads nowhere is named', async () => {
	const lookup = jest.spyOn(dns, 'lookup') as unknown as jest.Mock;
	lookup.mockImplementation(async (name: string) => {
		if (name === 'gone.example.com') throw new Error('ENOTFOUND');
		return [{ address: '127.0.0.1', family: 4 }];
	});
	const { port } = new URL(base);
	const names = [`http://media.example.com:${port}/a%20b.jpg`, 'http://gone.example.com/x'];
	const { downloads } = await receive(outside, names);
	expect(downloads.map(({ skipped }) => skipped)).toEqual([PRIVATE, "its server can't be found"]);
	lookup.mockRestore();
});

test('an address with a % that encodes nothing gives its picture all the same', async () => {
	files['/100%.jpg'] = files['/a%20b.jpg'];
	const { binary, downloads } = await receive(sandbox, ['/100%.jpg']);
	expect(downloads).toEqual([{ url: `${base}/100%.jpg`, binary: 'media_0' }]);
	expect(binary.media_0).toMatchObject({ mimeType: 'image/jpeg' });
});

test('no connection of a refused download stays open', async () => {
	const names = ['/gone.jpg', '/page.html', '/large.jpg', '/said.jpg', '/moved-with-body.jpg'];
	files['/moved-with-body.jpg'] = [302, { location: '/gone.jpg' }, Buffer.alloc(300_000)];
	files['/page.html'] = [200, { 'content-type': 'text/html' }, Buffer.alloc(300_000)];
	files['/gone.jpg'] = [404, {}, Buffer.alloc(300_000)];
	await receive(sandbox, names);
	await until('all connections to be closed', async () => (await connections()) === 0, {
		seconds: 10,
		everyMs: 20,
	});
});

test('without the option, nothing is downloaded', async () => {
	await sandbox.host.publish('one', onRoute());
	await sandbox.deliver(sms('Look', { MMS_Media_URL: 'https://a.example/1.jpg' }));
	expect(sandbox.items[0]).toMatchObject({ media: ['https://a.example/1.jpg'] });
	expect(sandbox.items[0]).not.toHaveProperty('downloads');
});

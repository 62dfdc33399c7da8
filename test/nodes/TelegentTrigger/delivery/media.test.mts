import dns from 'node:dns/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
	MAIN,
	onRoute,
	sms,
	useWorld,
	type Row,
	type TriggerWorld,
} from '../../../support/trigger/world.mts';

/* Media of a message. What strangers' URLs may lead to is in mediaAttacks.test.mts. */

const IMAGE = { 'content-type': 'image/jpeg' };

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
		'/inside.jpg': [302, { location: 'http://127.0.0.2:9/secret.jpg' }, ''],
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
	['/inside.jpg', /in a private network/],
	['ftp://example.com/a.jpg', /isn't a plain http or https URL/],
	['http://user:pass@example.com/a.jpg', /isn't a plain http or https URL/],
	['nonsense', /its URL isn't valid/],
])('%s: skipped with the reason, and the message starts the workflow all the same', async (name, reason) => {
	const { binary, downloads } = await receive(sandbox, [name]);
	expect(binary).toEqual({});
	expect(downloads).toEqual([{ url: expect.any(String), skipped: expect.stringMatching(reason) }]);
});

test('no more than ten files', async () => {
	const { downloads } = await receive(
		sandbox,
		Array.from({ length: 12 }, () => '/a%20b.jpg'),
	);
	expect(downloads.filter(({ binary }) => binary)).toHaveLength(10);
});

const PRIVATE = 'its URL is in a private network';

test('where Telegent is not on this machine, nothing on this machine is called', async () => {
	const { downloads } = await receive(outside, ['/a%20b.jpg']);
	expect(downloads).toEqual([{ url: `${base}/a%20b.jpg`, skipped: PRIVATE }]);
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

test('without the option, nothing is downloaded', async () => {
	await sandbox.host.publish('one', onRoute());
	await sandbox.deliver(sms('Look', { MMS_Media_URL: 'https://a.example/1.jpg' }));
	expect(sandbox.items[0]).toMatchObject({ media: ['https://a.example/1.jpg'] });
	expect(sandbox.items[0]).not.toHaveProperty('downloads');
});

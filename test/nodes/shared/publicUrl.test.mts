import { isOnThisMachine, isPrivate, sameUrl, unreachable } from '../../../nodes/shared/publicUrl.ts';

describe('URLs that Telegent cannot reach', () => {
	const api = 'https://api.telegent.com';
	test.each([
		['http://localhost:5678/webhook/a/telegent', /localhost, because it's only available on this machine/],
		['https://127.0.0.1/webhook/a/telegent', /only available on this machine/],
		['https://[::1]/webhook/a/telegent', /only available on this machine/],
		['https://n8n.localhost/x/y', /only available on this machine/],
		['https://192.168.1.5/x/y', /only available in this network/],
		['https://10.1.2.3/x/y', /only available in this network/],
		['https://172.20.0.2/x/y', /only available in this network/],
		['https://100.64.0.1/x/y', /only available in this network/],
		['https://169.254.169.254/x/y', /only available in this network/],
		['https://[fd00::1]/x/y', /only available in this network/],
		['https://[fe80::1]/x/y', /only available in this network/],
		['https://[::ffff:192.168.0.1]/x/y', /only available in this network/],
		['https://n8n/x/y', /only available in this network/],
		['https://n8n.local/x/y', /only available in this network/],
		['http://n8n.example.com/x/y', /only sends webhooks to https URLs/],
	])('%s is unreachable', (url, reason) => expect(unreachable(url, api)).toMatch(reason));

	test.each([
		'https://n8n.example.com/webhook/a/telegent',
		'https://8.8.8.8/x/y',
		'https://[2606:4700::1]/x/y',
		'https://172.32.0.1/x/y',
	])('%s is reachable', (url) => expect(unreachable(url, api)).toBeUndefined());

	test('the local sandbox may call local URLs', () => {
		expect(unreachable('http://localhost:5678/x/y', 'http://127.0.0.1:4010')).toBeUndefined();
		expect([
			isOnThisMachine('http://[::1]:4010'),
			isOnThisMachine('https://127.0.0.1.example.com'),
			isOnThisMachine('x'),
		]).toEqual([true, false, false]);
	});

	test.each(['localhost.', 'LOCALHOST', '0.0.0.0', '[::]', '[64:ff9b::a00:1]', '224.0.0.1', '[ff02::1]'])(
		'host %s is private',
		(host) => expect(isPrivate(host)).toBe(true),
	);
});

test('a value that is not text is no URL, and the same as none that is', () => {
	expect(sameUrl({ text: 'https://n8n.example' }, 'https://n8n.example')).toBe(false);
	expect(sameUrl(null, null)).toBe(true);
	expect(sameUrl(null, '')).toBe(true);
	expect(sameUrl(null, 'https://n8n.example')).toBe(false);
	expect(sameUrl('https://n8n.example/', 'https://n8n.example/')).toBe(true);
});

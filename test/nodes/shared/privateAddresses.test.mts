import { isPrivate } from '../../../nodes/shared/publicUrl.ts';

/** The first and the last address of each range of RFC 6890 that counts as private, and their neighbors outside. */
test.each([
	['0.0.0.0', '0.255.255.255', undefined, '1.0.0.0'],
	['10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
	['100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
	['127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
	['169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
	['172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
	['192.0.0.0', '192.0.255.255', '191.255.255.255', '192.1.0.0'],
	['192.88.99.0', '192.88.99.255', '192.88.98.255', '192.88.100.0'],
	['192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
	['198.18.0.0', '198.19.255.255', '198.17.255.255', '198.20.0.0'],
	['198.51.100.0', '198.51.100.255', '198.51.99.255', '198.51.101.0'],
	['203.0.113.0', '203.0.113.255', '203.0.112.255', '203.0.114.0'],
	['224.0.0.0', '255.255.255.255', '223.255.255.255', undefined],
])('%s to %s is private, its neighbors are public', (first, last, before, after) => {
	expect([first, last].map(isPrivate)).toEqual([true, true]);
	expect([before, after].map((host) => host !== undefined && isPrivate(host))).toEqual([false, false]);
});

test('a dot at the end makes no name public', () => {
	expect(['printer.local.', 'nas.', 'printer.local', 'example.com.'].map(isPrivate)).toEqual([
		true,
		true,
		true,
		false,
	]);
});

test('6to4, Teredo and documentation addresses are not public', () => {
	const hosts = ['[2002:a00:1::]', '[2001::1]', '[2001:db8::1]', '[2606:4700::1111]'];
	expect(hosts.map(isPrivate)).toEqual([true, true, true, false]);
});

test('an IPv4 address inside an IPv6 address is judged by its IPv4 range', () => {
	expect(['[::ffff:a00:1]', '[64:ff9b::a00:1]', '[::ffff:808:808]'].map(isPrivate)).toEqual([
		true,
		true,
		false,
	]);
});

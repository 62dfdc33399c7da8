/**
 * Why Telegent cannot call this URL, or undefined if it can. Telegent needs https and a public host name; the local
 * sandbox can call this machine.
 * @param baseUrl the credential's Base URL
 */
export function unreachable(webhookUrl: string, baseUrl: string): string | undefined {
	if (isOnThisMachine(baseUrl)) return undefined;
	const { hostname, protocol } = new URL(webhookUrl);
	if (isLoopback(hostname))
		return `Telegent can't reach ${hostname}, because it's only available on this machine`;
	if (isPrivate(hostname))
		return `Telegent can't reach ${hostname}, because it's only available in this network`;
	return protocol === 'https:'
		? undefined
		: 'Telegent only sends webhooks to https URLs, and this one starts with http';
}

/** Whether two URLs are the same; Telegent may return a URL in another spelling. */
export function sameUrl(a: unknown, b: unknown): boolean {
	const [one, other] = [a ?? '', b ?? ''];
	return typeof one === 'string' && typeof other === 'string' && plainUrl(one) === plainUrl(other);
}

/** The normalized form in which URLs are compared. */
export function plainUrl(url: string | null): string {
	return (url !== null && URL.canParse(url) ? new URL(url).href : (url ?? '')).replace(/\/+$/, '');
}

/** Whether a URL is on this machine, like that of the local sandbox. */
export function isOnThisMachine(url: string): boolean {
	try {
		return isLoopback(new URL(url).hostname);
	} catch {
		return false;
	}
}

/** Whether a host name, as `URL` gives it, cannot be reached from outside: private, local or reserved. */
export function isPrivate(hostname: string): boolean {
	const host = withoutEmptyLabels(hostname).toLowerCase();
	if (isLoopback(host)) return true;
	if (host.startsWith('[')) return isPrivateV6(host.slice(1, -1));
	if (/^\d+(\.\d+){3}$/.test(host)) return isPrivateV4(host.split('.').map(Number));
	return (
		!host.includes('.') ||
		/\.(localhost|localdomain|local|internal|intranet|intra|private|lan|home|corp|svc|test|home\.arpa)$/.test(
			host,
		)
	);
}

/** The same for an IP address as resolvers give it: IPv6 without brackets, perhaps with a zone. */
export function isPrivateAddress(address: string): boolean {
	const host = address.includes(':') ? `[${address.split('%')[0]}]` : address;
	return !URL.canParse(`http://${host}`) || isPrivate(new URL(`http://${host}`).hostname);
}

function isLoopback(hostname: string): boolean {
	return /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/i.test(withoutEmptyLabels(hostname));
}

/** Without dots at its end: `localhost.` is the same host, and resolvers differ about `localhost..`. */
const withoutEmptyLabels = (hostname: string) => hostname.split('.').filter(Boolean).join('.');

/** Private, local, reserved and documentation ranges (RFC 6890): the first address and the prefix length of each. */
const PRIVATE_V4: Array<[network: string, prefix: number]> = [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 16],
	['192.88.99.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 3],
];

const toNumberV4 = (octets: number[]) => octets.reduce((number, octet) => number * 256 + octet, 0);

function isPrivateV4(octets: number[]): boolean {
	const address = toNumberV4(octets);
	return PRIVATE_V4.some(([network, prefix]) => {
		const size = 2 ** (32 - prefix);
		return Math.floor(address / size) === Math.floor(toNumberV4(network.split('.').map(Number)) / size);
	});
}

/**
 * Within 2000::/3, whose addresses are public: 2001::/23 (Teredo, benchmarks, ORCHID), 2002::/16 (6to4), and for
 * documentation 2001:db8::/32 and 3fff::/20. Teredo and 6to4 embed another address.
 */
const NOT_PUBLIC_V6 = /^(2001:(1?[0-9a-f]{0,2}|db8):|2002:|3fff:[0-9a-f]{0,3}:)/;

function isPrivateV6(host: string): boolean {
	// IPv4 inside IPv6: `URL` writes ::ffff:10.0.0.1 as ::ffff:a00:1, and 64:ff9b:: is the same behind a translator.
	const inside = /^(?:::ffff:|::|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
	if (inside) {
		const [high, low] = inside.slice(1).map((part) => parseInt(part, 16));
		return isPrivateV4([high >> 8, high & 255, low >> 8, low & 255]);
	}
	return !/^[23][0-9a-f]{3}:/.test(host) || NOT_PUBLIC_V6.test(host);
}

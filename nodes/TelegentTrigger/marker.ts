import { plainUrl } from './address';
import { digest, seal, unseal } from './secrets';

/** What a message route calls: one of its two addresses with everything that belongs to it. */
export interface Target {
	url: string | null;
	method: string | null;
	authentication: string | null;
	username: string | null;
	password: string | null;
}

/** One who had an address of a route before it was taken over. */
export interface Layer {
	target: Target;
	/** Telegent did not show its password, so it cannot be put back. */
	lost?: boolean;
	/** The n8n workflow that it is, if it is one of ours. */
	workflow?: string;
}

/** The routes that numbers had before they were moved to a route of our own. */
export type NumbersBefore = Record<string, string | null>;

/** What a registration must know to undo itself. */
export interface Keepsake {
	/** Who had the address before, the latest first. Empty for a route that we made. */
	layers: Layer[];
	/** Only in a route that we made. */
	numbers?: NumbersBefore;
}

export interface Marker {
	workflow: string;
	/** Undefined where it is not there, or was sealed with another account secret. */
	keepsake?: Keepsake;
	/** Somebody changed the address and left our user name in place. */
	stale: boolean;
}

/**
 * The user name of a route that a workflow holds, for example `n8n workflow 8Zk… | bGl0dGxl…`: readable for people
 * at Telegent, and sealed behind the bar what is needed to undo it. Bearer authentication has no use for a user
 * name, so this costs nothing, and it is written in the same call as the takeover itself.
 * @param url the address that the route calls while this is its user name
 */
export function writeMarker(
	workflow: string,
	url: string | null,
	keepsake: Keepsake,
	accountSecret: string,
): string {
	return `${shortMarker(workflow)} | ${seal(pack(url, keepsake), accountSecret)}`;
}

/** The readable part alone, for a Telegent that takes no long user names. */
export function shortMarker(workflow: string): string {
	return `n8n workflow ${workflow}`;
}

/** Who holds the route with this user name; undefined when it is none of ours. */
export function readMarker(
	username: string | null,
	url: string | null,
	accountSecret: string,
): Marker | undefined {
	const [, workflow, sealed] = /^n8n workflow (\S+)(?: \| (\S+))?$/.exec(username ?? '') ?? [];
	if (workflow === undefined) return undefined;
	const content = sealed === undefined ? undefined : unpack(unseal(sealed, accountSecret));
	return {
		workflow,
		keepsake: content?.keepsake,
		stale: content !== undefined && content.about !== about(url),
	};
}

type PackedLayer = [...values: Array<string | null>, workflow: string, lost: number];
type Packed = [about: string, layers: PackedLayer[], numbers?: Array<[route: string | null, string[]]>];

const about = (url: string | null) => digest(plainUrl(url)).slice(0, 8);

/** Short, because nobody knows how long a user name may be: no keys, and routes of numbers once each. */
function pack(url: string | null, { layers, numbers }: Keepsake): Packed {
	const packed = layers.map(
		({ target, workflow, lost }): PackedLayer => [
			target.url,
			target.method,
			target.authentication,
			target.username,
			target.password,
			workflow ?? '',
			lost ? 1 : 0,
		],
	);
	if (!numbers) return [about(url), packed];
	const routes = [...new Set(Object.values(numbers))];
	const grouped = routes.map((route): [string | null, string[]] => [
		route,
		Object.keys(numbers).filter((number) => numbers[number] === route),
	]);
	return [about(url), packed, grouped];
}

function unpack(content: unknown): { about: string; keepsake: Keepsake } | undefined {
	if (!Array.isArray(content)) return undefined;
	const [address, packed, grouped] = content as Packed;
	const layers = packed.map((values): Layer => {
		const [url, method, authentication, username, password, workflow, lost] = values as Array<string | null>;
		return {
			target: { url, method, authentication, username, password },
			...(workflow && { workflow }),
			...(lost && { lost: true }),
		};
	});
	const numbers =
		grouped &&
		Object.fromEntries(grouped.flatMap(([route, members]) => members.map((number) => [number, route])));
	return { about: address, keepsake: { layers, ...(numbers && { numbers }) } };
}

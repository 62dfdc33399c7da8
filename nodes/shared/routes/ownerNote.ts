import { plainUrl } from '../publicUrl';
import { digest, seal, sealedLength, unseal } from '../secrets';
import { cleanWorkflowName, shortened } from './workflowName';

/** What a message route calls: one of its two addresses with everything that belongs to it. */
export interface AddressSettings {
	url: string | null;
	method: string | null;
	authentication: string | null;
	username: string | null;
	password: string | null;
}

/** One who had an address of a route before it was taken over. */
export interface PreviousOwner {
	settings: AddressSettings;
	/** Telegent did not show its password, so it cannot be put back. */
	lost?: boolean;
	/** The n8n workflow that it is, if it is one of ours. */
	workflow?: string;
	/** That workflow's name, where its note had one. */
	name?: string;
}

/** The routes that numbers had before they were moved to a route of our own. */
export type NumbersBefore = Record<string, string | null>;

/** What a registration must know to undo itself. */
export interface Backup {
	/** Who had the address before, the latest first. Empty for a route that we made. */
	previousOwners: PreviousOwner[];
	/** Only in a route that we made. */
	numbers?: NumbersBefore;
	/** The name that the workflow had when it was published, shortened where the note would be too long. */
	name?: string;
}

export interface OwnerNote {
	workflow: string;
	/** Undefined where it is not there, or was sealed with another account secret. */
	backup?: Backup;
	/** Somebody changed the address and left our user name in place. */
	stale: boolean;
}

const PREFIX = 'n8n workflow ';

/** Telegent's limit for the user names of webhooks (schema Webhook_Request); its pages name none for routes. */
const MAX_NOTE = 255;
/** Characters of a shortened name below which it tells nobody anything. */
const MIN_NAME = 4;

/**
 * The user name of a route that a workflow holds, for example `n8n workflow 8Zk… | bGl0dGxl…`: readable for people
 * at Telegent, and sealed behind the bar what is needed to undo it. Bearer authentication has no use for a user
 * name, so this costs nothing, and it is written in the same call as the takeover itself. The workflow's name is in
 * the sealed part, last, where versions that know no names overlook it.
 * @param url the address that the route calls while this is its user name
 */
export function formatOwnerNote(
	workflow: string,
	url: string | null,
	backup: Backup,
	accountSecret: string,
): string {
	const { name, ...rest } = backup;
	const lengthWith = (fitting?: string) =>
		ownerLabel(workflow).length + 3 + sealedLength(pack(url, { ...rest, name: fitting }));
	const fitting = fittingName(cleanWorkflowName(name), lengthWith);
	return `${ownerLabel(workflow)} | ${seal(pack(url, { ...rest, name: fitting }), accountSecret)}`;
}

/** As much of a name as does not make a note too long that is not too long without it. */
function fittingName(name: string, lengthWith: (name?: string) => number): string | undefined {
	if (name === '') return undefined;
	if (lengthWith() > MAX_NOTE || lengthWith(name) <= MAX_NOTE) return name;
	for (let length = Array.from(name).length - 1; length >= MIN_NAME; length--) {
		const short = shortened(name, length);
		if (lengthWith(short) <= MAX_NOTE) return short;
	}
	return undefined;
}

/** The readable part alone, for a Telegent that takes no long user names. */
export function ownerLabel(workflow: string): string {
	return `${PREFIX}${workflow}`;
}

/** Whether a user name is meant as an owner note, even one that cannot be parsed. */
export function isOwnerNote(username: unknown): boolean {
	return typeof username === 'string' && username.startsWith(PREFIX);
}

/** The readable parts of an owner note, without the account secret; undefined for any other user name. */
export function ownerIn(username: unknown): { workflow: string; sealed?: string } | undefined {
	const text = typeof username === 'string' ? username : '';
	const [, workflow, sealed] = /^n8n workflow (\S+)(?: \| (\S+))?$/.exec(text) ?? [];
	return workflow === undefined ? undefined : { workflow, sealed };
}

/** Who holds the route with this user name; undefined when it is none of ours. */
export function parseOwnerNote(
	username: string | null,
	url: string | null,
	accountSecret: string,
): OwnerNote | undefined {
	const owner = ownerIn(username);
	if (!owner) return undefined;
	const { sealed, workflow } = owner;
	const content = sealed === undefined ? undefined : unpack(unseal(sealed, accountSecret));
	return {
		workflow,
		backup: content?.keepsake,
		stale: content !== undefined && content.about !== about(url),
	};
}

/** Five values of the target; then, as far as needed, the workflow or an empty text, 1 where it is lost, and a name. */
type PackedOwner = Array<string | number | null>;
type PackedNumbers = Array<[route: string | null, string[]]>;
type Packed = [about: string, layers: PackedOwner[], numbers?: PackedNumbers | 0, name?: string];

const about = (url: string | null) => digest(plainUrl(url)).slice(0, 8);

/** Short, because nobody knows how long a user name may be: no keys, and routes of numbers once each. */
function pack(url: string | null, { previousOwners: owners, name, numbers }: Backup): Packed {
	const packed = owners.map(packLayer);
	if (name) return [about(url), packed, numbers ? byRoute(numbers) : 0, name];
	return numbers ? [about(url), packed, byRoute(numbers)] : [about(url), packed];
}

function packLayer({ lost, name, settings, workflow }: PreviousOwner): PackedOwner {
	const { authentication, method, password, url, username } = settings;
	const values = [url, method, authentication, username, password];
	if (!workflow && !lost) return values;
	return [...values, workflow ?? '', lost ? 1 : 0, ...(name ? [name] : [])];
}

function byRoute(numbers: NumbersBefore): PackedNumbers {
	const routes = [...new Set(Object.values(numbers))];
	return routes.map((route) => [route, Object.keys(numbers).filter((number) => numbers[number] === route)]);
}

function unpack(content: unknown): { about: string; keepsake: Backup } | undefined {
	if (!Array.isArray(content)) return undefined;
	const [address, packed, grouped, name] = content as Packed;
	const owners = packed.map((values): PreviousOwner => {
		const [url, method, authentication, username, password, workflow, lost, layerName] = values as Array<
			string | null
		>;
		return {
			settings: { url, method, authentication, username, password },
			...(workflow && { workflow }),
			...(lost && { lost: true }),
			...(layerName && { name: layerName }),
		};
	});
	const numbers =
		grouped &&
		Object.fromEntries(grouped.flatMap(([route, members]) => members.map((number) => [number, route])));
	return {
		about: address,
		keepsake: { previousOwners: owners, ...(numbers && { numbers }), ...(name && { name }) },
	};
}

import { plainUrl } from '../publicUrl';
import { digest, seal, sealedLength, unseal } from '../secrets';
import { cleanWorkflowName, shortened } from './workflowName';

/** One of the two addresses of a message route: URL, method and authentication. */
export interface AddressSettings {
	url: string | null;
	method: string | null;
	authentication: string | null;
	username: string | null;
	password: string | null;
}

/** A previous owner of a route address. */
export interface PreviousOwner {
	settings: AddressSettings;
	/** Telegent did not show the password, so it cannot be restored. */
	lost?: boolean;
	/** Its ID, if the owner was an n8n workflow with this node. */
	workflow?: string;
	/** The workflow's name, if its note contained one. */
	name?: string;
}

/** Previous routes of the numbers on a route that the trigger created. */
export type NumbersBefore = Record<string, string | null>;

/** What is needed to undo a registration. */
export interface Backup {
	/** Latest first. Empty for a route that the trigger created. */
	previousOwners: PreviousOwner[];
	/** Only for a route that the trigger created. */
	numbers?: NumbersBefore;
	/** The workflow's name when it was published, shortened to keep the note within its limit. */
	name?: string;
}

export interface OwnerNote {
	workflow: string;
	/** Undefined if missing, or sealed with another account secret. */
	backup?: Backup;
	/** The URL was changed while the owner note stayed in the username. */
	stale: boolean;
}

const PREFIX = 'n8n workflow ';

/** Telegent's limit for usernames of webhooks (schema Webhook_Request); none is documented for routes. */
const MAX_NOTE = 255;
/** Minimum length of a shortened name; a shorter one is not recognizable. */
const MIN_NAME = 4;

/**
 * The username of a route address that a workflow owns, for example `n8n workflow 8Zk… | bGl0dGxl…`: a readable label,
 * then the sealed backup. Bearer authentication does not use the username, so the note is stored in the same request
 * that takes the address. The workflow's name comes last in the sealed part, where versions that don't know it ignore
 * it.
 * @param url the URL that the note belongs to
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

/** The name, shortened so that it does not push the note over its limit. */
function fittingName(name: string, lengthWith: (name?: string) => number): string | undefined {
	if (name === '') return undefined;
	if (lengthWith() > MAX_NOTE || lengthWith(name) <= MAX_NOTE) return name;
	for (let length = Array.from(name).length - 1; length >= MIN_NAME; length--) {
		const short = shortened(name, length);
		if (lengthWith(short) <= MAX_NOTE) return short;
	}
	return undefined;
}

/** The readable part alone, for when Telegent rejects or cuts long usernames. */
export function ownerLabel(workflow: string): string {
	return `${PREFIX}${workflow}`;
}

/** Whether a username is an owner note, even one that cannot be parsed. */
export function isOwnerNote(username: unknown): boolean {
	return typeof username === 'string' && username.startsWith(PREFIX);
}

/** The parts of an owner note that need no account secret; undefined for any other username. */
export function ownerIn(username: unknown): { workflow: string; sealed?: string } | undefined {
	const text = typeof username === 'string' ? username : '';
	const [, workflow, sealed] = /^n8n workflow (\S+)(?: \| (\S+))?$/.exec(text) ?? [];
	return workflow === undefined ? undefined : { workflow, sealed };
}

/** The owner note in a username; undefined if it is not one. */
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
		backup: content?.backup,
		stale: content !== undefined && content.about !== about(url),
	};
}

/** The five settings; then, if needed, the workflow (or an empty text), 1 if the password is lost, and the name. */
type PackedOwner = Array<string | number | null>;
type PackedNumbers = Array<[route: string | null, string[]]>;
type Packed = [about: string, owners: PackedOwner[], numbers?: PackedNumbers | 0, name?: string];

const about = (url: string | null) => digest(plainUrl(url)).slice(0, 8);

/** Compact, because the limit for usernames is not documented: no keys, and each route of numbers only once. */
function pack(url: string | null, { previousOwners: owners, name, numbers }: Backup): Packed {
	const packed = owners.map(packOwner);
	if (name) return [about(url), packed, numbers ? byRoute(numbers) : 0, name];
	return numbers ? [about(url), packed, byRoute(numbers)] : [about(url), packed];
}

function packOwner({ lost, name, settings, workflow }: PreviousOwner): PackedOwner {
	const { authentication, method, password, url, username } = settings;
	const values = [url, method, authentication, username, password];
	if (!workflow && !lost) return values;
	return [...values, workflow ?? '', lost ? 1 : 0, ...(name ? [name] : [])];
}

function byRoute(numbers: NumbersBefore): PackedNumbers {
	const routes = [...new Set(Object.values(numbers))];
	return routes.map((route) => [route, Object.keys(numbers).filter((number) => numbers[number] === route)]);
}

function unpack(content: unknown): { about: string; backup: Backup } | undefined {
	if (!Array.isArray(content)) return undefined;
	const [address, packed, grouped, name] = content as Packed;
	const owners = packed.map((values): PreviousOwner => {
		const [url, method, authentication, username, password, workflow, lost, ownerName] = values as Array<
			string | null
		>;
		return {
			settings: { url, method, authentication, username, password },
			...(workflow && { workflow }),
			...(lost && { lost: true }),
			...(ownerName && { name: ownerName }),
		};
	});
	const numbers =
		grouped &&
		Object.fromEntries(grouped.flatMap(([route, members]) => members.map((number) => [number, route])));
	return {
		about: address,
		backup: { previousOwners: owners, ...(numbers && { numbers }), ...(name && { name }) },
	};
}

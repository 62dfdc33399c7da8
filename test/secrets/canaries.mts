import type { Json, Request } from '../../scripts/lib/contract.mts';

/* Values that nobody else uses, in the place of secrets, and how they are found wherever they end up. */

/** Has characters that every notation spells differently. */
const canary = (name: string) => `Canary~${name}/7+"ü=9`;

export const ACCOUNT_SECRET = canary('account');

/** Fields whose values are secrets, in the contract. */
const SECRET_FIELD = /(password|passwordtoken|authenticationtoken|secret|pin)$/i;

/** Digits only: a PIN has no others. */
const PIN = '7391046285';

/** A request with canaries in all fields that hold secrets. */
export function withCanaries({ body, query }: Request): Request {
	return { ...(query && { query: planted(query) }), ...(body && { body: planted(body) }) };
}

function planted(values: Json): Json {
	return Object.fromEntries(
		Object.entries(values).map(([key, value]) => {
			if (typeof value === 'object' && value !== null && !Array.isArray(value))
				return [key, planted(value as Json)];
			if (!SECRET_FIELD.test(key) || typeof value !== 'string' || value === '') return [key, value];
			return [key, /pin$/i.test(key) ? PIN : canary(key)];
		}),
	);
}

/** The canaries, or other secrets, in the body of a request. */
export function secretsOf(text: string): string[] {
	const found: string[] = [];
	const visit = (value: unknown, key = ''): void => {
		if (typeof value === 'object' && value !== null)
			for (const [inner, part] of Object.entries(value)) visit(part, inner);
		else if (SECRET_FIELD.test(key) && typeof value === 'string' && value.length >= 8) found.push(value);
	};
	if (text.startsWith('{')) visit(JSON.parse(text));
	return found;
}

/** How a text can be written. */
export const NOTATIONS: Record<string, (text: string) => string> = {
	plain: (text) => text,
	URL: encodeURIComponent,
	JSON: (text) => JSON.stringify(text).slice(1, -1),
	'JSON in JSON': (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
	base64: (text) => Buffer.from(text).toString('base64').replace(/=+$/, ''),
	base64url: (text) => Buffer.from(text).toString('base64url'),
	HTML: (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;'),
};

/** Each secret in a text, with its notation. */
export function findIn(text: string, secrets: Iterable<string>): string[] {
	return [...secrets].flatMap((secret) =>
		Object.entries(NOTATIONS)
			.filter(([, write]) => text.includes(write(secret)))
			.map(([notation]) => `${secret.slice(0, 40)} (${notation})`),
	);
}

import {
	createCipheriv,
	createDecipheriv,
	createHash,
	createHmac,
	hkdfSync,
	randomBytes,
	timingSafeEqual,
} from 'crypto';
import { BoundedMap } from '../../transport/boundedMap';
import { processState } from '../../transport/processState';

const MAX_KEYS = 200;
const keys = processState(new BoundedMap<string, Buffer>(MAX_KEYS));

/** Each use has its own key, so that a value made for one use is not valid for another. */
function key(accountSecret: string, use: 'iv' | 'manual' | 'route' | 'secret'): Buffer {
	// The token request trims whitespace that was pasted along, so the key must not depend on it.
	const secret = accountSecret.trim();
	const name = `${use} ${digest(secret)}`;
	const made = keys.get(name) ?? Buffer.from(hkdfSync('sha256', secret, '', `n8n-nodes-telegent ${use}`, 32));
	keys.set(name, made);
	return made;
}

/**
 * A new secret for a registration: its time, 128 random bits, and a MAC with a key from the account secret.
 * The MAC lets a process that never saw the secret verify it, for example after a crash.
 * @param holder whom it is made for; it is not valid for anyone else
 */
export function newSecret(accountSecret: string, holder: string, now: number): string {
	const time = Buffer.alloc(6);
	time.writeUIntBE(now, 0, 6);
	const seed = Buffer.concat([time, randomBytes(16)]).toString('base64url');
	return `${seed}.${mac(seed, accountSecret, holder)}`;
}

/** Whether `newSecret` made this secret with the same account secret for the same holder. */
export function verifySecret(secret: string, accountSecret: string, holder: string): boolean {
	const [seed, given = ''] = secret.split('.');
	return equalText(given, mac(seed, accountSecret, holder));
}

/** When `newSecret` made this secret, in milliseconds since 1970; undefined for anything else. Does not verify it. */
export function issuedAt(secret: string): number | undefined {
	if (!/^[\w-]{30}\.[\w-]{43}$/.test(secret)) return undefined;
	return Buffer.from(secret, 'base64url').readUIntBE(0, 6);
}

function mac(seed: string, accountSecret: string, holder: string): string {
	return createHmac('sha256', key(accountSecret, 'secret')).update(`${holder}\n${seed}`).digest('base64url');
}

/**
 * The token that a user enters at Telegent when 'Listen On' is Manual. It is derived from the account secret, so it is
 * not stored; a new account secret changes it.
 * @param trigger the unique part of the trigger's URL
 */
export function manualToken(accountSecret: string, trigger: string): string {
	const mac = createHmac('sha256', key(accountSecret, 'manual')).update(trigger).digest('base64url');
	return `n8n-telegent-${mac.slice(0, 32)}`;
}

/** The digest of a secret, which static data stores in its place. */
export function digest(secret: string): string {
	return createHash('sha256').update(secret).digest('base64');
}

/** Whether `known` is the digest of this secret. Takes the same time for every wrong one. */
export function isSecretOf(secret: string, known: string): boolean {
	const [given, wanted] = [Buffer.from(digest(secret)), Buffer.from(known)];
	return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** Whether two texts are equal. Takes the same time for every wrong one. */
export function equalText(a: string, b: string): boolean {
	return timingSafeEqual(Buffer.from(digest(a)), Buffer.from(digest(b)));
}

/** The secret in an `Authorization` header. Account webhooks name their scheme Token, routes Bearer. */
export function bearerOf(authorization: string | undefined): string | undefined {
	return /^(?:Bearer|Token)\s+(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** User name and password of a Basic `Authorization` header. */
export function basicOf(authorization: string | undefined): [user: string, password: string] | undefined {
	const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
	if (encoded === undefined) return undefined;
	const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
	return user === undefined ? undefined : [user, password];
}

/** Bytes of the initialization vector (12) and of the authentication tag (16). */
const SEAL_OVERHEAD = 28;

/**
 * Encrypts what must be restored later, such as the password of the previous URL, with a key from the account secret.
 * Deterministic, so that a route is restored exactly as it was: the initialization vector is a MAC of the content, so
 * it repeats only for the same content.
 */
export function seal(content: unknown, accountSecret: string): string {
	const text = JSON.stringify(content);
	const iv = createHmac('sha256', key(accountSecret, 'iv')).update(text).digest().subarray(0, 12);
	const cipher = createCipheriv('aes-256-gcm', key(accountSecret, 'route'), iv);
	const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The length of `seal`'s result for this content, in characters. */
export function sealedLength(content: unknown): number {
	const bytes = SEAL_OVERHEAD + Buffer.byteLength(JSON.stringify(content), 'utf8');
	return Math.ceil((bytes * 4) / 3);
}

/** The content of a sealed text; undefined if the account secret differs or the text was changed. */
export function unseal(text: string, accountSecret: string): unknown {
	const bytes = Buffer.from(text, 'base64url');
	if (bytes.length < SEAL_OVERHEAD) return undefined;
	const decipher = createDecipheriv('aes-256-gcm', key(accountSecret, 'route'), bytes.subarray(0, 12));
	decipher.setAuthTag(bytes.subarray(12, SEAL_OVERHEAD));
	try {
		return JSON.parse(
			Buffer.concat([decipher.update(bytes.subarray(SEAL_OVERHEAD)), decipher.final()]).toString('utf8'),
		);
	} catch {
		return undefined;
	}
}

import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { normalPath } from './contract.mts';

interface Issued {
	path: string;
	expires: number;
}

export interface Token {
	id: string;
	token: string;
	expires: number;
}

export type TokenCheck = { id?: string; problem?: 'invalid' | 'scope' };

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Issues and checks endpoint-scoped JWTs (HS256). Times are milliseconds of the virtual clock. */
export class TokenOffice {
	#secret = randomBytes(32);
	#issued = new Map<string, Issued>();

	issue(endpoint: string, accountKey: string, now: number, seconds: number): Token {
		const path = normalPath(new URL(endpoint).pathname);
		const id = randomUUID();
		const exp = Math.floor(now / 1000) + seconds;
		const claims = { sub: accountKey, scope: path, iat: Math.floor(now / 1000), exp, jti: id };
		const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
		this.#issued.set(id, { path, expires: exp * 1000 });
		return { id, token: `${signed}.${this.#signature(signed)}`, expires: exp * 1000 };
	}

	check(authorization: string | undefined, path: string, now: number): TokenCheck {
		const id = this.#verified(/^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
		const issued = id === undefined ? undefined : this.#issued.get(id);
		if (!issued || issued.expires <= now) return { id, problem: 'invalid' };
		return issued.path === normalPath(path) ? { id } : { id, problem: 'scope' };
	}

	/** Revokes the tokens of one endpoint, or all. Returns how many. */
	revoke(path?: string): number {
		const scope = path === undefined ? undefined : normalPath(path);
		const doomed = [...this.#issued].filter(([, issued]) => scope === undefined || issued.path === scope);
		for (const [id] of doomed) this.#issued.delete(id);
		return doomed.length;
	}

	#signature(signed: string): string {
		return createHmac('sha256', this.#secret).update(signed).digest('base64url');
	}

	/** The token's id when the signature is ours. */
	#verified(token: string): string | undefined {
		const [header, claims, signature] = token.split('.');
		if (!header || !claims || !signature) return undefined;
		const expected = Buffer.from(this.#signature(`${header}.${claims}`));
		const given = Buffer.from(signature);
		if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
		return (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { jti: string }).jti;
	}
}

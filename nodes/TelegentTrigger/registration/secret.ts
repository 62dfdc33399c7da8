import { digest, verifySecret, issuedAt, newSecret } from '../../shared/secrets';
import type { RegistrationContext } from './context';

/** A secret as static data remembers it. */
export interface KnownSecret {
	digest: string;
	madeAt: number;
}

/** A secret that nobody had before. */
export function freshSecret({
	accountSecret,
	holder,
}: RegistrationContext): KnownSecret & { secret: string } {
	const now = Date.now();
	const secret = newSecret(accountSecret, holder, now);
	return { secret, digest: digest(secret), madeAt: now };
}

/**
 * The secret that Telegent has, if requests with it will be recognised: static data knows it, or it proves itself.
 * Where Telegent does not show it, static data is believed.
 */
export function currentSecret(
	{ accountSecret, holder, stored }: RegistrationContext,
	shown: string | null,
): KnownSecret | undefined {
	const remembered = stored && { digest: stored.secretDigest, madeAt: stored.secretMadeAt };
	if (shown === null || shown === '' || /^[*•·●x]{3,}$/i.test(shown)) return remembered;
	if (remembered?.digest === digest(shown)) return remembered;
	const time = issuedAt(shown);
	if (time === undefined || !verifySecret(shown, accountSecret, holder)) return undefined;
	return { digest: digest(shown), madeAt: time };
}

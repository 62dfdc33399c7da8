import { digest, verifySecret, issuedAt, newSecret } from '../../shared/secrets';
import type { RegistrationContext } from './context';

/** A secret as cached in static data. */
export interface KnownSecret {
	digest: string;
	madeAt: number;
}

/** A new random secret. */
export function freshSecret({
	accountSecret,
	audience,
}: RegistrationContext): KnownSecret & { secret: string } {
	const now = Date.now();
	const secret = newSecret(accountSecret, audience, now);
	return { secret, digest: digest(secret), madeAt: now };
}

/**
 * The secret at Telegent, if this trigger accepts it: static data has its digest, or its MAC is valid. If Telegent masks
 * the secret, static data is trusted.
 */
export function currentSecret(
	{ accountSecret, audience, stored }: RegistrationContext,
	shown: string | null,
): KnownSecret | undefined {
	const cached = stored && { digest: stored.secretDigest, madeAt: stored.secretMadeAt };
	if (shown === null || shown === '' || /^[*•·●x]{3,}$/i.test(shown)) return cached;
	if (cached?.digest === digest(shown)) return cached;
	const time = issuedAt(shown);
	if (time === undefined || !verifySecret(shown, accountSecret, audience)) return undefined;
	return { digest: digest(shown), madeAt: time };
}

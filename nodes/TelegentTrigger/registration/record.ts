import type { RouteAddress } from '../../shared/routes/address';
import { type Backup, parseOwnerNote } from '../../shared/routes/ownerNote';
import type { Registration } from './config';
import type { RegistrationContext } from './context';
import type { KnownSecret } from './secret';

/** The static data entry for a registration with this secret. */
export function toRegistration(
	{ identity, listenMode }: RegistrationContext,
	{ digest, madeAt }: KnownSecret,
	found: Partial<Registration>,
): Registration {
	return {
		way: listenMode,
		test: identity.test,
		secretDigest: digest,
		secretMadeAt: madeAt,
		...found,
	} as Registration;
}

/** The backup from static data, for the case that the owner note at Telegent is gone. */
export function cachedBackup(
	{ accountSecret, stored, identity }: RegistrationContext,
	messageRouteId: string,
	address: RouteAddress,
): Backup | undefined {
	if (!stored || stored.messageRouteId !== messageRouteId || stored.slot !== address) return undefined;
	const note = parseOwnerNote(stored.marker ?? null, identity.url, accountSecret);
	return note?.stale ? undefined : note?.backup;
}

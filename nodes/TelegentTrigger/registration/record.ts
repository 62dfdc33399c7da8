import type { Slot } from '../../shared/routes/address';
import { type Keepsake, readMarker } from '../../shared/routes/ownerNote';
import type { Registration } from './config';
import type { Situation } from './context';
import type { KnownSecret } from './secret';

export function registrationOf(
	{ self, way }: Situation,
	{ digest, madeAt }: KnownSecret,
	found: Partial<Registration>,
): Registration {
	return { way, test: self.test, secretDigest: digest, secretMadeAt: madeAt, ...found } as Registration;
}

/** What static data still knows of what was displaced, where the note at Telegent is gone. */
export function copyOf(
	{ accountSecret, known, self }: Situation,
	messageRouteId: string,
	slot: Slot,
): Keepsake | undefined {
	if (!known || known.messageRouteId !== messageRouteId || known.slot !== slot) return undefined;
	const marker = readMarker(known.marker ?? null, self.url, accountSecret);
	return marker?.stale ? undefined : marker?.keepsake;
}

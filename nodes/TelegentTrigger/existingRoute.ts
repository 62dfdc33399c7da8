import type { IDataObject } from 'n8n-workflow';
import { sameUrl } from './address';
import { readMarker, type Keepsake, type Target } from './marker';
import { currentSecret, freshSecret, type KnownSecret } from './registrationSecret';
import { chosenRoute, refusal, type Registration, type Situation } from './situation';
import {
	fieldOf,
	isHeldBy,
	isOwnOtherForm,
	layersBelow,
	readHolding,
	taken,
	takenBriefly,
	unshown,
	type Holding,
	type Slot,
} from './slot';
import { endOf, isRefused, readRoute, writeRoute } from './telegent';

/** The address that a registration holds, if it is as the registration left it. Only asked where static data knows of one. */
export function heldRoute(
	situation: Situation,
	routes: IDataObject[],
): { messageRouteId: string; slot: Slot } | undefined {
	const { accountSecret, event, known, self } = situation;
	const messageRouteId = chosenRoute(situation.context);
	const slot = event.slot as Slot;
	const route = routes.find(({ MessageRouteId }) => MessageRouteId === messageRouteId);
	if (!route || known?.messageRouteId !== messageRouteId || known.slot !== slot) return undefined;
	const holding = readHolding(route, slot, accountSecret);
	const secret = currentSecret(situation, holding.target.password);
	return isHeldBy(self, holding) && isIntact(situation, holding, secret)
		? { messageRouteId, slot }
		: undefined;
}

/** What the chosen route is and whether it may be taken. @throws NodeOperationError where it may not */
export async function lookAtRoute(
	situation: Situation,
): Promise<{ messageRouteId: string; holding: Holding }> {
	const messageRouteId = chosenRoute(situation.context);
	if (messageRouteId === '') {
		throw refusal(situation, 'Choose the message route to listen to', 'Nothing was changed at Telegent.');
	}
	const route = await readRoute(situation.telegent, messageRouteId);
	const holding = readHolding(route, situation.event.slot as Slot, situation.accountSecret);
	const reason = whyNot(situation, holding);
	if (reason) throw refusal(situation, ...reason);
	return { messageRouteId, holding };
}

/** Points the route at the trigger, in one call that also stores what it displaces. */
export async function takeRoute(
	situation: Situation,
	messageRouteId: string,
	holding: Holding,
): Promise<Registration> {
	const { accountSecret, known, self } = situation;
	const { slot } = holding;
	const current = isHeldBy(self, holding) ? currentSecret(situation, holding.target.password) : undefined;
	const copy = copyOf(situation, messageRouteId, slot);
	if (current && isIntact(situation, holding, current)) {
		const marker = holding.keepsake || !copy ? holding.target.username : known?.marker;
		return registrationOf(situation, current, { messageRouteId, slot, marker: marker ?? undefined });
	}
	const secret = freshSecret(situation);
	const lostNote = isHeldBy(self, holding) && !holding.keepsake;
	const keepsake = lostNote && copy ? copy : { layers: layersBelow(holding, self) };
	const target = taken(self, secret.secret, keepsake, accountSecret);
	// Sealed with another account secret: nobody can read it now, but it must not be lost.
	if (lostNote && !copy && holding.target.username?.includes(' | '))
		target.username = holding.target.username;
	await writeMarked(situation, messageRouteId, slot, target);
	return registrationOf(situation, secret, { messageRouteId, slot, marker: target.username ?? undefined });
}

/** Writes the address of a route. Where Telegent does not keep the long user name, static data alone remembers. */
async function writeMarked(
	{ context, self, telegent }: Situation,
	routeId: string,
	slot: Slot,
	target: Target,
): Promise<void> {
	const field = fieldOf(slot, 'username');
	const brief = takenBriefly(self, target);
	const warn = () =>
		context.logger.warn(
			`Telegent does not keep the note about what message route ${routeId} called before: only this n8n remembers it now`,
		);
	const end = await endOf(writeRoute(telegent, routeId, slot, target));
	if ('error' in end) {
		if (!isRefused(end.error)) throw end.error;
		// Refused for another reason, it is refused again.
		await writeRoute(telegent, routeId, slot, brief);
		return warn();
	}
	const shown = field in end.answer ? end.answer : await readRoute(telegent, routeId);
	if (shown[field] === target.username) return;
	await writeRoute(telegent, routeId, slot, { username: brief.username });
	warn();
}

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
	if (known?.messageRouteId !== messageRouteId || known.slot !== slot) return undefined;
	const marker = readMarker(known.marker ?? null, self.url, accountSecret);
	return marker?.stale ? undefined : marker?.keepsake;
}

function isIntact({ self }: Situation, holding: Holding, secret: KnownSecret | undefined): boolean {
	const { authentication, method, url } = holding.target;
	const called =
		sameUrl(url, self.url) && /^post$/i.test(method ?? '') && /^bearer$/i.test(authentication ?? '');
	return secret !== undefined && called && holding.workflow === self.workflow;
}

const ALTERNATIVES =
	'For tests, choose New Route or Account Webhook in Listen On, unpublish the workflow for a while, or use the sandbox. Or turn on Allow Tests on a Published Route in the options.';

/** Why the trigger may not take this address: headline and what to do. Undefined where it may. */
function whyNot(situation: Situation, holding: Holding): [string, string] | undefined {
	const { options, self } = situation;
	const { keepsake, target, workflow } = holding;
	if (keepsake?.numbers) {
		return [
			`Workflow ${workflow} made this message route for itself`,
			'It goes away when that workflow is unpublished. Choose another route, or New Route in Listen On.',
		];
	}
	if (isHeldBy(self, holding)) return undefined;
	if (isOwnOtherForm(self, target.url, workflow)) {
		// What a test of our own has may be taken, but not what another had before it.
		const [before] = layersBelow(holding, self);
		if (!self.test) return before && heldByOther(situation, before);
		if (options.allowTests) return undefined;
		return [
			'The published workflow listens to this message route, and a test would take its messages',
			ALTERNATIVES,
		];
	}
	return workflow === undefined ? cannotGiveBack(situation, holding) : heldByOther(situation, holding);
}

function heldByOther(
	{ options, self }: Situation,
	{ target, workflow }: Pick<Holding, 'target' | 'workflow'>,
): [string, string] | undefined {
	const own = sameUrl(target.url, self.url) && workflow === self.workflow;
	if (workflow === undefined || own || (self.test ? options.allowTests : options.takeOver)) return undefined;
	const headline =
		workflow === self.workflow
			? 'Another trigger of this workflow listens to this message route'
			: `Workflow ${workflow} listens to this message route`;
	const where = `It is called at ${target.url}. A route can call one address only.`;
	return self.test
		? [headline, `${where} ${ALTERNATIVES}`]
		: [
				headline,
				`${where} Unpublish that workflow, choose another way to listen, or turn on Take Over in the options: the route goes back to it when this workflow is unpublished.`,
			];
}

function cannotGiveBack({ options }: Situation, { target }: Holding): [string, string] | undefined {
	const lost = unshown(target).join(' and ');
	if (lost === '' || options.takeOver) return undefined;
	return [
		`Telegent does not show the ${lost} that this message route uses now, so it could not be given back`,
		`The route calls ${target.url}. Turn on Take Over in the options to use it all the same: its ${lost} will have to be entered again at Telegent after.`,
	];
}

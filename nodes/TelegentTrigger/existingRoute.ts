import type { IDataObject } from 'n8n-workflow';
import { sameUrl } from './address';
import { readMarker, type Keepsake, type Target } from './marker';
import { currentSecret, freshSecret, type KnownSecret } from './registrationSecret';
import {
	chosenRoute,
	describeWorkflow,
	refusal,
	sandboxAdvice,
	type Registration,
	type Situation,
} from './situation';
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
import { endOf, isRecord, isRefused, readRoute, writeRoute } from './telegent';
import { hostOf, workflowLabel } from './workflowName';

/** The address that a registration holds, if it is as the registration left it. Only asked where static data knows of one. */
export function heldRoute(
	situation: Situation,
	routes: IDataObject[],
): { messageRouteId: string; slot: Slot } | undefined {
	const { accountSecret, event, known, self } = situation;
	const messageRouteId = chosenRoute(situation.context);
	const slot = event.slot as Slot;
	const route = routes.find(({ MessageRouteId }) => MessageRouteId === messageRouteId);
	if (!route || !known || known.messageRouteId !== messageRouteId || known.slot !== slot) return undefined;
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
	const displaced = lostNote && copy ? copy : { layers: layersBelow(holding, self) };
	const keepsake = { ...displaced, ...(self.name && { name: self.name }) };
	const target = taken(self, secret.secret, keepsake, accountSecret);
	// Sealed with another account secret: nobody can read it now, but it must not be lost.
	if (lostNote && !copy && holding.target.username?.includes(' | '))
		target.username = holding.target.username;
	await writeMarked(situation, messageRouteId, slot, target);
	announce(situation, messageRouteId, holding);
	return registrationOf(situation, secret, { messageRouteId, slot, marker: target.username ?? undefined });
}

/** Tells n8n's log whose messages the workflow receives now. The host alone: paths and queries can hold secrets. */
function announce({ context, self }: Situation, messageRouteId: string, holding: Holding): void {
	const { slot, target, workflow } = holding;
	if (isHeldBy(self, holding) || workflow !== undefined || !target.url) return;
	const what = slot === 'callback' ? 'delivery receipts' : 'inbound messages';
	context.logger.info(
		`Telegent: message route ${messageRouteId} delivers ${what} to workflow ${workflowLabel(self.workflow, self.name)} instead of to ${hostOf(target.url)}; unpublishing the workflow restores the previous URL`,
	);
}

/** Writes the address of a route. Where Telegent does not keep the long user name, static data alone remembers. */
async function writeMarked(situation: Situation, routeId: string, slot: Slot, target: Target): Promise<void> {
	const { context, self, telegent } = situation;
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
	const delivers = (route: unknown) =>
		isRecord(route) && sameUrl((route[fieldOf(slot, 'url')] ?? null) as string | null, target.url);
	const complete = delivers(end.answer) && field in end.answer;
	const shown = complete ? end.answer : await readRoute(telegent, routeId);
	if (!delivers(shown)) {
		throw refusal(
			situation,
			`Telegent accepted the new URL of message route ${routeId}, but still shows the previous one`,
			'So the workflow would receive nothing. Publish it again in a minute; if that does not help, ask Telegent.',
		);
	}
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
	if (!known || known.messageRouteId !== messageRouteId || known.slot !== slot) return undefined;
	const marker = readMarker(known.marker ?? null, self.url, accountSecret);
	return marker?.stale ? undefined : marker?.keepsake;
}

function isIntact({ self }: Situation, holding: Holding, secret: KnownSecret | undefined): boolean {
	const { authentication, method, url } = holding.target;
	const called =
		sameUrl(url, self.url) && /^post$/i.test(method ?? '') && /^bearer$/i.test(authentication ?? '');
	return secret !== undefined && called && holding.workflow === self.workflow;
}

const alternatives = (situation: Situation) =>
	`For tests, choose New Route or Account Webhook in Listen On, or unpublish the workflow for a while${sandboxAdvice(situation)}. Or add the option Allow Tests on a Published Route.`;

/** Why the trigger may not take this address: headline and what to do. Undefined where it may. */
function whyNot(situation: Situation, holding: Holding): [string, string] | undefined {
	const { options, self } = situation;
	const { keepsake, name, target, workflow } = holding;
	if (keepsake?.numbers && workflow !== undefined) {
		const { label, where } = describeWorkflow(situation, { workflow, name, url: target.url });
		return [
			`The message route was created by ${label} for itself (${where})`,
			'It is deleted when that workflow is unpublished. Choose another route, or New Route in Listen On.',
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
			alternatives(situation),
		];
	}
	return workflow === undefined ? cannotGiveBack(situation, holding) : heldByOther(situation, holding);
}

function heldByOther(
	situation: Situation,
	{ name, target, workflow }: Pick<Holding, 'name' | 'target' | 'workflow'>,
): [string, string] | undefined {
	const { options, self } = situation;
	const own = sameUrl(target.url, self.url) && workflow === self.workflow;
	if (workflow === undefined || own || (self.test ? options.allowTests : options.takeOver)) return undefined;
	const { label, where } = describeWorkflow(situation, { workflow, name, url: target.url });
	const headline =
		workflow === self.workflow
			? 'Another trigger of this workflow listens to this message route'
			: `The ${label} listens to this message route (${where})`;
	const rule = 'A route can deliver to one workflow only.';
	return self.test
		? [headline, `${rule} ${alternatives(situation)}`]
		: [
				headline,
				`${rule} Unpublish that workflow, choose another option in Listen On, or add the option Take Over: the route is given back to it when this workflow is unpublished.`,
			];
}

function cannotGiveBack({ options }: Situation, { target }: Holding): [string, string] | undefined {
	const lost = unshown(target).join(' and ');
	if (lost === '' || options.takeOver) return undefined;
	return [
		`Telegent does not show the ${lost} that this message route uses now, so it could not be restored`,
		`The route delivers to ${hostOf(target.url)}. To use it anyway, add the option Take Over: afterwards, enter the ${lost} at Telegent again.`,
	];
}

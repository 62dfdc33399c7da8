import { sleep, type IDataObject } from 'n8n-workflow';
import { sameUrl } from './address';
import { copyOf, registrationOf } from './existingRoute';
import { writeMarker, type Keepsake, type NumbersBefore } from './marker';
import { currentSecret, freshSecret } from './registrationSecret';
import type { Wanted } from './numberConflict';
import { refusal, type Registration, type Situation } from './situation';
import { isHeldBy, readHolding, renumbered, taken, type Holding } from './slot';
import {
	assignRoute,
	endOf,
	idOf,
	isUnsure,
	listRoutes,
	numbersOn,
	readNumber,
	readRoute,
	rewrite,
	unlessGone,
	writeRoute,
} from './telegent';
import { workflowLabel } from './workflowName';

/** How often to look, a second apart, for what Telegent may take a moment to show. */
const LOOKS = 3;

/** A route that this trigger made, with the numbers that it moved there. */
export interface OwnRoute {
	id: string;
	holding: Holding;
	numbers: NumbersBefore;
}

/** The route that this trigger made before, if there is one. */
export function ownRoute(situation: Situation, routes: IDataObject[]): OwnRoute | undefined {
	for (const route of routes) {
		const id = idOf(route, 'MessageRouteId');
		if (id === undefined) continue;
		const holding = readHolding(route, 'message', situation.accountSecret);
		const keepsake = holding.keepsake ?? copyOf(situation, id, 'message');
		const { numbers } = keepsake ?? {};
		if (numbers && isHeldBy(situation.self, holding)) return { id, holding, numbers };
	}
	return undefined;
}

/**
 * Makes the route and moves the numbers to it. What each number had before is stored in the route before the number
 * moves, so this can end anywhere and be taken up again.
 */
export async function takeNumbers(
	situation: Situation,
	wanted: Wanted[],
	routes: IDataObject[],
): Promise<Registration> {
	const found = ownRoute(situation, routes);
	const before = numbersBefore(situation, wanted, routes, found);
	// Others of ours took numbers from this route meanwhile: where they bring them back changes now.
	if (found) await leaveLines(situation, wanted, found, routes);
	const route = found ? await keep(situation, found, before) : await make(situation, before);
	for (const { number, on } of wanted) {
		if (on === route.messageRouteId) continue;
		await moveNumber(situation, number, route.messageRouteId);
		announce(situation, number.Number, on);
	}
	if (found) await drop(situation, found, before);
	return registrationOf(situation, route.secret, {
		messageRouteId: route.messageRouteId,
		slot: 'message',
		marker: markerOf(situation, before),
	});
}

/**
 * Moves a number to the trigger's route.
 * @throws NodeOperationError where Telegent accepts that and does not do it: the workflow would receive nothing
 */
async function moveNumber(situation: Situation, number: Wanted['number'], routeId: string): Promise<void> {
	const { telegent } = situation;
	const answer = await assignRoute(telegent, number, routeId);
	if (idOf(answer, 'MessageRouteId') === routeId) return;
	for (let look = 1; ; look++) {
		const now = await readNumber(telegent, number.Number);
		if (idOf(now, 'MessageRouteId') === routeId) return;
		if (look === LOOKS) break;
		await sleep(1_000);
	}
	throw refusal(
		situation,
		`Telegent accepted the new route of ${number.Number}, but the number is not on it`,
		'So this workflow would not receive its messages. Publish again in a minute; if that does not help, ask Telegent.',
	);
}

/** Tells n8n's log whose messages the workflow receives now. */
function announce({ context, self }: Situation, number: string, from: string | null): void {
	if (from === null) return;
	context.logger.info(
		`Telegent: messages to ${number} go to workflow ${workflowLabel(self.workflow, self.name)} instead of through message route ${from}; unpublishing the workflow moves the number back`,
	);
}

async function leaveLines(
	situation: Situation,
	wanted: Wanted[],
	{ id, numbers }: OwnRoute,
	routes: IDataObject[],
): Promise<void> {
	const here = wanted.filter(({ on }) => on === id).map(({ number }) => number.Number);
	const left = Object.entries(numbers).filter(([number]) => !here.includes(number));
	await correctOthers(situation, id, Object.fromEntries(left), routes);
}

/** Gives back numbers that are not wanted any more. */
async function drop(situation: Situation, { id, numbers }: OwnRoute, before: NumbersBefore): Promise<void> {
	const dropped = Object.entries(numbers).filter(([number]) => !(number in before));
	if (dropped.length === 0) return;
	for (const [number, home] of dropped) await sendHome(situation, number, id, home);
	await writeRoute(situation.telegent, id, 'message', { username: markerOf(situation, before) });
}

/** The route that each number comes back to: the one it is on, or the one it was on before it came to us. */
function numbersBefore(
	situation: Situation,
	wanted: Wanted[],
	routes: IDataObject[],
	found?: OwnRoute,
): NumbersBefore {
	const { known } = situation;
	// Somebody deleted our route: only static data knows where its numbers were before.
	const lost =
		known?.way === 'newRoute' && !routes.some(({ MessageRouteId }) => MessageRouteId === known.messageRouteId)
			? known.messageRouteId
			: undefined;
	const remembered = found?.numbers ?? (lost ? copyOf(situation, lost, 'message')?.numbers : undefined) ?? {};
	return Object.fromEntries(
		wanted.map(({ number, on }) => {
			const moved = on === found?.id || (lost !== undefined && (on === null || on === lost));
			return [number.Number, moved ? (remembered[number.Number] ?? null) : on];
		}),
	);
}

/** What our own route remembers: no previous URL, but where its numbers were. */
const keepsakeOf = ({ self }: Situation, numbers: NumbersBefore): Keepsake => ({
	layers: [],
	numbers,
	...(self.name && { name: self.name }),
});

const markerOf = (situation: Situation, numbers: NumbersBefore) =>
	writeMarker(
		situation.self.workflow,
		situation.self.url,
		keepsakeOf(situation, numbers),
		situation.accountSecret,
	);

async function make(situation: Situation, numbers: NumbersBefore) {
	const { telegent } = situation;
	const secret = freshSecret(situation);
	const body = newRoute(situation, secret.secret, numbers);
	const end = await endOf(telegent.call({ route: 'POST /v1.0/message/routes', body, safety: 'once' }));
	if ('error' in end && !isUnsure(end.error)) throw end.error;
	const id = 'answer' in end ? idOf(end.answer, 'MessageRouteId') : undefined;
	// Without an ID in the response, or without one at all, it may have been made all the same.
	const made = id ?? (await findMade(situation));
	if (made !== undefined) return { messageRouteId: made, secret };
	if ('error' in end) throw end.error;
	throw refusal(
		situation,
		'Telegent accepted the new message route, but returned no ID for it and does not list it',
		'No number was moved, so nothing changed for your messages. Publish again in a minute; if that does not help, ask Telegent.',
	);
}

function newRoute(situation: Situation, secret: string, numbers: NumbersBefore): IDataObject {
	const { accountSecret, context, options, self } = situation;
	const target = taken(self, secret, keepsakeOf(situation, numbers), accountSecret);
	return {
		RouteName: `n8n: ${context.getWorkflow().name ?? self.workflow}${self.test ? ' (test)' : ''}`.slice(
			0,
			100,
		),
		MessageUrl: target.url,
		MessageUrlMethod: target.method,
		MessageRouteEnabled: true,
		MessageAuthenticationType: target.authentication,
		MessageUsername: target.username,
		MessagePasswordToken: target.password,
		...(options.accountId && { AccountId: options.accountId }),
	};
}

/** The ID of the route that this trigger just made, by the account's list; Telegent may take a moment to show it. */
async function findMade(situation: Situation): Promise<string | undefined> {
	for (let look = 1; ; look++) {
		const routes = await listRoutes(situation.telegent, situation.options.accountId);
		const made = ownRoute(situation, routes) ?? (await ownRouteByUrl(situation, routes));
		if (made || look === LOOKS) return made?.id;
		await sleep(1_000);
	}
}

/** The list may not show what the route's own page shows: the note above all. */
async function ownRouteByUrl(situation: Situation, routes: IDataObject[]): Promise<OwnRoute | undefined> {
	const { self, telegent } = situation;
	for (const route of routes) {
		const id = idOf(route, 'MessageRouteId');
		if (id === undefined || !sameUrl((route.MessageUrl ?? null) as string | null, self.url)) continue;
		const whole = await unlessGone(readRoute(telegent, id));
		const own = whole && ownRoute(situation, [whole]);
		if (own) return own;
	}
	return undefined;
}

/** Makes sure that the route that is there stores what each number had before, and has a secret that is known. */
async function keep(situation: Situation, { holding, id, numbers }: OwnRoute, before: NumbersBefore) {
	const { accountSecret, self, telegent } = situation;
	const current = currentSecret(situation, holding.target.password);
	const all = { ...numbers, ...before };
	const same = Object.keys(all).every((number) => number in numbers && numbers[number] === all[number]);
	if (current && same && holding.keepsake) return { messageRouteId: id, secret: current };
	const secret = freshSecret(situation);
	const target = taken(self, secret.secret, keepsakeOf(situation, all), accountSecret);
	await writeRoute(telegent, id, 'message', current ? { username: target.username } : target);
	return { messageRouteId: id, secret: current ?? secret };
}

/**
 * Gives the numbers back and deletes the route: children before parents, and never with a number still on it.
 * @throws NodeOperationError where numbers are on it that somebody else put there
 */
export async function undoRoute(
	situation: Situation,
	{ id, numbers }: OwnRoute,
	routes: IDataObject[],
): Promise<void> {
	const { telegent } = situation;
	for (const [number, home] of Object.entries(numbers)) await sendHome(situation, number, id, home);
	await correctOthers(situation, id, numbers, routes);
	await refuseOccupied(situation, id, numbers);
	const body = { MessageRouteId: id };
	await unlessGone(telegent.call({ route: 'POST /v1.0/message/routes/delete', body, safety: 'idempotent' }));
	const gone = routes.findIndex(({ MessageRouteId }) => MessageRouteId === id);
	if (gone >= 0) routes.splice(gone, 1);
}

/** Gives a number its route back, unless somebody moved it elsewhere meanwhile. */
async function sendHome(
	{ context, telegent }: Situation,
	number: string,
	from: string,
	home: string | null,
): Promise<void> {
	const entry = await unlessGone(readNumber(telegent, number));
	if (!entry || entry.MessageRouteId !== from) return;
	if (home !== null && !(await unlessGone(readRoute(telegent, home)))) {
		context.logger.warn(`Message route ${home} is gone: ${number} cannot go back to it and has no route now`);
		home = null;
	}
	await assignRoute(telegent, { ...entry, Number: number }, home);
}

/** Another trigger of ours may have taken a number from this route: it must not bring it back here. */
async function correctOthers(
	{ accountSecret, telegent }: Situation,
	id: string,
	numbers: NumbersBefore,
	routes: IDataObject[],
): Promise<void> {
	for (const route of routes) {
		const holding = readHolding(route, 'message', accountSecret);
		const corrected = renumbered(holding, id, numbers);
		if (!corrected || holding.workflow === undefined) continue;
		const username = writeMarker(holding.workflow, holding.target.url, corrected, accountSecret);
		await rewrite(telegent, route, 'message', { username });
	}
}

/** Telegent may take a moment to move a number. */
async function refuseOccupied(situation: Situation, id: string, numbers: NumbersBefore): Promise<void> {
	for (let look = 1; ; look++) {
		const left = await numbersOn(situation.telegent, id);
		if (left.length === 0) return;
		const foreign = left.filter((number) => !(number in numbers));
		if (foreign.length > 0 || look === LOOKS) {
			throw refusal(
				situation,
				`${left.join(', ')} ${left.length === 1 ? 'is' : 'are'} still on the message route that this workflow made, so it was not deleted`,
				`Give ${left.length === 1 ? 'that number' : 'those numbers'} another route (Number → Update), then delete route ${id} (Message Route → Delete).`,
			);
		}
		await sleep(1_000);
	}
}

import { sleep, type IDataObject } from 'n8n-workflow';
import { sameUrl } from './address';
import { copyOf, registrationOf } from './existingRoute';
import { writeMarker, type NumbersBefore } from './marker';
import { currentSecret, freshSecret } from './registrationSecret';
import { chosenNumbers, refusal, type Registration, type Situation } from './situation';
import { isHeldBy, isOwnOtherForm, layersBelow, readHolding, renumbered, taken, type Holding } from './slot';
import {
	assignRoute,
	endOf,
	isUnsure,
	listRoutes,
	numbersOn,
	readNumber,
	readRoute,
	rewrite,
	unlessGone,
	writeRoute,
} from './telegent';

/** A route that this trigger made, with the numbers that it moved there. */
export interface OwnRoute {
	id: string;
	holding: Holding;
	numbers: NumbersBefore;
}

/** A number that shall come to the trigger, and whose route it is on now. */
interface Wanted {
	number: IDataObject & { Number: string };
	on: string | null;
}

/** The route that this trigger made before, if there is one. */
export function ownRoute(situation: Situation, routes: IDataObject[]): OwnRoute | undefined {
	for (const route of routes) {
		const id = route.MessageRouteId as string;
		const holding = readHolding(route, 'message', situation.accountSecret);
		const keepsake = holding.keepsake ?? copyOf(situation, id, 'message');
		const { numbers } = keepsake ?? {};
		if (numbers && isHeldBy(situation.self, holding)) return { id, holding, numbers };
	}
	return undefined;
}

/** The numbers that were chosen, as they are now. @throws NodeOperationError where one may not be moved */
export async function lookAtNumbers(situation: Situation, routes: IDataObject[]): Promise<Wanted[]> {
	const numbers = chosenNumbers(situation);
	if (numbers.length === 0) {
		throw refusal(situation, 'Choose the numbers to listen to', 'Nothing was changed at Telegent.');
	}
	const wanted: Wanted[] = [];
	for (const number of numbers) {
		const entry = (await readNumber(situation.telegent, number)) as Wanted['number'];
		const on = (entry.MessageRouteId ?? null) as string | null;
		await refuseTaken(situation, number, on, routes);
		wanted.push({ number: { ...entry, Number: number }, on });
	}
	return wanted;
}

/** A route of another account of the distributor is not in the list. */
async function routeOf(
	{ telegent }: Situation,
	id: string,
	routes: IDataObject[],
): Promise<IDataObject | undefined> {
	const listed = routes.find(({ MessageRouteId }) => MessageRouteId === id);
	const route = listed ?? (await unlessGone(readRoute(telegent, id)));
	if (route && !listed) routes.push(route);
	return route;
}

/** Moving a number takes its messages from the workflow that listens to its route. */
async function refuseTaken(
	situation: Situation,
	number: string,
	on: string | null,
	routes: IDataObject[],
): Promise<void> {
	const { accountSecret, options, self } = situation;
	const route = on === null ? undefined : await routeOf(situation, on, routes);
	if (!route) return;
	const holding = readHolding(route, 'message', accountSecret);
	const ownTest = !self.test && isOwnOtherForm(self, holding.target.url, holding.workflow);
	// What a test of our own has may be taken, but not what another had before it.
	if (ownTest && holding.keepsake?.numbers) {
		const before = holding.keepsake.numbers[number] ?? null;
		return before === on ? undefined : await refuseTaken(situation, number, before, routes);
	}
	const holder = ownTest ? layersBelow(holding, self)[0] : holding;
	if (holder?.workflow === undefined) return;
	const { target, workflow } = holder;
	if (workflow === self.workflow && sameUrl(target.url, self.url)) return;
	if (self.test ? options.allowTests : options.takeOver) return;
	throw refusal(
		situation,
		`${workflow === self.workflow ? 'This workflow' : `Workflow ${workflow}`} already gets the messages of ${number}`,
		self.test
			? 'A test would take them away. Choose another number, Account Webhook in Listen On, or the sandbox; or turn on Allow Tests on a Published Route in the options.'
			: 'Unpublish it, choose another number, or turn on Take Over in the options: the number goes back when this workflow is unpublished.',
	);
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
	const { telegent } = situation;
	const found = ownRoute(situation, routes);
	const before = numbersBefore(situation, wanted, routes, found);
	// Others of ours took numbers from this route meanwhile: where they bring them back changes now.
	if (found) await leaveLines(situation, wanted, found, routes);
	const route = found ? await keep(situation, found, before) : await make(situation, before);
	for (const { number, on } of wanted) {
		if (on !== route.messageRouteId) await assignRoute(telegent, number, route.messageRouteId);
	}
	if (found) await drop(situation, found, before);
	return registrationOf(situation, route.secret, {
		messageRouteId: route.messageRouteId,
		slot: 'message',
		marker: markerOf(situation, before),
	});
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

const markerOf = ({ accountSecret, self }: Situation, numbers: NumbersBefore) =>
	writeMarker(self.workflow, self.url, { layers: [], numbers }, accountSecret);

async function make(situation: Situation, numbers: NumbersBefore) {
	const { accountSecret, context, options, self, telegent } = situation;
	const secret = freshSecret(situation);
	const target = taken(self, secret.secret, { layers: [], numbers }, accountSecret);
	const body = {
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
	const end = await endOf(telegent.call({ route: 'POST /v1.0/message/routes', body, safety: 'once' }));
	if ('answer' in end)
		return { messageRouteId: (end.answer as IDataObject).MessageRouteId as string, secret };
	// It may have been made all the same.
	const made = isUnsure(end.error) && ownRoute(situation, await listRoutes(telegent, options.accountId));
	if (!made) throw end.error;
	return { messageRouteId: made.id, secret };
}

/** Makes sure that the route that is there stores what each number had before, and has a secret that is known. */
async function keep(situation: Situation, { holding, id, numbers }: OwnRoute, before: NumbersBefore) {
	const { accountSecret, self, telegent } = situation;
	const current = currentSecret(situation, holding.target.password);
	const all = { ...numbers, ...before };
	const same = Object.keys(all).every((number) => number in numbers && numbers[number] === all[number]);
	if (current && same && holding.keepsake) return { messageRouteId: id, secret: current };
	const secret = freshSecret(situation);
	const target = taken(self, secret.secret, { layers: [], numbers: all }, accountSecret);
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

const LOOKS = 3;

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

import type { IDataObject } from 'n8n-workflow';
import { ownWebhooks, removeWebhook } from './accountWebhook';
import { copyOf } from './existingRoute';
import type { Layer } from './marker';
import { ownRoute, undoRoute } from './newRoute';
import { chosenRoute, refusal, type Situation } from './situation';
import {
	isHeldBy,
	isOwnOtherForm,
	readHolding,
	release,
	SLOTS,
	type Release,
	type Self,
	type Slot,
} from './slot';
import { isTestRunning } from './tests';
import { endOf, idOf, listRoutes, listWebhooks, readRoute, rewrite, unlessGone } from './telegent';

/** What is at Telegent that may have to do with the trigger. */
export interface Surroundings {
	routes: IDataObject[];
	webhooks: IDataObject[];
}

/** What stays, because the trigger is about to use it. */
export interface Kept {
	messageRouteId?: string;
	slot?: Slot;
	ownRoute?: boolean;
	webhooks?: boolean;
}

/** Reads everything at Telegent that the trigger could have to do with. */
export async function lookAround(situation: Situation): Promise<Surroundings> {
	const { context, known, options, telegent } = situation;
	const accountId = options.accountId ?? known?.accountId;
	const listed = await listRoutes(telegent, accountId);
	for (const route of listed) refuseWithoutId(situation, route);
	const routes = listed.filter((route) => !lacksNote(situation, route));
	// The list is of one account, and may show less than a route's own page.
	const others = listed
		.filter((route) => !routes.includes(route))
		.map((route) => idOf(route, 'MessageRouteId'));
	for (const id of new Set([...others, known?.messageRouteId, chosenRoute(context)])) {
		if (!id || routes.some(({ MessageRouteId }) => MessageRouteId === id)) continue;
		const route = await unlessGone(readRoute(telegent, id));
		if (route) routes.push(route);
	}
	const identified = routes.filter((route) => idOf(route, 'MessageRouteId') !== undefined);
	return { routes: identified, webhooks: await listWebhooks(telegent, accountId) };
}

/** A route that the trigger has to do with can be neither changed nor restored without its ID. */
function refuseWithoutId(situation: Situation, route: IDataObject): void {
	const { accountSecret, self } = situation;
	const concerned = SLOTS.some((slot) => {
		const holding = readHolding(route, slot, accountSecret);
		return isHeldBy(self, holding) || holding.workflow === self.workflow;
	});
	if (!concerned || idOf(route, 'MessageRouteId') !== undefined) return;
	throw refusal(
		situation,
		`Telegent lists the message route "${String(route.RouteName ?? '')}", which delivers to this workflow, without its ID`,
		'It cannot be changed without. Nothing was changed. Try again; if that does not help, ask Telegent.',
	);
}

/** Whether a route calls the trigger and says nothing about what it called before. */
function lacksNote({ accountSecret, self }: Situation, route: IDataObject): boolean {
	return SLOTS.map((slot) => readHolding(route, slot, accountSecret)).some(
		(holding) => isHeldBy(self, holding) && holding.workflow === undefined,
	);
}

/** Undoes one thing. */
type Undo = () => Promise<void>;

/**
 * What has to be undone so that nothing of the trigger is left at Telegent except what is kept: on every route and
 * every webhook, whether static data knows of it or not. In production that includes tests of the same trigger that
 * nobody ended.
 */
export function leftovers(situation: Situation, surroundings: Surroundings, kept: Kept = {}): Undo[] {
	return forms(situation, surroundings).flatMap((self) => {
		const own = self === situation.self;
		const form = own ? situation : { ...situation, self, known: undefined };
		const webhooks = own && kept.webhooks ? [] : ownWebhooks(surroundings.webhooks, self);
		return [
			...webhooks.map((webhook) => async () => await removeWebhook(form, webhook)),
			...surroundings.routes.flatMap((route) => leftoversOn(form, route, surroundings.routes, kept, own)),
		];
	});
}

function leftoversOn(
	situation: Situation,
	route: IDataObject,
	routes: IDataObject[],
	kept: Kept,
	own: boolean,
): Undo[] {
	if (ownRoute(situation, [route])) {
		return own && kept.ownRoute ? [] : [async () => await undoMade(situation, route, routes)];
	}
	return SLOTS.filter((slot) => route.MessageRouteId !== kept.messageRouteId || slot !== kept.slot)
		.filter((slot) => releaseOf(situation, route, slot).kind !== 'nothing')
		.map((slot) => async () => await releaseSlot(situation, route, slot));
}

/** Undoes things, as many as possible. @returns what was not possible */
export async function undoAll(undos: Undo[]): Promise<Error[]> {
	const setbacks: Error[] = [];
	for (const undo of undos) {
		const end = await endOf(undo());
		if ('error' in end) setbacks.push(end.error as Error);
	}
	return setbacks;
}

async function undoMade(situation: Situation, route: IDataObject, routes: IDataObject[]): Promise<void> {
	// What was undone before may have changed where its numbers go.
	const made = ownRoute(situation, [route]);
	if (made) await undoRoute(situation, made, routes);
}

function releaseOf(situation: Situation, route: IDataObject, slot: Slot): Release {
	const { accountSecret, self } = situation;
	const holding = readHolding(route, slot, accountSecret);
	return release(holding, self, accountSecret, copyOf(situation, route.MessageRouteId as string, slot));
}

async function releaseSlot(situation: Situation, route: IDataObject, slot: Slot): Promise<void> {
	const { context, telegent } = situation;
	// What was undone before may have changed the route meanwhile.
	const result = releaseOf(situation, route, slot);
	if (result.kind === 'nothing') return;
	const id = route.MessageRouteId as string;
	const name = `Message route "${String(route.RouteName ?? id)}"`;
	if (result.kind === 'unknown') {
		throw new UnknownBefore(
			`${name} still calls this workflow: what it called before is not known any more. Enter its address again at Telegent (Message Route → Update, ${id}).`,
		);
	}
	await rewrite(telegent, route, slot, result.target);
	if (result.lost) {
		context.logger.warn(
			`${name} is given back, but Telegent never showed its password: enter it there again`,
		);
	}
}

/** A route cannot be given back because nobody knows any more what it called. */
export class UnknownBefore extends Error {}

/** The trigger, and its tests that nobody ended. A test never ends what is published. */
function forms(
	{ accountSecret, self, testIsCertain }: Situation,
	{ routes, webhooks }: Surroundings,
): Self[] {
	if (self.test || !testIsCertain) return [self];
	const layers: Layer[] = routes
		.flatMap((route) => SLOTS.map((slot) => readHolding(route, slot, accountSecret)))
		.filter((holding) => !isHeldBy(self, holding))
		.flatMap(({ keepsake, target, workflow }) => [{ target, workflow }, ...(keepsake?.layers ?? [])]);
	const urls = [
		...layers
			.filter(({ target, workflow }) => isOwnOtherForm(self, target.url, workflow))
			.map(({ target }) => target.url),
		...webhooks
			.filter(({ AuthenticationUsername: note, WebhookUrl }) => {
				const workflow = /^n8n workflow (\S+)$/.exec(String(note ?? ''))?.[1];
				return isOwnOtherForm(self, String(WebhookUrl ?? ''), workflow);
			})
			.map(({ WebhookUrl }) => String(WebhookUrl)),
	];
	const abandoned = urls.filter((url) => !isTestRunning(String(url), Date.now()));
	return [self, ...[...new Set(abandoned)].map((url): Self => ({ ...self, url: url as string, test: true }))];
}

import { NodeError, NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { takeWebhook } from './accountWebhook';
import { unreachable } from './address';
import { heldRoute, lookAtRoute, takeRoute } from './existingRoute';
import { exclusively } from './lock';
import { takeNumbers } from './newRoute';
import { lookAtNumbers } from './numberConflict';
import { leftovers, lookAround, undoAll, UnknownBefore, type Kept } from './releasing';
import {
	chosen,
	refusal,
	registrationsOf,
	situationOf,
	type Registration,
	type Situation,
} from './situation';
import { endOf } from './telegent';
import { testBegan, testEnded } from './tests';

/**
 * Whether Telegent calls the trigger already, exactly as it should, and nothing of it is left elsewhere. Where it
 * takes more than a look, `register` finds out.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const { way } = chosen(context);
	const known = registrationsOf(context)[context.getNodeWebhookUrl('default') as string];
	if (way !== 'existingRoute' || known?.way !== way) return false;
	const situation = await situationOf(context);
	return await forPerson(situation, async () => {
		const surroundings = await lookAround(situation);
		const kept = heldRoute(situation, surroundings.routes);
		return kept !== undefined && leftovers(situation, surroundings, kept).length === 0;
	});
}

/**
 * Makes Telegent call the trigger. May be repeated at any time, and after any crash: it reads first what is there.
 * @throws NodeOperationError where that would take something from somebody, before anything was changed
 */
export async function register(context: IHookFunctions): Promise<void> {
	if (chosen(context).way === 'manual') return;
	const situation = await situationOf(context);
	const { baseUrl, registrations, self } = situation;
	const reason = unreachable(self.url, baseUrl);
	if (reason) {
		throw refusal(
			situation,
			reason,
			`Set WEBHOOK_URL of this n8n to its public https address; now the webhook would be ${self.url}. Nothing was changed at Telegent.`,
		);
	}
	if (self.test) testBegan(self.url, Date.now());
	registrations[self.url] = await forPerson(situation, async () => await TAKE[situation.way](situation));
}

/**
 * Undoes everything that the trigger did at Telegent, and nothing else.
 * @throws NodeApiError or NodeOperationError with the first thing that was not possible; the rest is done
 */
export async function unregister(context: IHookFunctions): Promise<void> {
	const registrations = registrationsOf(context);
	const url = context.getNodeWebhookUrl('default') as string;
	testEnded(url);
	if (context.getNodeParameter('listenOn', '') === 'manual') return void delete registrations[url];
	const situation = await situationOf(context);
	// Refused before anything was done.
	if (!situation.known && unreachable(url, situation.baseUrl)) return;
	const setbacks = await forPerson(
		situation,
		async () => await undoAll(leftovers(situation, await lookAround(situation))),
	);
	if (setbacks.length > 0) throw nodeError(situation, setbacks[0]);
	delete registrations[url];
}

type Take = (situation: Situation) => Promise<Registration>;

const TAKE: Record<Exclude<Situation['way'], 'manual'>, Take> & Record<string, Take> = {
	async existingRoute(situation) {
		const { messageRouteId, holding } = await lookAtRoute(situation);
		await tidy(situation, { messageRouteId, slot: holding.slot });
		return await takeRoute(situation, messageRouteId, holding);
	},
	async newRoute(situation) {
		const { routes } = await tidy(situation, { ownRoute: true });
		return await takeNumbers(situation, await lookAtNumbers(situation, routes), routes);
	},
	async accountWebhook(situation) {
		const { webhooks } = await tidy(situation, { webhooks: true });
		return await takeWebhook(situation, webhooks);
	},
};

/** Ends what the trigger did before it was edited, or before a crash. */
async function tidy(situation: Situation, kept: Kept) {
	const surroundings = await lookAround(situation);
	const setbacks = await undoAll(leftovers(situation, surroundings, kept));
	const serious = setbacks.filter((error) => !(error instanceof UnknownBefore));
	for (const { message } of setbacks) situation.context.logger.warn(message);
	if (serious.length > 0) throw nodeError(situation, serious[0]);
	return surroundings;
}

/** Works on the account while no other registration of this process does; what goes wrong becomes an error of the node. */
async function forPerson<T>(situation: Situation, work: () => Promise<T>): Promise<T> {
	const end = await endOf(exclusively(situation.account, work));
	if ('answer' in end) return end.answer;
	throw nodeError(situation, end.error as Error);
}

function nodeError({ context }: Situation, error: Error): Error {
	return error instanceof NodeError ? error : new NodeOperationError(context.getNode(), error);
}

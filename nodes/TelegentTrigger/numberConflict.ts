import type { IDataObject } from 'n8n-workflow';
import { sameUrl } from './address';
import {
	chosenNumbers,
	describeWorkflow,
	refusal,
	sandboxAdvice,
	type OtherWorkflow,
	type Situation,
} from './situation';
import { isOwnOtherForm, layersBelow, readHolding } from './slot';
import { readNumber, readRoute, unlessGone } from './telegent';

/* Whether the numbers that a person chose may move to a route of the trigger's own. */

/** A number that shall come to the trigger, and whose route it is on now. */
export interface Wanted {
	number: IDataObject & { Number: string };
	on: string | null;
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
	const { name, target, workflow } = holder;
	if (workflow === self.workflow && sameUrl(target.url, self.url)) return;
	if (self.test ? options.allowTests : options.takeOver) return;
	throw alreadyTaken(situation, number, { name, url: target.url, workflow });
}

function alreadyTaken(situation: Situation, number: string, other: OtherWorkflow): Error {
	const { self } = situation;
	const { label, where } = describeWorkflow(situation, other);
	return refusal(
		situation,
		other.workflow === self.workflow
			? `This workflow already gets the messages of ${number}`
			: `The ${label} already gets the messages of ${number} (${where})`,
		self.test
			? `A test would take them away. Choose another number, or Account Webhook in Listen On${sandboxAdvice(situation)}. Or add the option Allow Tests on a Published Route.`
			: 'Unpublish that workflow, choose another number, or add the option Take Over: the number goes back when this workflow is unpublished.',
	);
}

import type { IDataObject } from 'n8n-workflow';
import { sameUrl } from '../../shared/publicUrl';
import {
	chosenNumbers,
	describeWorkflow,
	sandboxAdvice,
	type OtherWorkflow,
	type RegistrationContext,
} from './context';
import { registrationError } from './config';
import { isOtherModeOf, previousOwners, readOwnership } from './ownership';
import { readRoute } from '../../shared/routes/api';
import { readNumber } from '../../shared/routes/numbers';
import { ignoreNotFound } from '../../../transport/result';

/* Whether the numbers that a person chose may move to a route of the trigger's own. */

/** A number that shall come to the trigger, and whose route it is on now. */
export interface Wanted {
	number: IDataObject & { Number: string };
	on: string | null;
}

/** The numbers that were chosen, as they are now. @throws NodeOperationError where one may not be moved */
export async function readNumbers(ctx: RegistrationContext, routes: IDataObject[]): Promise<Wanted[]> {
	const numbers = chosenNumbers(ctx);
	if (numbers.length === 0) {
		throw registrationError(ctx, 'Choose the numbers to listen to', 'Nothing was changed at Telegent.');
	}
	const wanted: Wanted[] = [];
	for (const number of numbers) {
		const entry = (await readNumber(ctx.telegent, number)) as Wanted['number'];
		const on = (entry.MessageRouteId ?? null) as string | null;
		await refuseTaken(ctx, number, on, routes);
		wanted.push({ number: { ...entry, Number: number }, on });
	}
	return wanted;
}

/** A route of another account of the distributor is not in the list. */
async function routeOf(
	{ telegent }: RegistrationContext,
	id: string,
	routes: IDataObject[],
): Promise<IDataObject | undefined> {
	const listed = routes.find(({ MessageRouteId }) => MessageRouteId === id);
	const route = listed ?? (await ignoreNotFound(readRoute(telegent, id)));
	if (route && !listed) routes.push(route);
	return route;
}

/** Moving a number takes its messages from the workflow that listens to its route. */
async function refuseTaken(
	ctx: RegistrationContext,
	number: string,
	on: string | null,
	routes: IDataObject[],
): Promise<void> {
	const { accountSecret, options, identity } = ctx;
	const route = on === null ? undefined : await routeOf(ctx, on, routes);
	if (!route) return;
	const ownership = readOwnership(route, 'message', accountSecret);
	const ownTest = !identity.test && isOtherModeOf(identity, ownership.settings.url, ownership.workflow);
	// What a test of our own has may be taken, but not what another had before it.
	if (ownTest && ownership.backup?.numbers) {
		const before = ownership.backup.numbers[number] ?? null;
		return before === on ? undefined : await refuseTaken(ctx, number, before, routes);
	}
	const holder = ownTest ? previousOwners(ownership, identity)[0] : ownership;
	if (holder?.workflow === undefined) return;
	const { name, settings, workflow } = holder;
	if (workflow === identity.workflow && sameUrl(settings.url, identity.url)) return;
	if (identity.test ? options.allowTests : options.takeOver) return;
	throw alreadyTaken(ctx, number, { name, url: settings.url, workflow });
}

function alreadyTaken(ctx: RegistrationContext, number: string, other: OtherWorkflow): Error {
	const { identity } = ctx;
	const { label, where } = describeWorkflow(ctx, other);
	return registrationError(
		ctx,
		other.workflow === identity.workflow
			? `This workflow already gets the messages of ${number}`
			: `The ${label} already gets the messages of ${number} (${where})`,
		identity.test
			? `A test would take them away. Choose another number, or Account Webhook in Listen On${sandboxAdvice(ctx)}. Or add the option Allow Tests on a Published Route.`
			: 'Unpublish that workflow, choose another number, or add the option Take Over: the number goes back when this workflow is unpublished.',
	);
}

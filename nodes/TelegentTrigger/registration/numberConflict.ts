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
import { NOTHING_CHANGED } from '../../shared/wording';
import { isOtherModeOf, previousOwners, readOwnership, type Ownership } from './ownership';
import { readRoute } from '../../shared/routes/api';
import { readNumber } from '../../shared/routes/numbers';
import { ignoreNotFound } from '../../../transport/result';

/** A number to move to the trigger's own route, and the ID of its current route. */
export interface NumberAssignment {
	number: IDataObject & { Number: string };
	on: string | null;
}

/** Reads the chosen numbers. @throws NodeOperationError if one must not be moved */
export async function readNumbers(
	ctx: RegistrationContext,
	routes: IDataObject[],
): Promise<NumberAssignment[]> {
	const numbers = chosenNumbers(ctx);
	if (numbers.length === 0) {
		throw registrationError(
			ctx,
			"'Phone Number Names or IDs' is empty. Select at least one number",
			NOTHING_CHANGED,
		);
	}
	const assignments: NumberAssignment[] = [];
	for (const number of numbers) {
		const entry = (await readNumber(ctx.telegent, number)) as NumberAssignment['number'];
		const on = (entry.MessageRouteId ?? null) as string | null;
		await assertNotTaken(ctx, number, on, routes);
		assignments.push({ number: { ...entry, Number: number }, on });
	}
	return assignments;
}

/** Finds a route in the list or, if it belongs to another account of the distributor, reads it. */
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

/** @throws NodeOperationError if another workflow receives the messages of the number and may not lose them */
async function assertNotTaken(
	ctx: RegistrationContext,
	number: string,
	on: string | null,
	routes: IDataObject[],
): Promise<void> {
	const { accountSecret, identity } = ctx;
	const route = on === null ? undefined : await routeOf(ctx, on, routes);
	if (!route) return;
	const ownership = readOwnership(route, 'message', accountSecret);
	const ownTest = !identity.test && isOtherModeOf(identity, ownership.settings.url, ownership.workflow);
	// Production may take a number from its own test, but not from the workflow that owned it before the test.
	if (ownTest && ownership.backup?.numbers) {
		const before = ownership.backup.numbers[number] ?? null;
		return before === on ? undefined : await assertNotTaken(ctx, number, before, routes);
	}
	assertMayTake(ctx, number, ownTest ? previousOwners(ownership, identity)[0] : ownership);
}

/** @throws NodeOperationError if the owner of a number's route is another workflow and no option allows to take it */
function assertMayTake(
	ctx: RegistrationContext,
	number: string,
	owner: Pick<Ownership, 'name' | 'settings' | 'workflow'> | undefined,
): void {
	const { identity, options } = ctx;
	if (owner?.workflow === undefined) return;
	const { name, settings, workflow } = owner;
	if (workflow === identity.workflow && sameUrl(settings.url, identity.url)) return;
	if (identity.test ? options.allowTests : options.takeOver) return;
	throw numberTakenError(ctx, number, { name, url: settings.url, workflow });
}

function numberTakenError(ctx: RegistrationContext, number: string, other: OtherWorkflow): Error {
	const { identity } = ctx;
	const { label, where } = describeWorkflow(ctx, other);
	return registrationError(
		ctx,
		other.workflow === identity.workflow
			? `This workflow already receives the messages for ${number}`
			: `The ${label} already receives the messages for ${number} (${where})`,
		identity.test
			? `A test would intercept them. Select another number, or set 'Listen On' to Account Webhook${sandboxAdvice(ctx)}. You can also add the option 'Allow Tests on a Published Route'. ${NOTHING_CHANGED}`
			: `Unpublish that workflow, select another number, or add the option 'Take Over': messages to the number then start this workflow until you unpublish it. ${NOTHING_CHANGED}`,
	);
}

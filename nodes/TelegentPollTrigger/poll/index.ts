import {
	deepCopy,
	NodeApiError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';
import { connect } from '../../../transport/client';
import { processState } from '../../../transport/processState';
import { checkUsage, sampleUsage } from './dataUsage';
import { checkMessages, sampleMessage } from './messages';
import { checkOrders, sampleOrder } from './orders';
import { Check } from './check';

interface PollEvent {
	/** Looks for what is new, and keeps in `state` how far it came. Gives the items. */
	check(check: Check): Promise<IDataObject[]>;
	/** The newest of what there is, for a test in the editor. */
	sample(check: Check): Promise<IDataObject>;
}

const POLL_EVENTS = new Map<string, PollEvent>([
	['dataUsage', { check: checkUsage, sample: sampleUsage }],
	['messageReceived', { check: checkMessages, sample: sampleMessage }],
	['orderUpdate', { check: checkOrders, sample: sampleOrder }],
]);

/** Polls that are under way, by workflow and node: n8n starts the next one although the last has not ended. */
const underWay = processState(new Set<string>());

/**
 * Checks Telegent once: null if there is nothing new. A test in the editor gets the newest there is, and changes nothing.
 *
 * n8n stores static data when a workflow is published and with each execution that a poll starts, in between they are
 * in memory only. So after a restart, a poll sees again what began after the last execution.
 * @throws NodeApiError if Telegent can't be reached; then the next poll checks the same again
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const event = eventFor(context);
	if (context.getMode() === 'manual') {
		const sample = await event.sample(new Check(context, await connect(context), {}));
		return [context.helpers.returnJsonArray([sample])];
	}
	const key = `${context.getWorkflow().id} ${context.getNode().id}`;
	if (underWay.has(key)) return null;
	underWay.add(key);
	try {
		const items = await checked(context, event);
		return items.length > 0 ? [context.helpers.returnJsonArray(items)] : null;
	} finally {
		underWay.delete(key);
	}
}

/** Registrations that have polled. */
const begun = new WeakSet<IPollFunctions>();

async function checked(context: IPollFunctions, event: PollEvent): Promise<IDataObject[]> {
	const data = context.getWorkflowStaticData('node');
	const name = String(context.getNodeParameter('event'));
	// Published after it was unpublished, not a restart: what came meanwhile was not meant for the workflow.
	const afresh = context.getActivationMode() === 'activate' && !begun.has(context);
	const state = afresh ? {} : deepCopy({ ...(data[name] as IDataObject) });
	// An event that a later version selects again starts from then.
	for (const other of POLL_EVENTS.keys()) if (other !== name) delete data[other];
	const check = new Check(context, await connect(context), state);
	try {
		const items = await event.check(check);
		begun.add(context);
		return items;
	} catch (error) {
		throw withNextCheck(error);
	} finally {
		// Assigned as a whole: n8n notices changes of the first level.
		data[name] = state;
	}
}

function withNextCheck(error: unknown): unknown {
	if (error instanceof NodeApiError)
		error.description = [error.description, 'The next check continues where this one stopped.']
			.filter(Boolean)
			.join(' ');
	return error;
}

function eventFor(context: IPollFunctions): PollEvent {
	const value = String(context.getNodeParameter('event'));
	const found = POLL_EVENTS.get(value);
	if (!found) throw new Error(`This version of the Telegent Poll Trigger has no event "${value}"`);
	return found;
}

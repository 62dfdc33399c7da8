import fc from 'fast-check';
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { getToken } from '../../transport/token.ts';
import type { Request } from '../../scripts/lib/contract.mts';
import { nameOf, type Subject as ContractSubject } from '../../scripts/lib/operations.mts';
import { subjects } from '../contract/cases.mts';
import { exceptionsOf, withExceptions } from '../contract/exceptions.mts';
import { fill } from '../contract/formFiller/fill.mts';
import { otherRequests } from '../contract/formFiller/otherValues.mts';
import { mannerOf } from '../contract/formFiller/runRequests.mts';
import { samplesOf } from '../contract/formFiller/samples.mts';
import { runNode, type RunResult } from '../support/n8n.mts';
import { classOf, type Class, type Result } from './expected.mts';
import { documented, TOKENS, type Call, type FaultyServer, type Folder } from './server.mts';
import { endedWith, type Ended, type Mode, type Ran, type Subject, type Trial } from './subject.mts';

/* Every operation of the node, with two items of valid parameters of which the requests of one are spoiled. */

/** An operation with the parameters for two items. */
export interface Form {
	group: string;
	name: string;
	route: string;
	class: Class;
	parameters: INodeParameters;
	items: IDataObject[];
}

/** An operation and what its requests say. */
interface Learned extends Form {
	/** Requests of each item alone. */
	contents: string[][];
	/** Routes of the second item, in order. */
	routes: string[];
}

const MODES: Mode[] = ['stop', 'continue'];

/** @param change what the requests have instead of the contract's samples */
export const formsFor = (seed: number, change: (request: Request) => Request = (same) => same): Form[] => [
	...subjects.map((subject) => filled(subject, seed, change)),
	...freeRequests,
];

function filled(subject: ContractSubject, seed: number, change: (request: Request) => Request): Form {
	const { entry, operation, resource } = subject;
	const sample = withExceptions(samplesOf(operation)[0], exceptionsOf(operation.key));
	const requests = otherRequests(operation, sample, mannerOf(subject, 'expressions'));
	const [other] = fc.sample(requests, { numRuns: 1, seed });
	const { items, parameters } = fill(operation, entry, [sample, other].map(change), 'expressions');
	return {
		...{ group: resource.value, name: nameOf(subject), route: operation.key, class: classOf(operation.key) },
		parameters: { resource: resource.value, operation: entry.value, ...parameters },
		items: items as IDataObject[],
	};
}

/** API Request: a method and a path of each class. All but GET may do anything, so they are `once`. */
const freeRequests = [
	'GET /v1.0/numbers/inventory',
	'POST /v1.0/message/outbound',
	'PUT /v1.0/numbers/update',
	'DELETE /v1.0/numbers',
].map((route): Form => {
	const [method, path] = route.split(' ');
	const reads = method === 'GET';
	return {
		...{ group: 'apiRequest', name: `apiRequest.request ${method}`, route, class: reads ? 'read' : 'once' },
		parameters: {
			...{ resource: 'apiRequest', operation: 'request', method, path },
			queryParameters: { parameter: [{ name: 'Mark', value: '={{ $json.mark }}' }] },
			...(!reads && { requestBody: '={{ { Mark: $json.mark } }}' }),
		},
		items: [{ mark: 'one' }, { mark: 'two' }],
	};
});

/** Runs each operation once, to know its requests. */
export async function operationSubjects(server: FaultyServer, seed: number): Promise<Subject[]> {
	const found: Subject[] = [];
	for (const form of formsFor(seed)) {
		const learned = await learn(server, form);
		const main = learned.routes.indexOf(form.route);
		for (const [index, route] of learned.routes.entries()) {
			const place = index === main ? 'main' : index < main ? 'before' : 'after';
			found.push(subjectFor(learned, route, place));
		}
		if (['message.send', 'number.get', 'number.update'].includes(form.name))
			found.push(subjectFor(learned, TOKENS, 'token'));
	}
	return found;
}

async function learn(server: FaultyServer, form: Form): Promise<Learned> {
	const seen: Call[][] = [];
	for (const item of form.items) {
		const folder = server.open();
		const { error, items } = await run(folder, form, [item], 'stop');
		if (error) throw new Error(`${form.name} fails without a fault: ${error.message}`);
		if (items.length === 0) throw new Error(`${form.name} gives nothing without a fault`);
		seen.push(folder.calls);
		server.close(folder);
	}
	return {
		...form,
		contents: seen.map((calls) => calls.map(contentOf)),
		routes: [...new Set(seen[1].map(({ key }) => key))],
	};
}

const contentOf = ({ key, query, text }: Call) => `${key}?${query} ${text}`;

function subjectFor(form: Learned, route: string, place: Subject['place']): Subject {
	const { class: kind, group, name } = form;
	return {
		...{ group: place === 'token' ? 'token exchange' : group, class: kind, place, modes: MODES },
		name: place === 'main' ? name : `${name}, ${route}`,
		run: async (trial) => await tryOut(form, route, place, trial),
	};
}

async function tryOut(form: Learned, route: string, place: Subject['place'], trial: Trial): Promise<Ran> {
	const { badFirst, fault, mode, server } = trial;
	const folder = server.open();
	const only = form.contents[1].filter((content) => !form.contents[0].includes(content));
	const all = fault.deadEnd !== undefined || place === 'token';
	// Where the requests of two items do not differ, there is one item.
	const told = all || only.some((content) => content.startsWith(`${route}?`));
	const order = told ? (badFirst ? [1, 0] : [0, 1]) : [1];
	folder.spoil = (call) =>
		call.key === route && (all || !told || only.includes(contentOf(call))) ? fault.respond : undefined;
	if (fault.deadEnd) folder.baseUrl = `${server.deadEnds[fault.deadEnd]}/${folder.baseUrl.split('/').at(-1)}`;
	// What is tried is the operation's own request, and not the one for a token.
	if ((fault.deadEnd || fault.slow) && place !== 'token') await fetchToken(folder, route);
	const items = order.map((index) => form.items[index]);
	const result = await run(folder, form, items, mode);
	server.close(folder);
	const bad = all ? order.map((_, index) => index) : [order.indexOf(1)];
	const spoiled = folder.calls.filter((call) => call.spoiled);
	return { ...read(result, mode, bad, order.length, form.class === 'read'), spoiled };
}

/** Has a token in the cache, as after an earlier request. */
async function fetchToken(folder: Folder, route: string): Promise<void> {
	const url = folder.baseUrl + route.split(' ')[1];
	await getToken(
		credentialOf(folder),
		url,
		async () => JSON.parse(documented({ key: TOKENS }).text) as never,
	);
}

export const credentialOf = ({ baseUrl }: Folder) => ({
	accountKey: 'DID-faults',
	accountSecret: 'faults-secret',
	baseUrl,
});

let workflows = 0;

async function run(folder: Folder, form: Form, items: IDataObject[], mode: Mode): Promise<RunResult> {
	return await runNode({
		credential: credentialOf(folder),
		parameters: form.parameters,
		items: items.map((json) => ({ json })),
		node: mode === 'continue' ? { onError: 'continueRegularOutput' } : {},
		workflowId: `faults ${++workflows}`,
	});
}

/** How each item ended, and what is wrong with how that is told. */
function read(
	{ error, items }: RunResult,
	mode: Mode,
	bad: number[],
	count: number,
	mayBeEmpty: boolean,
): Omit<Ran, 'spoiled'> {
	const wrong: string[] = [];
	if (error) {
		const index = error.context?.itemIndex as number | undefined;
		if (mode === 'continue') wrong.push('ends the run although On Error is Continue');
		if (index === undefined || !bad.includes(index)) wrong.push(`the error is linked to item ${index}`);
		return { ended: [endedWith(error)], wrong };
	}
	const ended: Ended[] = [];
	for (let index = 0; index < count; index++) {
		const own = items.filter(({ pairedItem }) => linkOf(pairedItem) === index);
		// An empty list has no entries.
		if (own.length === 0 && mayBeEmpty && bad.includes(index))
			ended.push({ result: 'fine', bad: true, all: '' });
		else if (own.length === 0) wrong.push(`item ${index} has no output`);
		ended.push(...own.map((item) => endedItem(item, bad.includes(index))));
	}
	if (items.some(({ pairedItem }) => linkOf(pairedItem) === undefined)) wrong.push('an item has no link');
	return { ended, wrong };
}

const linkOf = (pairedItem: INodeExecutionData['pairedItem']) =>
	(pairedItem as { item: number } | undefined)?.item;

function endedItem({ json }: INodeExecutionData, bad: boolean): Ended {
	const { details, error } = json as { error?: unknown; details?: IDataObject };
	const all = JSON.stringify(json);
	if (typeof error !== 'string' || !details) return { result: 'fine', bad, all };
	const { description, outcome } = details;
	return { result: outcome as Result, bad, message: error, description: description as string, all };
}

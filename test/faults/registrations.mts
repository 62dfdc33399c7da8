import type { INodeParameters } from 'n8n-workflow';
import { createAccount } from '../../sandbox/api/account.mts';
import { answerRequest, type ApiParts } from '../../sandbox/api/api.mts';
import { ACCOUNT_KEY, ACCOUNT_SECRET } from '../../sandbox/api/ids.mts';
import { TriggerHost } from '../support/n8n/triggerHost.mts';
import { BASIC, MAIN_LINE, onAccount, onNumbers, onRoute, SPARE } from '../support/trigger/world.mts';
import { classOf, type Class } from './expected.mts';
import { TOKENS, type Answer, type Call, type FaultyServer, type Folder } from './server.mts';
import { endedWith, type Ended, type Ran, type Subject, type Trial } from './subject.mts';

/* What publishing and unpublishing a workflow with a trigger do, against the sandbox behind the faulty server. */

/** Of real time: more than ten minutes of the faster one. */
const LIMIT_IS_OVER_MS = 1_700;

export const WAYS: Array<[name: string, parameters: INodeParameters]> = [
	['an existing route', onRoute(BASIC)],
	['a new route', onNumbers([MAIN_LINE, SPARE])],
	['an account webhook', onAccount()],
];

export type Step = 'publish' | 'publish again' | 'unpublish';

export interface World {
	folder: Folder;
	host: TriggerHost;
	parts: ApiParts;
}

export async function open(server: FaultyServer): Promise<World> {
	const { parts } = createAccount({ settings: { requestsPerMinute: 0 } });
	const folder = server.open();
	folder.answer = async (call) => await answerBySandbox(parts, folder, call);
	const credential = { accountKey: ACCOUNT_KEY, accountSecret: ACCOUNT_SECRET, baseUrl: folder.baseUrl };
	return { folder, parts, host: await TriggerHost.start(credential) };
}

export async function close({ folder, host, parts }: World, server: FaultyServer): Promise<void> {
	server.close(folder);
	await host.stop();
	parts.world.clock.stop();
}

async function answerBySandbox(parts: ApiParts, { baseUrl }: Folder, call: Call): Promise<Answer> {
	const [method, path] = call.key.split(' ');
	const { body, status } = await answerRequest(parts, {
		...{ method, path, headers: call.headers },
		query: Object.fromEntries(new URLSearchParams(call.query)),
		// Tokens are for an endpoint; the sandbox knows nothing of the folder.
		text: call.key === TOKENS ? call.text.replace(new URL(baseUrl).pathname, '') : call.text,
	});
	return { status, text: JSON.stringify(body) ?? '' };
}

export async function take(step: Step, { host }: World, parameters: INodeParameters): Promise<void> {
	if (step === 'unpublish') await host.unpublish('one', parameters);
	else await host.publish('one', parameters);
}

export const before: Record<Step, Step[]> = {
	publish: [],
	'publish again': ['publish'],
	unpublish: ['publish'],
};

/** What Telegent has that a workflow could leave behind. */
const seen = ({ parts: { world } }: World) =>
	JSON.stringify([
		...world.state.messageRoutes.values(),
		...world.state.webhooks.values(),
		...[MAIN_LINE, SPARE].map((number) => world.state.numbers.get(number)?.MessageRouteId),
	]);

export async function registrationSubjects(server: FaultyServer): Promise<Subject[]> {
	const found: Subject[] = [];
	for (const [way, parameters] of WAYS)
		for (const step of Object.keys(before) as Step[]) {
			const world = await open(server);
			for (const earlier of before[step]) await take(earlier, world, parameters);
			world.folder.calls.length = 0;
			await take(step, world, parameters);
			const routes = new Set(world.folder.calls.map(({ key }) => key));
			await close(world, server);
			for (const route of routes) found.push(subjectFor(way, step, parameters, route));
		}
	return found;
}

function subjectFor(way: string, step: Step, parameters: INodeParameters, route: string): Subject {
	const kind: Class = classOf(route);
	return {
		...{ group: 'trigger', name: `${step} with ${way}, ${route}`, class: kind },
		...{ place: 'step', modes: ['stop'], hurried: true },
		run: async (trial) => await tryOut(step, parameters, route, trial),
	};
}

async function tryOut(
	step: Step,
	parameters: INodeParameters,
	route: string,
	{ fault, server }: Trial,
): Promise<Ran> {
	const world = await open(server);
	const { folder } = world;
	const found = seen(world);
	for (const earlier of before[step]) await take(earlier, world, parameters);
	const right = folder.baseUrl;
	if (fault.deadEnd) world.host.credentials.values.baseUrl = server.deadEnds[fault.deadEnd];
	folder.spoil = ({ key }) => (key === route ? fault.respond : undefined);
	const ended = await take(step, world, parameters).then(
		(): Ended => ({ result: 'fine', bad: true, all: '' }),
		(error: unknown) => endedWith(error),
	);
	folder.spoil = () => undefined;
	// Telegent asked for a pause, which the client keeps for ten minutes at most.
	if (fault.row === 'limited') await new Promise((resolve) => setTimeout(resolve, LIMIT_IS_OVER_MS));
	world.host.credentials.values.baseUrl = right;
	const wrong: string[] = [];
	await take('unpublish', world, parameters).catch((error: Error) =>
		wrong.push(`can't be unpublished later: ${error.message}`),
	);
	// What Telegent says is gone can't be tidied up.
	const saidGone = fault.name === '404';
	if (!saidGone && seen(world) !== found) wrong.push('something is left at Telegent');
	ended.all += [...world.host.stored.values(), ...world.host.log].join(' ');
	await close(world, server);
	return { ended: [ended], spoiled: folder.calls.filter(({ spoiled }) => spoiled), wrong };
}

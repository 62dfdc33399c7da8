import { inspect } from 'node:util';
import { ACCOUNT_SECRET } from '../../sandbox/api/ids.mts';
import { before, close, open, take, WAYS, type Step } from '../faults/registrations.mts';
import { TOKENS, type Exchange, type FaultyServer } from '../faults/server.mts';
import { BASIC } from '../support/trigger/world.mts';
import { findIn, secretsOf } from './canaries.mts';
import { echoes, spoilWith, type Echo } from './echoes.mts';
import type { Searched } from './report.mts';

/* Publishing and unpublishing a workflow with a trigger: its secrets, and those of the route that it takes. */

const REPLACED = 'Canary~replaced/7+"=9';

export async function registrationsFor(
	server: FaultyServer,
	only: string,
	logged: string[],
): Promise<Array<() => Promise<Searched>>> {
	return WAYS.flatMap(([way, parameters]) =>
		(Object.keys(before) as Step[])
			.map((step) => [`${step} with ${way}`, step] as const)
			.filter(([name]) => name.includes(only))
			.flatMap(([name, step]) =>
				[undefined, ...echoes].map(
					(echo) => async () => await search(server, name, step, parameters, echo, logged),
				),
			),
	);
}

async function search(
	server: FaultyServer,
	name: string,
	step: Step,
	parameters: Parameters<typeof take>[2],
	echo: Echo | undefined,
	logged: string[],
): Promise<Searched> {
	const world = await open(server);
	const { folder, host, parts } = world;
	const route = parts.world.state.messageRoutes.get(BASIC);
	Object.assign(route as object, { MessagePasswordToken: REPLACED, CallbackMessagePasswordToken: REPLACED });
	for (const earlier of before[step]) await take(earlier, world, parameters);
	const all = ({ call }: Pick<Exchange, 'call'>) => [
		ACCOUNT_SECRET,
		...(call.headers.authorization ? [call.headers.authorization.replace('Bearer ', '')] : []),
		...secretsOf(call.text),
	];
	folder.spoil = ({ key }) => (echo && key !== TOKENS ? spoilWith(echo, all) : undefined);
	const error: unknown = await take(step, world, parameters).catch((thrown: unknown) => thrown);
	folder.spoil = () => undefined;
	const secrets = new Set([REPLACED, ...folder.calls.flatMap((call) => all({ call }))]);
	const places = {
		error: `${inspect(error, { depth: 12 })} ${JSON.stringify(error)} ${(error as Error | undefined)?.stack}`,
		'static data': [...host.stored.values()].join(' '),
		logs: [...host.log, ...logged].join('\n'),
	};
	await close(world, server);
	const found = Object.entries(places).flatMap(([place, text]) =>
		findIn(text, secrets).map((secret) => `${place}: ${secret}`),
	);
	return { group: 'trigger', name: `${name}, ${echo?.name ?? 'no echo'}`, secrets: secrets.size, found };
}

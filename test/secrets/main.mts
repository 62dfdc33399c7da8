import { parseArgs } from 'node:util';
import { inspect } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import { LoggerProxy } from 'n8n-workflow';
import { formsFor, type Form } from '../faults/operations.mts';
import { startFaultyServer, TOKENS, type Exchange, type FaultyServer } from '../faults/server.mts';
import { passFaster } from '../support/fasterTime.mts';
import { runNode, type RunResult } from '../support/n8n.mts';
import { ACCOUNT_SECRET, findIn, secretsOf, withCanaries } from './canaries.mts';
import { echoes, spoilWith, type Echo } from './echoes.mts';
import { registrationsFor } from './registrations.mts';
import { report, type Searched } from './report.mts';

const USAGE = `Runs every operation with canaries in the place of secrets, and looks for them where secrets must not be.

  npm run test:secrets -- [--only message.send] [--seed 1]`;

const SPEED = 400;
const LONGEST_PAUSE_MS = 1_000;
const AT_A_TIME = 12;

/** @returns the exit code */
export async function main(args: string[]): Promise<number> {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({ args, options: { only: text, seed: text, help: { type: 'boolean' } } });
	const { help, only = '', seed = '1' } = values;
	if (help) {
		console.log(USAGE);
		return 0;
	}
	const began = process.hrtime.bigint();
	const logged = keepLogs();
	const server = await startFaultyServer();
	passFaster(SPEED, LONGEST_PAUSE_MS);
	const forms = formsFor(Number(seed), withCanaries).filter(({ name }) => name.includes(only));
	const work = [
		...forms.flatMap((form, index) =>
			[undefined, ...echoes].flatMap((echo, turn) =>
				(['stop', 'continueRegularOutput'] as const)
					.filter((_, mode) => !echo || (index + turn) % 2 === mode)
					.map((mode) => async () => await search(server, form, echo, mode, form.route, logged)),
			),
		),
		...forms
			.filter(({ name }) => ['message.send', 'number.get'].includes(name))
			.flatMap((form) =>
				echoes.map((echo) => async () => await search(server, form, echo, 'stop', TOKENS, logged)),
			),
		...(await registrationsFor(server, only, logged)),
	];
	const searched = await inParallel(work);
	passFaster(1);
	const astray = server.elsewhere.length;
	await server.stop();
	const seconds = Number((process.hrtime.bigint() - began) / 1_000_000_000n);
	console.log(report(searched, { astray, seconds, seed }));
	return astray === 0 && searched.every(({ found }) => found.length === 0) ? 0 : 1;
}

async function inParallel(work: Array<() => Promise<Searched>>): Promise<Searched[]> {
	const results: Searched[] = [];
	const queue = [...work].reverse();
	await Promise.all(
		Array.from({ length: AT_A_TIME }, async () => {
			for (let next = queue.pop(); next; next = queue.pop()) results.push(await next());
		}),
	);
	return results;
}

/** All that goes to n8n's log, and to the console. */
function keepLogs(): string[] {
	const kept: string[] = [];
	const keep = (...given: unknown[]) => void kept.push(inspect(given, { depth: 8 }));
	LoggerProxy.init({ debug: keep, info: keep, warn: keep, error: keep } as never);
	for (const name of ['debug', 'info', 'warn', 'error'] as const) console[name] = keep;
	return kept;
}

async function search(
	server: FaultyServer,
	form: Form,
	echo: Echo | undefined,
	onError: 'stop' | 'continueRegularOutput',
	route: string,
	logged: string[],
): Promise<Searched> {
	const folder = server.open();
	const secrets = new Set([ACCOUNT_SECRET]);
	const secretsFor = ({ call }: Exchange) => {
		const token = /^Bearer (.+)$/.exec(call.headers.authorization ?? '')?.[1];
		const all = [ACCOUNT_SECRET, ...(token ? [token] : []), ...secretsOf(call.text)];
		for (const secret of all) secrets.add(secret);
		return all;
	};
	folder.spoil = (call) => (call.key === route && echo ? spoilWith(echo, secretsFor) : undefined);
	const result = await runNode({
		credential: { accountKey: 'DID-secrets', accountSecret: ACCOUNT_SECRET, baseUrl: folder.baseUrl },
		parameters: form.parameters,
		items: [{ json: form.items[0] }],
		node: onError === 'stop' ? {} : { onError },
		workflowId: `secrets ${folder.baseUrl}`,
	});
	for (const { headers, text } of folder.calls) {
		const token = headers.authorization?.replace('Bearer ', '');
		for (const secret of [...(token ? [token] : []), ...secretsOf(text)]) secrets.add(secret);
	}
	server.close(folder);
	const places = placesOf(result, form);
	places.logs = logged.join('\n');
	const found = Object.entries(places).flatMap(([place, text]) =>
		findIn(text, secrets).map((secret) => `${place}: ${secret}`),
	);
	const failed = !echo && result.error ? [`fails without an echo: ${result.error.message}`] : [];
	return {
		group: route === TOKENS ? 'token exchange' : form.group,
		name: `${form.name}, ${echo?.name ?? 'no echo'}, ${onError}`,
		secrets: secrets.size,
		found: [...failed, ...found],
	};
}

/** Where a secret would be stored or shown. What the user typed is in the items before the node. */
function placesOf({ error, items, run }: RunResult, { group }: Form): Record<string, string> {
	const { resultData } = run.data;
	const after = { ...resultData.runData };
	delete after.Items;
	const shown = inspect([error, error?.stack, (error as { cause?: unknown } | undefined)?.cause], {
		depth: 12,
	});
	return {
		error: `${shown} ${JSON.stringify(error)} ${error?.message} ${error?.description}`,
		// API Request returns what Telegent says, and so what the user typed.
		output: group === 'apiRequest' ? '' : JSON.stringify(items),
		'run data':
			group === 'apiRequest' ? '' : JSON.stringify([after, resultData.error] as unknown as IDataObject[]),
	};
}

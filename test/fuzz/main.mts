import { parseArgs } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import { find } from '../../scripts/lib/contract.mts';
import { startFaultyServer, type FaultyServer, type Folder } from '../faults/server.mts';
import { passFaster } from '../support/fasterTime.mts';
import { runNode, type RunResult } from '../support/n8n.mts';
import { placesOf, withExpression, type Place } from './places.mts';
import { report, type Tried } from './report.mts';
import { generated, hostile, type Given } from './values.mts';
import { engineWords, MOST_CHARACTERS } from './judge.mts';

const USAGE = `Runs every operation with values in each parameter that nobody should give.

  npm run test:fuzz -- [--quick] [--only message.send] [--seed 1]

  --quick  some values of each parameter: a minute
  --only   operations and parameters whose name contains this: number.update.iccid
  --seed   of the generated values, and of what --quick selects`;

const SPEED = 400;
const LONGEST_PAUSE_MS = 1_000;
const AT_A_TIME = 8;
const GENERATED = 10;
const QUICK_VALUES = 4;
/** Has no divisor in common with the number of values. */
const QUICK_STRIDE = 7;
/** Parameters that a quick run tries one megabyte in: one of so many. */
const QUICK_HUGE = 12;
const HANGS_AFTER_MS = 60_000;

/** @returns the exit code */
export async function main(args: string[]): Promise<number> {
	const { help, only, quick, seed } = options(args);
	if (help) {
		console.log(USAGE);
		return 0;
	}
	const began = process.hrtime.bigint();
	const server = await startFaultyServer();
	const print = console.log;
	// What n8n's editor would show while the node runs.
	console.log = () => {};
	passFaster(SPEED, LONGEST_PAUSE_MS);
	const places = placesOf(seed).filter((place) => nameOf(place).includes(only));
	const tried: Tried[] = [];
	const queue = places.map((place, index) => ({ place, values: valuesFor(server, index, seed, quick) }));
	await Promise.all(
		Array.from({ length: AT_A_TIME }, async () => {
			for (let next = queue.shift(); next; next = queue.shift())
				tried.push(await tryOut(server, next.place, next.values));
		}),
	);
	passFaster(1);
	const seconds = Number((process.hrtime.bigint() - began) / 1_000_000_000n);
	const astray = [...server.elsewhere.map(({ url }) => url), ...server.strays];
	print(report(tried, { astray, seconds, seed }));
	await server.stop();
	return astray.length === 0 && tried.every(({ wrong }) => wrong.length === 0) ? 0 : 1;
}

const nameOf = ({ form, path }: Place) => `${form.name}.${path.join('.')}`;

function valuesFor(server: FaultyServer, index: number, seed: number, quick: boolean): Given[] {
	const all = [...hostile(server.elsewhereUrl), ...generated(seed + index, GENERATED)];
	if (!quick) return all;
	const small = all.filter(({ huge }) => !huge);
	const huge = all.filter((one) => one.huge);
	const some = Array.from({ length: QUICK_VALUES }, (_, turn) => {
		return small[((index + seed) * QUICK_VALUES + turn * QUICK_STRIDE) % small.length];
	});
	if (index % QUICK_HUGE === 0) some.push(huge[Math.floor(index / QUICK_HUGE + seed) % huge.length]);
	return some;
}

/** One run for all values of a parameter: an item that fails must not keep the others from being done. */
async function tryOut(server: FaultyServer, place: Place, values: Given[]): Promise<Tried> {
	const folder = server.open();
	const { form } = place;
	const items = values.map(({ value }) => ({ json: { ...form.items[0], given: value } as IDataObject }));
	const running = runNode({
		credential: { accountKey: 'DID-fuzz', accountSecret: 'fuzz-secret', baseUrl: folder.baseUrl },
		parameters: withExpression(place),
		items,
		node: { onError: 'continueRegularOutput' },
		workflowId: `fuzz ${folder.baseUrl}`,
	});
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('hangs')), HANGS_AFTER_MS);
	});
	const result = await Promise.race([running, late]).catch((error: Error) => error);
	clearTimeout(timer);
	const counted = { group: form.group, name: nameOf(place), values: values.length };
	const requests = folder.calls.length;
	if (result instanceof Error)
		return { ...counted, requests, refused: 0, wrong: [`throws ${result.message}`] };
	const { refused, wrong } = judge(result, values);
	return { ...counted, requests, refused, wrong: [...wrong, ...wrongRequests(folder, place)] };
}

function judge({ error, items }: RunResult, values: Given[]): { refused: number; wrong: string[] } {
	const wrong: string[] = [];
	if (error) wrong.push(`ends the run: ${error.message.slice(0, 200)}`);
	if (Object.hasOwn(Object.prototype, 'polluted')) wrong.push('changes Object.prototype');
	const failed = items.filter(({ json }) => typeof json.error === 'string');
	for (const { json, pairedItem } of failed) {
		const { description } = (json.details ?? {}) as IDataObject;
		const said = `${json.error as string}\n${(description as string | undefined) ?? ''}`;
		const given = values[(pairedItem as { item: number }).item]?.name;
		const word = engineWords.exec(said)?.[0];
		if (word) wrong.push(`${given}: "${word}" in: ${said.slice(0, 200)}`);
		if (said.length > MOST_CHARACTERS) wrong.push(`${given}: a message of ${said.length} characters`);
	}
	return { refused: failed.length, wrong };
}

/** Requests to other operations, or with what JavaScript makes of an object. */
function wrongRequests({ calls }: Folder, { form }: Place): string[] {
	const own = new Set([form.route]);
	return calls.flatMap(({ key, query, text }) => {
		const wrong: string[] = [];
		const free = form.group === 'apiRequest';
		if (!free && !find(key)) wrong.push(`a request to ${key.slice(0, 200)}`);
		if (!free && form.class === 'read' && form.route && !key.startsWith('GET') && !own.has(key))
			wrong.push(`${key} for what only reads`);
		if (/\[object \w+\]/.test(decodeURIComponent(query) + text)) wrong.push(`[object …] sent to ${key}`);
		if (text.startsWith('{') && !isJson(text)) wrong.push(`a body that isn't JSON to ${key}`);
		return wrong;
	});
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

function options(args: string[]) {
	const [text, flag] = [{ type: 'string' } as const, { type: 'boolean' } as const];
	const { values } = parseArgs({ args, options: { quick: flag, help: flag, only: text, seed: text } });
	const { help, only = '', quick = false, seed = '1' } = values;
	return { help, only, quick, seed: Number(seed) };
}

import { ASIDE, PROMISED, type Promised } from './expected.mts';
import type { Fault } from './faults.mts';
import type { Ended, Mode, Ran, Subject } from './subject.mts';

/** One cell of the matrix, and what is wrong in it. */
export interface Cell {
	subject: Subject;
	fault: Fault;
	mode: Mode;
}

export interface Judged extends Cell {
	requests: number;
	/** Requests beyond the first that did work which must be done once. */
	doubled: number;
	wrong: string[];
}

const MAX_MESSAGE = 1_200;
/** Several calls may need what cannot be had, each with its attempts. */
const MOST_ASIDE = 60;

/** Words of the JavaScript engine, of Node and of n8n's HTTP client, and those that n8n's guidelines advise against. */
const ENGINE =
	/cannot (read|set|destructure)|is not (a function|iterable|valid json)|\bundefined\b|\bNaN\b|\[object|unexpected (token|end)|call stack|\bE(CONN|PIPE|NOTFOUND|TIMEDOUT)|HPE_|Z_\w+_ERROR|incorrect (header|data)|\baxios\b|status code \d|\bat \w+.*\(.*:\d+:\d+\)/i;
const ROUTE = /\([A-Z]+ \/.*\)$/;
const ADVISED_AGAINST = /\b(error|problem|failure|mistake)s?\b/i;

/** Says what is wrong, in a few words each; empty where all is as promised. */
export function judge({ fault, mode, subject }: Cell, { ended, spoiled, wrong }: Ran): Judged {
	const promised = promisedFor(fault, subject);
	const bad = ended.filter((one) => one.bad);
	const found = [...wrong];
	if (bad.length === 0) found.push('nothing is said of the item');
	for (const { result } of bad)
		if (!promised.results.includes(result)) found.push(`${result} instead of ${promised.results.join('/')}`);
	for (const one of ended) if (!one.bad && one.result !== 'fine') found.push('the good item failed, too');
	const [fewest, most] = requestsFor(fault, subject, promised, bad.length);
	const requests = spoiled.length;
	if (requests < fewest || requests > most)
		found.push(`${requests} requests instead of ${fewest} to ${most}`);
	const done = spoiled.filter((call) => call.done).length;
	const isWork = subject.place === 'main' || subject.place === 'step';
	const doubled = subject.class === 'once' && isWork ? Math.max(0, done - 1) : 0;
	if (doubled > 0) found.push(`done ${done} times`);
	found.push(...bad.flatMap(wordsOf));
	return { subject, fault, mode, requests, doubled, wrong: [...new Set(found)] };
}

function promisedFor({ row }: Fault, { class: kind, name, place }: Subject): Promised {
	if (place !== 'main') return { results: ASIDE[place], requests: [0, MOST_ASIDE] };
	// A DELETE through API Request needs no words.
	if (row === 'empty' && name.endsWith(' DELETE')) return PROMISED.empty.idempotent;
	return PROMISED[row][kind];
}

function requestsFor({ deadEnd }: Fault, { hurried, place }: Subject, promised: Promised, items: number) {
	if (deadEnd) return [0, 0];
	const [fewest, most] = promised.requests;
	return [hurried ? Math.min(fewest, 1) : fewest, place === 'main' ? most : most * Math.max(items, 1)];
}

function wordsOf({ description, message, result }: Ended): string[] {
	if (result === 'fine') return [];
	const found: string[] = [];
	const text = [message, description].filter(Boolean).join(' ');
	const engine = ENGINE.exec(text) ?? ADVISED_AGAINST.exec(text);
	if (engine) found.push(`says "${engine[0]}"`);
	if (text.length > MAX_MESSAGE) found.push(`a message of ${text.length} characters`);
	// Method, path and status in brackets are no advice. Where n8n shows the message only, it is there.
	const advice = (description || (message ?? '').replace(/^.*?[.:] (?=[A-Z])/s, '|')).replace(ROUTE, '');
	if (!/\w{3,} \w+/.test(advice) || advice === message) found.push('no next step');
	return found;
}

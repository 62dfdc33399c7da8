/* Regular expressions that cannot hang. JavaScript's own can take years over a short text, and the text here comes
   from strangers. This one follows all possibilities at once, so that time grows with the length of the text only. */

import { BoundedMap } from '../../transport/boundedMap';
import { processState } from '../../transport/processState';

type Holds = (before: string, after: string) => boolean;

/** A part of a pattern. */
type Part =
	| { kind: 'one'; test: (character: string) => boolean }
	| { kind: 'where'; holds: Holds }
	| { kind: 'all'; parts: Part[] }
	| { kind: 'any'; parts: Part[] }
	| { kind: 'times'; part: Part; least: number; most: number };

type Step =
	| { kind: 'one'; test: (character: string) => boolean }
	| { kind: 'where'; holds: Holds }
	/** Continues at each of these steps. */
	| { kind: 'fork'; to: number[] }
	| { kind: 'match' };

/** Whether a text contains a pattern. */
type Matches = (text: string) => boolean;

const MAX_STEPS = 2_000;
/** The most that a repetition may ask for, and repetitions inside each other together. */
const MAX_REPEATS = 2_000;
const DEEPEST = 50;
const MAX_COMPILED = 200;
const compiled = processState(new BoundedMap<string, Matches>(MAX_COMPILED));

/**
 * Compiles a regular expression: literals, `.`, classes, groups, `|`, `* + ? {n,m}`, `^ $ \b \B`, in any case.
 * `/a+/i` is the same as `a+`. Once for each pattern, not for each message.
 * @returns whether a text contains it
 * @throws Error that says what in it is not understood
 */
export function compile(pattern: string): Matches {
	const known = compiled.get(pattern);
	if (known) return known;
	const [, inside] = /^\/(.+)\/[a-z]*$/s.exec(pattern) ?? [];
	const steps: Step[] = [];
	emit(new Parser(inside ?? pattern).pattern(), steps);
	add(steps, { kind: 'match' });
	const matches: Matches = (text) => run(steps, [...text]);
	compiled.set(pattern, matches);
	return matches;
}

/** The bounds of repetitions that are written with one character. */
const SHORT_REPETITIONS: Record<string, [least: number, most: number] | undefined> = {
	'*': [0, Infinity],
	'+': [1, Infinity],
	'?': [0, 1],
};

class Parser {
	private at = 0;

	private depth = 0;

	constructor(private readonly source: string) {}

	pattern(): Part {
		const part = this.alternatives();
		if (this.at < this.source.length) throw new Error('it has an extra closing bracket');
		return part;
	}

	private alternatives(): Part {
		const parts = [this.sequence()];
		while (this.take(/\|/y)) parts.push(this.sequence());
		return parts.length === 1 ? parts[0] : { kind: 'any', parts };
	}

	private sequence(): Part {
		const parts: Part[] = [];
		while (this.at < this.source.length && !/[|)]/.test(this.source[this.at])) parts.push(this.repeated());
		return { kind: 'all', parts };
	}

	private repeated(): Part {
		const part = this.atom();
		const [text, low, comma, high] = this.take(/(?:[*+?]|\{(\d+)(,?)(\d*)\})/y) ?? [];
		if (text === undefined) return part;
		// Greedy or not makes no difference to whether something matches.
		this.take(/\?/y);
		if (this.take(/[*+?]|\{\d/y)) throw new Error('it has two repetition characters in a row, such as +*');
		const [least, most] = SHORT_REPETITIONS[text] ?? [
			Number(low),
			comma && !high ? Infinity : Number(high || low),
		];
		if (most < least) throw new Error('in a repetition such as {5,2}, the maximum is less than the minimum');
		if (least > MAX_REPEATS || (most !== Infinity && most > MAX_REPEATS))
			throw new Error(`it repeats a part more than ${MAX_REPEATS} times`);
		return { kind: 'times', part, least, most };
	}

	private atom(): Part {
		if (this.take(/\((?:\?:)?(?!\?)/y)) {
			if (++this.depth > DEEPEST) throw new Error(`its groups are nested more than ${DEEPEST} levels deep`);
			const part = this.alternatives();
			if (!this.take(/\)/y)) throw new Error("a bracket isn't closed");
			this.depth--;
			return part;
		}
		if (this.take(/\(/y)) throw new Error('it has a group that starts with (?, and only (?: is supported');
		if (this.take(/\^/y)) return { kind: 'where', holds: (before) => before === '' };
		if (this.take(/\$/y)) return { kind: 'where', holds: (_before, after) => after === '' };
		const edge = this.take(/\\([bB])/y)?.[1];
		if (edge)
			return {
				kind: 'where',
				holds: (before, after) => (isWord(before) !== isWord(after)) === (edge === 'b'),
			};
		if (this.take(/[*+?]/y)) throw new Error('there is nothing to repeat before *, + or ?');
		return this.character();
	}

	/** A literal, a class or an escape: what JavaScript tests well, one character at a time. */
	private character(): Part {
		const [text] = this.take(/\[\^?(?:\\.|[^\]\\])*\]|\\(?:u[\da-f]{4}|x[\da-f]{2}|[^ux])|[^[\\]/isuy) ?? [];
		if (text === undefined) throw new Error("a bracket or a backslash isn't complete");
		if (/^\\[1-9kp]/i.test(text)) throw new Error(`"${text}" isn't supported here`);
		const literal = /^[{}\]]$/.test(text) ? `\\${text}` : text;
		let one: RegExp;
		try {
			one = new RegExp(`^${literal}$`, 'isu');
		} catch {
			// Without Unicode rules, a backslash may stand before anything.
			one = new RegExp(`^${literal}$`, 'is');
		}
		return { kind: 'one', test: (character) => one.test(character) };
	}

	private take(expression: RegExp): RegExpExecArray | undefined {
		expression.lastIndex = this.at;
		const found = expression.exec(this.source);
		if (!found) return undefined;
		this.at += found[0].length;
		return found;
	}
}

const isWord = (character: string) => /^\w$/.test(character);

function add(steps: Step[], step: Step): Step {
	if (steps.push(step) > MAX_STEPS) throw new Error("it's too long");
	return step;
}

function fork(steps: Step[]): { to: number[] } {
	return add(steps, { kind: 'fork', to: [] }) as { to: number[] };
}

/** Writes a part as steps, one after the other; a fork goes where its `to` says. */
function emit(part: Part, steps: Step[]): void {
	if (part.kind === 'all') for (const inner of part.parts) emit(inner, steps);
	else if (part.kind === 'any') emitAny(part.parts, steps);
	else if (part.kind === 'times') emitTimes(part, steps);
	else add(steps, part);
}

function emitAny(parts: Part[], steps: Step[]): void {
	const start = fork(steps);
	const ends = parts.map((part) => {
		start.to.push(steps.length);
		emit(part, steps);
		return fork(steps);
	});
	for (const result of ends) result.to.push(steps.length);
}

function emitTimes({ least, most, part }: Extract<Part, { kind: 'times' }>, steps: Step[]): void {
	if (repeatsIn(part) * Math.max(least, most === Infinity ? 1 : most) > MAX_REPEATS)
		throw new Error(`its nested repetitions add up to more than ${MAX_REPEATS}`);
	for (let count = 0; count < least; count++) emit(part, steps);
	const forks: Array<{ to: number[] }> = [];
	for (let count = least; count < (most === Infinity ? least + 1 : most); count++) {
		const here = steps.length;
		forks.push(fork(steps));
		forks[forks.length - 1].to.push(steps.length);
		emit(part, steps);
		if (most === Infinity) fork(steps).to.push(here);
	}
	for (const { to } of forks) to.push(steps.length);
}

/** How often the innermost part of this is written: what repeats nothing may still be repeated many times. */
function repeatsIn(part: Part): number {
	if (part.kind === 'times')
		return Math.max(1, part.least, part.most === Infinity ? 1 : part.most) * repeatsIn(part.part);
	const inside = part.kind === 'all' || part.kind === 'any' ? part.parts : [];
	return inside.reduce((most, one) => Math.max(most, repeatsIn(one)), 1);
}

/** Follows all possibilities at once. */
function run(steps: Step[], characters: string[]): boolean {
	let current: number[] = [];
	for (let at = 0; at <= characters.length; at++) {
		const [before, after] = [characters[at - 1] ?? '', characters[at] ?? ''];
		const open = [...current, 0];
		const reached = new Uint8Array(steps.length);
		current = [];
		for (let index = open.pop(); index !== undefined; index = open.pop()) {
			if (reached[index]) continue;
			reached[index] = 1;
			const step = steps[index];
			if (step.kind === 'match') return true;
			if (step.kind === 'fork') open.push(...step.to);
			else if (step.kind === 'where') open.push(...(step.holds(before, after) ? [index + 1] : []));
			else if (after !== '' && step.test(after)) current.push(index + 1);
		}
	}
	return false;
}

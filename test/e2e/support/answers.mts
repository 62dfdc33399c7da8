import { until } from '../../../sandbox/n8n/wait.mts';
import { ask, askedIn, itemOf, openQuestions, whenThereAre } from './conversations.mts';
import { MAIN_LINE, type World } from './world.mts';

/** So many asks are under way at a time. */
const ASKED_TOGETHER = 5;
const STRANGER = '+12025559999';

/** What an open question costs, and how many answers reached theirs. */
export interface AnswersReport {
	open: number;
	/** calls of Telegent for a message that no question waits for */
	callsForOther: number;
	/** calls of Telegent for all answers together */
	callsForAnswers: number;
	/** executions whose reply is that of their person */
	right: number;
	/** from the first answer until all executions have ended */
	seconds: number;
}

export const person = (index: number) => `+1202557${String(1000 + index)}`;

/** Asks so many people. */
export async function askMany(world: World, path: string, count: number): Promise<void> {
	for (let index = 0; index < count; index += ASKED_TOGETHER) {
		const some = Array.from({ length: Math.min(ASKED_TOGETHER, count - index) }, (_, n) => person(index + n));
		await Promise.all(some.map((to) => ask(world, path, to, `How are you, ${to}?`)));
	}
	await until(`${count} questions to be open`, () => openQuestions(world).length >= count, {
		seconds: Math.max(300, count),
	});
}

const calls = ({ sandbox }: World) => sandbox.control.deliveries().length;

/** A message of somebody else. @returns how often Telegent called for it */
export async function saysAStranger(world: World): Promise<number> {
	const before = calls(world);
	await world.sandbox.control.inbound({ from: STRANGER, to: MAIN_LINE, body: 'Hello' });
	await world.sandbox.control.idle();
	return calls(world) - before;
}

/** So many people answer at once. Waits until their executions have ended, or for so long. */
export async function answerAll(
	world: World,
	workflowId: string,
	count: number,
	seconds: number,
): Promise<AnswersReport> {
	const open = openQuestions(world).length;
	const callsForOther = await saysAStranger(world);
	const before = calls(world);
	const start = Date.now();
	const people = Array.from({ length: count }, (_, index) => person(index));
	await Promise.all(
		people.map((from) => world.sandbox.control.inbound({ from, to: MAIN_LINE, body: `I am ${from}` })),
	);
	const ended = await whenThereAre(world, workflowId, count, 'success', seconds).catch(async () =>
		(await world.api.executions.list(workflowId))
			.filter(({ status }) => status === 'success')
			.map(({ id }) => id),
	);
	const took = (Date.now() - start) / 1000;
	await world.sandbox.control.idle();
	let right = 0;
	for (const id of ended) {
		const execution = await world.api.executions.get(id);
		if (itemOf(execution).body === `I am ${String(askedIn(execution))}`) right++;
	}
	return { open, callsForOther, callsForAnswers: calls(world) - before, right, seconds: took };
}

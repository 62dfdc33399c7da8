import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from './stats.mts';

const LOOK_MS = 250;
const CALM = 0.15;
/** Waiting for calm ends when it has taken this long in all. */
const PATIENCE_MS = 180_000;

const looks: number[] = [];
let patience = PATIENCE_MS;

function spent(): { busy: number; all: number } {
	const times = os.cpus().map((cpu) => cpu.times);
	const all = times.flatMap((time) => Object.values(time)).reduce((sum, ms) => sum + ms, 0);
	return { all, busy: all - times.reduce((sum, { idle }) => sum + idle, 0) };
}

/** What part of the processors other programs use just now. */
async function look(): Promise<number> {
	const before = spent();
	await pause(LOOK_MS);
	const after = spent();
	return (after.busy - before.busy) / Math.max(1, after.all - before.all);
}

/** Waits, for a while, until other programs leave the machine alone. Called before each round. */
export async function calm(): Promise<void> {
	let busy = await look();
	for (; busy > CALM && patience > 0; patience -= LOOK_MS) busy = await look();
	looks.push(busy);
}

/** What other programs took of the processors, as seen before each round. */
export function disturbance() {
	return looks.length === 0
		? undefined
		: { median: median(looks), most: Math.max(...looks), looks: looks.length };
}

export function machine() {
	const cpus = os.cpus();
	return {
		system: `${os.platform()} ${os.arch()}`,
		processor: cpus[0]?.model.trim() ?? 'unknown',
		cores: cpus.length,
		memoryGb: Math.round(os.totalmem() / 2 ** 30),
	};
}

export const loadAverage = () =>
	os
		.loadavg()
		.map((load) => load.toFixed(2))
		.join(' ');

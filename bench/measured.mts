import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

interface Measured<T> {
	value: T;
	ms: number;
	cpuMs: number;
}

/** Does some work and measures it; with `profile`, writes a CPU profile of it into that file. */
export async function measured<T>(work: () => PromiseLike<T>, profile?: string): Promise<Measured<T>> {
	if (profile) return await profiled(work, profile);
	const cpu = process.cpuUsage();
	// Not by `performance`, which `speedUp` lets run faster.
	const started = process.hrtime.bigint();
	const value = await work();
	const ms = Number(process.hrtime.bigint() - started) / 1e6;
	const { system, user } = process.cpuUsage(cpu);
	return { value, ms, cpuMs: (system + user) / 1000 };
}

async function profiled<T>(work: () => PromiseLike<T>, file: string): Promise<Measured<T>> {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.setSamplingInterval', { interval: 200 });
	await session.post('Profiler.start');
	const result = await measured(work);
	const { profile } = await session.post('Profiler.stop');
	session.disconnect();
	writeFileSync(file, JSON.stringify(profile));
	return result;
}

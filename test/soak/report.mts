import { CHANCE_BYTES, grows, MOST_PER_1000, slopeOf, type Point } from './memory.mts';
import { SAID } from './said.mts';
import type { ServerCounts } from './server.mts';
import type { StateSize } from './states.mts';

export interface Outcome {
	/** What each item said, and how often each message was sent. */
	said: Uint8Array;
	server: ServerCounts;
	deliveries: { executions: Uint8Array; calls: number; wrong: number };
	points: Point[];
	/** How many of them are the warm-up. */
	warmUp: number;
	states: StateSize[];
	/** Timers, sockets and listeners that were not there before. */
	left: string[];
	seconds: number;
	seed: number;
}

export interface Count {
	sent: number;
	doubled: number;
	lost: number;
	unknown: number;
	refused: number;
}

/** What became of the messages. Lost: it was not sent, or nobody knows of it, and its item says otherwise. Pure. */
export function countMessages(said: Uint8Array, times: number[]): Count {
	const count: Count = { sent: 0, doubled: 0, lost: 0, unknown: 0, refused: 0 };
	said.forEach((what, index) => {
		const sent = times[index] > 0;
		count.sent += sent ? 1 : 0;
		count.doubled += Math.max(0, times[index] - 1);
		if (what === SAID.unsure) count.unknown++;
		else if (what === SAID.notDone && !sent) count.refused++;
		else if (what !== SAID.sent || !sent) count.lost++;
	});
	return count;
}

/** What is not as it should be, in words; empty if the run went well. Pure. */
export function findings(outcome: Outcome): string[] {
	const { deliveries, left, points, said, server, states, warmUp } = outcome;
	const { doubled, lost } = countMessages(said, server.times);
	const twice = deliveries.executions.filter((times) => times > 1).length;
	const never = deliveries.executions.filter((times) => times === 0).length;
	const measured = points.slice(warmUp);
	return [
		doubled > 0 && `${doubled} messages were sent again`,
		lost > 0 && `${lost} messages are neither sent nor reported, or reported otherwise`,
		twice > 0 && `${twice} deliveries started more than one execution`,
		never > 0 && `${never} deliveries started none`,
		deliveries.wrong > 0 && `${deliveries.wrong} calls of the webhook got another response than they should`,
		grows(measured) &&
			`memory grows by more than ${MOST_PER_1000} bytes per 1,000, and by more than ${CHANCE_BYTES} bytes`,
		...states.map(({ module, most, size }) => size > most && `${module} holds ${size}, and ${most} at most`),
		...left.map((what) => `left open: ${what}`),
	].filter((one): one is string => typeof one === 'string');
}

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

/** The figures of a run. Pure. */
export function report(outcome: Outcome): string {
	const { deliveries, points, said, seconds, seed, server, states, warmUp } = outcome;
	const { doubled, lost, refused, sent, unknown } = countMessages(said, server.times);
	const executions = deliveries.executions.reduce((sum, times) => sum + times, 0);
	const faults = Object.entries(server.faults).map(([name, count]) => `${name} ${count}`);
	return [
		'',
		'| | Count | Done | Doubled | Lost | Unknown | Refused | Requests |',
		'| --- | --- | --- | --- | --- | --- | --- | --- |',
		`| messages | ${said.length} | ${sent} | ${doubled} | ${lost} | ${unknown} | ${refused} | ${server.requests} |`,
		`| deliveries | ${deliveries.executions.length} | ${executions} | ${deliveries.executions.filter((times) => times > 1).length} | ${deliveries.executions.filter((times) => times === 0).length} | | | ${deliveries.calls} |`,
		'',
		`Faults: ${faults.join(', ')}; ${server.tokens} tokens`,
		`Memory in MB at ${points.length} points (${warmUp} of them are the warm-up): ${points.map(({ bytes }) => megabytes(bytes)).join(', ')}`,
		`Slope after the warm-up: ${Math.round(slopeOf(points.slice(warmUp)))} bytes per 1,000`,
		`Maps: ${states
			.filter(({ size }) => size > 0)
			.map(({ module, most, size }) => `${module} ${size} of ${most}`)
			.join(', ')}; ${states.filter(({ size }) => size === 0).length} others are empty`,
		'',
		...findings(outcome).map((one) => `  wrong: ${one}`),
		`${said.length} messages and ${deliveries.executions.length} deliveries, ${findings(outcome).length} findings (seed ${seed}, ${seconds} s)`,
	].join('\n');
}

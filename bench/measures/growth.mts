import type { Memory } from '../jobs.mts';
import { calm } from '../machine.mts';
import { N8nProcess, Server } from '../processes.mts';
import type { Row } from '../report.mts';
import { kilobytes, median, times } from '../stats.mts';

const SIZES = [100, 1_000, 10_000];
/** How often each size runs in a round, so that the small ones are measured as long as the large one. */
const REPEATS = [10, 3, 1];
const TELEGENT = { kind: 'telegent' } as const;

/** 4. Time an item and memory, as the list grows; the server responds at once. */
export async function growth(server: Server, rounds: number, say: (text: string) => void): Promise<Row[]> {
	server.latency(0);
	const process = await N8nProcess.start();
	try {
		await process.run({ ...server.job, ...TELEGENT, count: 1_000 });
		const msAnItem = await timeAnItem(process, server, rounds, say);
		return [timeRow(msAnItem), ...(await memory(server, say))];
	} finally {
		await process.stop();
	}
}

/**
 * With n8n's older expression engine: the default one runs in an isolate, which holds on to what it was given until it
 * collects garbage itself, some tens of kilobytes an expression, whatever the node.
 */
async function memory(server: Server, say: (text: string) => void): Promise<Row[]> {
	const process = await N8nProcess.start(1, 'legacy');
	try {
		await process.run({ ...server.job, ...TELEGENT, count: 1_000 });
		const rows: Row[] = [];
		for (const count of SIZES) {
			const result = await process.run({ ...server.job, ...TELEGENT, count, memory: true });
			rows.push(memoryRow(count, result.memory as Memory));
			say(`${count} items: memory`);
		}
		return rows;
	} finally {
		await process.stop();
	}
}

async function timeAnItem(
	process: N8nProcess,
	server: Server,
	rounds: number,
	say: (text: string) => void,
): Promise<number[][]> {
	const msAnItem: number[][] = SIZES.map(() => []);
	for (let round = 0; round < rounds; round++) {
		for (const [i, count] of SIZES.entries()) {
			for (let repeat = 0; repeat < REPEATS[i]; repeat++) {
				await calm();
				const { error, nodeMs, succeeded } = await process.run({ ...server.job, ...TELEGENT, count });
				if (succeeded !== count) throw new Error(`${succeeded} of ${count}. ${error ?? ''}`);
				msAnItem[i].push(nodeMs / count);
			}
			say(`${count} items: ${median(msAnItem[i]).toFixed(3)} ms an item`);
		}
	}
	return msAnItem;
}

function timeRow(all: number[][]): Row {
	const msAnItem = all.map(median);
	const flat = Math.max(...msAnItem) / Math.min(...msAnItem);
	return {
		id: '4',
		measure: 'Time an item with 100, 1,000 and 10,000 items',
		result: `${msAnItem.map((ms) => ms.toFixed(2)).join(', ')} ms (${times(flat)})`,
		goal: 'flat within 10 %',
		met: flat <= 1.1,
		figures: { sizes: SIZES, msAnItem: all },
	};
}

/** The goal is for the long list: the connections alone take more than a short one. */
function memoryRow(count: number, used: Memory): Row {
	const share = used.peak / used.output;
	const isLong = count === Math.max(...SIZES);
	return {
		id: '4',
		measure: `Peak memory above the input, ${count.toLocaleString('en')} items, against the output's size`,
		result: `${times(share)} (${kilobytes(used.peak)} / ${kilobytes(used.output)})`,
		...(isLong && { goal: '≤ 2 ×', met: share <= 2 }),
		figures: used,
	};
}

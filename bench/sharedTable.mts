import { figures, simulate, type Case } from './sharedLimit.mts';

/* `npx tsx bench/sharedTable.mts`: one account shared by 1 to 100 processes, simulated, as a table. */

const SEEDS = [1, 2, 3];
const MINUTE = 60_000;
const equal = (processes: number, count: number) => Array.from({ length: processes }, () => ({ count }));

const CASES: Array<[name: string, parts: Case]> = [
	['1 × 300', { lists: equal(1, 300) }],
	['2 × 150', { lists: equal(2, 150) }],
	['4 × 75', { lists: equal(4, 75) }],
	['4 × 150', { lists: equal(4, 150) }],
	['10 × 60', { lists: equal(10, 60) }],
	['100 × 10', { lists: equal(100, 10) }],
	['2 × 150, limit used up before', { lists: equal(2, 150), busyBefore: true }],
	['4 × 75, limit used up before', { lists: equal(4, 75), busyBefore: true }],
	['2 × 150, no Retry-After', { lists: equal(2, 150), retryAfter: false }],
	['4 × 150, no Retry-After', { lists: equal(4, 150), retryAfter: false }],
	['2 × 150, fixed minutes', { lists: equal(2, 150), counting: 'fixed' }],
	['4 × 75, fixed minutes', { lists: equal(4, 75), counting: 'fixed' }],
	['2 × 1,800 at 600', { lists: equal(2, 1_800), perMinute: 600 }],
	['4 × 900 at 600', { lists: equal(4, 900), perMinute: 600 }],
	['100 × 60 at 600', { lists: equal(100, 60), perMinute: 600 }],
	['400, and 100 after 3 minutes', { lists: [{ count: 400 }, { count: 100, begins: 3 * MINUTE }] }],
	['300 and 20', { lists: [{ count: 300 }, { count: 20 }] }],
	['400 and 3 × 50', { lists: [{ count: 400 }, ...equal(3, 50)] }],
];

console.log('| Processes × messages | Refused | Time over least | Slowest over mean | Failed |');
console.log('| --- | --- | --- | --- | --- |');
for (const [name, parts] of CASES) {
	const all = SEEDS.map((seed) => figures(simulate({ ...parts, seed }), parts.perMinute));
	const mean = (key: keyof (typeof all)[number]) => all.reduce((sum, one) => sum + one[key], 0) / all.length;
	const [refused, time, slowest, failed] = [mean('refused'), mean('time'), mean('slowest'), mean('failed')];
	console.log(
		`| ${name} | ${(refused * 100).toFixed(1)} % | ${time.toFixed(3)} | ${slowest.toFixed(2)} | ${failed.toFixed(0)} |`,
	);
}

import type { IDataObject } from 'n8n-workflow';
import { recordsOf } from '../../shared/routes/api';
import { readInventory } from '../../shared/routes/numbers';
import { asSent } from '../../shared/values';
import type { Check } from './check';

const NUMBERS_PER_REQUEST = 100;

/** Data usage of a number, in megabytes; NaN where Telegent doesn't say. */
interface LineUsage {
	number: string;
	used: number;
	remaining: number;
	record: IDataObject;
}

interface UsageState {
	/** Numbers that are past the threshold and were reported, with their latest usage. */
	reported?: Record<string, number>;
}

/**
 * Numbers whose usage is past the threshold, once per billing period. Telegent does not say when a period begins, but
 * usage only grows in it: less than before means that a new one began.
 */
export async function checkUsage(check: Check): Promise<IDataObject[]> {
	const state: UsageState = check.state;
	const reported = (state.reported ??= {});
	const items: IDataObject[] = [];
	await eachUsage(check, (usage) => {
		const item = toUsageItem(check, usage);
		const before = reported[usage.number] as number | undefined;
		if (!isPast(item)) delete reported[usage.number];
		else {
			if (before === undefined || usage.used < before) items.push(item);
			reported[usage.number] = usage.used;
		}
	});
	return items;
}

export async function sampleUsage(check: Check): Promise<IDataObject> {
	const [first] = await groupsToCheck(check);
	const [usage] = first ? await linesUsage(check, first) : [];
	if (usage) return toUsageItem(check, usage);
	throw check.checkError(
		'No data usage to test with yet',
		"None of the numbers has mobile data. Choose others in 'Phone Number Names or IDs'.",
	);
}

async function eachUsage(check: Check, work: (usage: LineUsage) => void): Promise<void> {
	const groups = await groupsToCheck(check);
	const byFirst = new Map(groups.map((group) => [group[0], group]));
	await check.inTurn([...byFirst.keys()], async (first) => {
		for (const usage of await linesUsage(check, byFirst.get(first) ?? [])) work(usage);
	});
}

async function groupsToCheck(check: Check): Promise<string[][]> {
	const chosen = check.chosen('phoneNumbers');
	const numbers = chosen.length > 0 ? chosen : await numbersWithData(check);
	const count = Math.ceil(numbers.length / NUMBERS_PER_REQUEST);
	return Array.from({ length: count }, (_, index) =>
		numbers.slice(index * NUMBERS_PER_REQUEST, (index + 1) * NUMBERS_PER_REQUEST),
	);
}

async function numbersWithData({ telegent }: Check): Promise<string[]> {
	const inventory = await readInventory(telegent);
	return inventory
		.filter(({ ProductType, Status }) => /data/i.test(String(ProductType)) && Status !== 'Cancelled')
		.map(({ Number: number }) => String(number));
}

async function linesUsage(check: Check, numbers: string[]): Promise<LineUsage[]> {
	const body = { PhoneNumbers: asSent(numbers) };
	const response = await check.call({
		route: 'POST /v1.0/numbers/data-usage/info',
		body,
		safety: 'read',
	});
	return recordsOf((response as IDataObject).PhoneNumbers).map((record) => ({
		number: String(record.Number),
		used: inMegabytes(record.Used, record.ValueUnit),
		remaining: inMegabytes(record.Remaining, record.ValueUnit),
		record,
	}));
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** `0 B`, `20 MB`: the example of the operation has a unit in each value, its description speaks of MB. */
function inMegabytes(value: unknown, unit: unknown): number {
	const [, amount, own] = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]?b)?\s*$/i.exec(String(value)) ?? [];
	const power = UNITS.indexOf(String(own ?? unit ?? 'MB').toUpperCase()) - UNITS.indexOf('MB');
	return Number(amount ?? NaN) * 1024 ** power;
}

function toUsageItem({ context }: Check, { number, record, remaining, used }: LineUsage): IDataObject {
	const percent = used === 0 ? 0 : (used / (used + remaining)) * 100;
	return {
		event: 'dataUsage',
		number,
		usedMb: rounded(used),
		remainingMb: rounded(remaining),
		usedPercent: rounded(percent),
		threshold: Number(context.getNodeParameter('threshold')),
		unit: String(context.getNodeParameter('unit')),
		behavior: String(record.CurrentBehavior ?? ''),
		raw: record,
	};
}

const rounded = (amount: number) => (Number.isNaN(amount) ? null : Math.round(amount * 100) / 100);

function isPast({ threshold, unit, usedMb, usedPercent }: IDataObject): boolean {
	const used = unit === 'percent' ? usedPercent : usedMb;
	return typeof used === 'number' && used >= Number(threshold);
}

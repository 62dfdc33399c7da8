import type { IDataObject } from 'n8n-workflow';
import { payloadOf, type Item } from '../engine/operation';

/** The phone numbers that the item's request sends to, in E.164. */
export function recipients(item: Pick<Item, 'request'>): string[] {
	return ((payloadOf(item).To ?? []) as IDataObject[]).map(({ Number }) => String(Number));
}

/** A recipient who does not get the message, and the reason. */
export interface ExcludedRecipient {
	number: string;
	reason: string;
}

/** The numbers without the excluded ones, in linear time. */
export function excluding(to: string[], leftOut: ExcludedRecipient[]): string[] {
	if (leftOut.length === 0) return to;
	const numbers = new Set(leftOut.map(({ number }) => number));
	return to.filter((number) => !numbers.has(number));
}

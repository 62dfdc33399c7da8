import type { IDataObject } from 'n8n-workflow';
import { list } from '../../shared/values';
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

/** Most recipients in a failed item, and their length: an item can have thousands, of any length. */
const MAX_NAMED_RECIPIENTS = 100;
const MAX_RECIPIENT_LENGTH = 60;

/** Recipients as they were entered, for items whose recipients cannot be parsed. */
export function recipientsAsGiven(to: unknown): string[] {
	const text = (entry: unknown) => (typeof entry === 'object' ? JSON.stringify(entry) : String(entry));
	return list(to)
		.slice(0, MAX_NAMED_RECIPIENTS)
		.map((entry) => text(entry).slice(0, MAX_RECIPIENT_LENGTH));
}

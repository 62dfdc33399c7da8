import type { IDataObject } from 'n8n-workflow';

/** The recipients of a request: `[{Number}]`. */
export function recipients(sent: IDataObject): string[] {
	return ((sent.To ?? []) as IDataObject[]).map(({ Number }) => String(Number));
}

/** A recipient who is left out, and why. */
export interface LeftOut {
	number: string;
	reason: string;
}

/** Those who are not left out, in time that grows with the number of recipients. */
export function without(to: string[], leftOut: LeftOut[]): string[] {
	if (leftOut.length === 0) return to;
	const numbers = new Set(leftOut.map(({ number }) => number));
	return to.filter((number) => !numbers.has(number));
}

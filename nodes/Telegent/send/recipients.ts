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

/** Those who are not left out. */
export function without(to: string[], leftOut: LeftOut[]): string[] {
	return to.filter((number) => !leftOut.some((one) => one.number === number));
}

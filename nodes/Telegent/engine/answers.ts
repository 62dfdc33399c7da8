import type { IDataObject } from 'n8n-workflow';
import type { ApiAnswer } from '../../../transport/request';
import type { Operation, Paging } from './operation';

/** Pages until the limit or the last page. A page that repeats the one before ends it too, lest it go on for ever. */
export async function allPages(
	operation: Operation,
	paging: Paging,
	call: (page: IDataObject) => Promise<ApiAnswer>,
	limit: number,
): Promise<IDataObject[]> {
	const size = Math.min(limit, paging.most);
	const found: IDataObject[] = [];
	for (let page = 1, before = ''; found.length < limit; page++) {
		const answer = await call({ [paging.page]: page, [paging.size]: size });
		const answers = entries(answer, operation);
		const seen = JSON.stringify(answers);
		if (answers.length === 0 || seen === before) break;
		found.push(...answers);
		// Telegent may give fewer at a time than asked for: only its own total tells whether that was the last page.
		const total = Array.isArray(answer) ? NaN : Number(answer[paging.total] ?? NaN);
		if (Number.isNaN(total) ? answers.length < size : found.length >= total) break;
		before = seen;
	}
	return found.slice(0, limit);
}

/** The answer as a list: its own list where it has one, else itself as the only entry. No item vanishes for want of one. */
export function entries(answer: ApiAnswer, { entry = 'value', list }: Operation): IDataObject[] {
	const given = !Array.isArray(answer) && list && list in answer ? (answer[list] ?? []) : answer;
	const all = Array.isArray(given) ? given : [given];
	if (list === undefined && all.length === 0) return [{}];
	return all.map((one) => (typeof one === 'object' ? one : { [entry]: one }) as IDataObject);
}

/** An answer as the person wants it: only the useful fields, and passwords and tokens behind asterisks. */
export function shape(
	answer: IDataObject,
	operation: Operation,
	simplify: boolean,
	showSecrets: boolean,
): IDataObject {
	const { secrets = [], simple } = operation;
	if (!(simplify && simple) && (showSecrets || secrets.length === 0)) return answer;
	const keys = simplify && simple ? simple.filter((key) => key in answer) : Object.keys(answer);
	const shown = (key: string) =>
		answer[key] && !showSecrets && secrets.includes(key) ? '********' : answer[key];
	return Object.fromEntries(keys.map((key) => [key, shown(key)]));
}

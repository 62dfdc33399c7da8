import { sleep, type IDataObject, type IHttpRequestOptions } from 'n8n-workflow';
import { hasQuestion } from '../../shared/questions/openQuestions';

const POLL_MS = 250;

/** A call of a question's resume URL with its secret, as Telegent makes it. Pure. */
export function questionCall(url: string, secret: string, body: IDataObject): IHttpRequestOptions {
	return {
		method: 'POST',
		url,
		body,
		headers: { Authorization: `Bearer ${secret}` },
		json: true,
		// What responds at another address isn't the question: neither the message nor the secret goes there.
		disableFollowRedirect: true,
	};
}

/** Waits so many milliseconds. @returns whether the question is still open in this process; false as soon as it isn't */
export async function staysOpen(url: string, ms: number): Promise<boolean> {
	for (let left = ms; left > 0; left -= POLL_MS) {
		if (!hasQuestion(url)) return false;
		await sleep(POLL_MS);
	}
	return hasQuestion(url);
}

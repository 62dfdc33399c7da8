import { jsonParse, type IN8nHttpFullResponse } from 'n8n-workflow';

/**
 * No response of Telegent is larger: a page of 100 messages, each with a picture as large as carriers accept. n8n itself
 * reads without a limit: less than a megabyte of gzip would take gigabytes of memory.
 */
export const MAX_RESPONSE_MB = 100;
const MEGABYTE = 1024 * 1024;

/** More than any page of Telegent has: 10,000 numbers have some 100,000. Each takes about 50 bytes of memory, or more. */
export const MAX_MILLION_VALUES = 2;
const MAX_VALUES = MAX_MILLION_VALUES * 1_000_000;
/** What stands before each value of JSON but the first: a comma, or the opening of the list or object that it is in. */
const BEFORE_VALUE = [',', '[', '{'].map((character) => character.charCodeAt(0));

/** The content after decompression; undefined if it is larger. Then `abort` has closed the connection. */
export async function readUpTo(
	largestBytes: number,
	body: AsyncIterable<Uint8Array>,
	abort?: () => void,
): Promise<Buffer | undefined> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > largestBytes) {
			// Before the loop is left: axios no longer listens to the signal of a destroyed stream.
			abort?.();
			return undefined;
		}
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/**
 * A streamed response with its content, parsed as n8n's helper does. Undefined if it is too large: in bytes, or in values,
 * because 100 MB of `{}` would take several gigabytes.
 * @throws Error with Node's code if the connection ended, or the content can't be decompressed
 */
export async function withContent(
	response: IN8nHttpFullResponse,
	abort: () => void,
): Promise<IN8nHttpFullResponse | undefined> {
	const body: unknown = response.body;
	if (!isStream(body)) return response;
	// The stream may report the abort once more, after it was read.
	body.on?.('error', () => {});
	const content = await readUpTo(MAX_RESPONSE_MB * MEGABYTE, body, abort).catch(rethrow);
	if (!content || hasTooManyValues(content)) return undefined;
	// A byte order mark is no part of JSON. Text that isn't JSON stays text.
	const text = content.toString().replace(/^\uFEFF/, '');
	return { ...response, body: jsonParse<IN8nHttpFullResponse['body']>(text, { fallbackValue: text }) };
}

/** In text, what looks like the beginning of a value counts, too: a page's texts are far below the limit. */
function hasTooManyValues(content: Buffer): boolean {
	if (content.length <= MAX_VALUES) return false;
	let values = 0;
	for (const byte of content) if (BEFORE_VALUE.includes(byte) && ++values > MAX_VALUES) return true;
	return false;
}

type Stream = AsyncIterable<Uint8Array> & { on?: (event: string, listener: () => void) => unknown };

const isStream = (body: unknown): body is Stream =>
	typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

/** Without the request of an AxiosError, which has the token. */
function rethrow({ code, message }: Error & { code?: unknown }): never {
	throw Object.assign(new Error(message), { code });
}

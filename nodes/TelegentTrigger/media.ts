import type {
	IDataObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';
import { CREDENTIAL } from '../../transport/request';
import type { TelegentCredential } from '../../transport/token';
import { isOnThisMachine, isPrivate } from './address';
import { endOf } from './telegent';

export interface MediaOptions {
	prefix: string;
	largestBytes: number;
}

const MOST_FILES = 10;
const MOST_REDIRECTS = 3;
const TIMEOUT_MS = 20_000;
/** What carriers let through in an MMS. Pages and programs are not among it. */
const TYPES = /^(image|audio|video)\/|^text\/(plain|vcard|x-vcard|calendar)$|^application\/(pdf|ogg|vcard)$/;

/** How media are downloaded; undefined where they are not. */
export function mediaOptionsOf(context: IWebhookFunctions): MediaOptions | undefined {
	const { downloadMedia, largestMedia, mediaPrefix } = context.getNodeParameter('options', {}) as IDataObject;
	if (!downloadMedia) return undefined;
	const megabytes = Math.min(Math.max(Number(largestMedia) || 5, 0.1), 25);
	return { prefix: String(mediaPrefix || 'media_'), largestBytes: megabytes * 1024 * 1024 };
}

/**
 * Downloads the media of a message into binary properties. `downloads` says of each what became of it: a message
 * never gets lost for its pictures.
 */
export async function attachMedia(
	context: IWebhookFunctions,
	item: INodeExecutionData,
	options: MediaOptions,
): Promise<void> {
	const media = (item.json.media as string[]).map(String);
	const local = await isSandbox(context);
	const until = Date.now() + TIMEOUT_MS;
	item.binary = {};
	const downloads: IDataObject[] = [];
	for (const [index, url] of media.entries()) {
		const binary = `${options.prefix}${index}`;
		try {
			if (index >= MOST_FILES) throw new Error(`only the first ${MOST_FILES} files are downloaded`);
			const { content, type } = await download(context, url, options.largestBytes, until, local);
			item.binary[binary] = await context.helpers.prepareBinaryData(content, fileName(url), type);
			downloads.push({ url, binary });
		} catch (error) {
			downloads.push({ url, skipped: (error as Error).message });
		}
	}
	item.json.downloads = downloads;
}

async function isSandbox(context: IWebhookFunctions): Promise<boolean> {
	return isOnThisMachine((await context.getCredentials<TelegentCredential>(CREDENTIAL)).baseUrl);
}

async function download(
	context: IWebhookFunctions,
	address: string,
	largestBytes: number,
	until: number,
	local: boolean,
): Promise<{ content: Buffer; type: string }> {
	let url = address;
	for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
		const { body, headers, statusCode } = await get(context, publicAddress(url, local), until);
		const location = headers.location;
		if (statusCode >= 300 && statusCode < 400 && typeof location === 'string') {
			destroy(body);
			url = new URL(location, url).href;
			continue;
		}
		return await take(body, headers, statusCode, largestBytes);
	}
	throw new Error('its address leads to another too often');
}

async function get(context: IWebhookFunctions, url: string, until: number): Promise<IN8nHttpFullResponse> {
	const left = until - Date.now();
	if (left <= 0) throw new Error('the downloads take too long');
	const request: IHttpRequestOptions = {
		url,
		method: 'GET',
		encoding: 'stream',
		returnFullResponse: true,
		// Every address on the way is checked before it is called.
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		timeout: left,
		abortSignal: AbortSignal.timeout(left),
	};
	const end = await endOf(context.helpers.httpRequest(request));
	if ('answer' in end) return end.answer as IN8nHttpFullResponse;
	throw new Error('it could not be downloaded');
}

/** @throws Error where the address is not one of the public internet */
function publicAddress(address: string, local: boolean): string {
	if (!URL.canParse(address)) throw new Error('it has no valid address');
	const url = new URL(address);
	if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
		throw new Error('its address is not one of the web');
	}
	if (!local && isPrivate(url.hostname)) throw new Error('its address is inside a private network');
	return url.href;
}

async function take(
	body: unknown,
	headers: IDataObject,
	status: number,
	largestBytes: number,
): Promise<{ content: Buffer; type: string }> {
	const type = String(headers['content-type'] ?? '')
		.split(';')[0]
		.trim()
		.toLowerCase();
	const reason =
		status < 200 || status >= 300
			? `its server answered with status ${status}`
			: !TYPES.test(type)
				? `files of type "${type || 'unknown'}" are not downloaded`
				: Number(headers['content-length'] ?? 0) > largestBytes
					? 'it is too large'
					: undefined;
	if (reason) {
		destroy(body);
		throw new Error(reason);
	}
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of body as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > largestBytes) {
			destroy(body);
			throw new Error('it is too large');
		}
		chunks.push(chunk);
	}
	return { content: Buffer.concat(chunks), type };
}

function destroy(body: unknown): void {
	(body as { destroy?: () => void }).destroy?.();
}

function fileName(url: string): string {
	const name = decodeURIComponent(new URL(url).pathname.split('/').pop() ?? '');
	return name.replace(/[^\p{L}\p{N}._ -]/gu, '').slice(-100) || 'media';
}

import type {
	IDataObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';
import { CREDENTIAL } from '../../transport/request';
import { normalizeBaseUrl, type TelegentCredential } from '../../transport/token';
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
	const trusted = await localOrigin(context);
	const until = Date.now() + TIMEOUT_MS;
	item.binary = {};
	const downloads: IDataObject[] = [];
	for (const [index, url] of media.entries()) {
		const binary = `${options.prefix}${index}`;
		try {
			if (index >= MOST_FILES) throw new Error(`only the first ${MOST_FILES} files are downloaded`);
			const { content, type } = await download(context, url, {
				largestBytes: options.largestBytes,
				until,
				trusted,
			});
			item.binary[binary] = await context.helpers.prepareBinaryData(content, fileName(url), type);
			downloads.push({ url, binary });
		} catch (error) {
			downloads.push({ url, skipped: (error as Error).message });
		}
	}
	item.json.downloads = downloads;
}

/** Where a simulated Telegent on this machine keeps its media; nothing else on this machine or network is called. */
async function localOrigin(context: IWebhookFunctions): Promise<string | undefined> {
	const { baseUrl } = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	return isOnThisMachine(baseUrl) ? new URL(normalizeBaseUrl(baseUrl)).origin : undefined;
}

interface Limits {
	largestBytes: number;
	/** When the downloads of a message must be over, in milliseconds since 1970. */
	until: number;
	/** The one origin that may be local. */
	trusted?: string;
}

async function download(
	context: IWebhookFunctions,
	address: string,
	{ largestBytes, trusted, until }: Limits,
): Promise<{ content: Buffer; type: string }> {
	let url = address;
	for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
		const response = await get(context, await publicAddress(context, url, trusted), until);
		const { location } = response.headers;
		if (response.statusCode >= 300 && response.statusCode < 400 && typeof location === 'string') {
			response.refuse();
			if (!URL.canParse(location, url)) throw new Error('its address leads to one that is not valid');
			url = new URL(location, url).href;
			continue;
		}
		return await take(response, largestBytes);
	}
	throw new Error('its address leads to another too often');
}

interface MediaResponse {
	body: unknown;
	headers: IDataObject;
	statusCode: number;
	/** Ends the connection. */
	refuse: () => void;
}

async function get(context: IWebhookFunctions, url: string, until: number): Promise<MediaResponse> {
	const left = until - Date.now();
	if (left <= 0) throw new Error('the downloads take too long');
	const abort = new AbortController();
	const request: IHttpRequestOptions = {
		url,
		method: 'GET',
		encoding: 'stream',
		returnFullResponse: true,
		// Every address on the way is checked before it is called.
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		timeout: left,
		abortSignal: AbortSignal.any([abort.signal, AbortSignal.timeout(left)]),
	};
	const end = await endOf(context.helpers.httpRequest(request));
	if ('error' in end) throw new Error('it could not be downloaded');
	const { body, headers, statusCode } = end.answer as IN8nHttpFullResponse;
	// n8n hands out a generator around the connection: destroying that one leaves the connection open for ever.
	const refuse = () => {
		(body as { on?: (event: string, listener: () => void) => void }).on?.('error', () => {});
		abort.abort();
	};
	return { body, headers, statusCode, refuse };
}

/** n8n 2 resolves host names and judges the addresses; older versions have no such function. */
type EgressFilter = { validateUrl(url: string): Promise<{ ok: boolean; error?: Error }> };
type Helpers = { getSecureEgressFilter?: (policy: 'enforced') => EgressFilter };

/**
 * The address, if it is one of the public internet: by its name and, where n8n can tell, by what the name leads to.
 * @throws Error where it is not
 */
async function publicAddress(context: IWebhookFunctions, address: string, trusted?: string): Promise<string> {
	if (!URL.canParse(address)) throw new Error('it has no valid address');
	const url = new URL(address);
	if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
		throw new Error('its address is not one of the web');
	}
	if (url.origin === trusted) return url.href;
	if (isPrivate(url.hostname)) throw new Error(PRIVATE);
	const filter = (context.helpers as Helpers).getSecureEgressFilter?.('enforced');
	const verdict = await filter?.validateUrl(url.href).catch((error: Error) => ({ ok: false, error }));
	if (!verdict || verdict.ok) return url.href;
	throw new Error(/blocked/i.test(String(verdict.error)) ? PRIVATE : 'its server cannot be found');
}

const PRIVATE = 'its address is inside a private network';

async function take(
	{ body, headers, refuse, statusCode }: MediaResponse,
	largestBytes: number,
): Promise<{ content: Buffer; type: string }> {
	const type = String(headers['content-type'] ?? '')
		.split(';')[0]
		.trim()
		.toLowerCase();
	const reason = whyNot(statusCode, type, Number(headers['content-length'] ?? 0) > largestBytes);
	if (reason) {
		refuse();
		throw new Error(reason);
	}
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of body as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > largestBytes) {
			refuse();
			throw new Error(TOO_LARGE);
		}
		chunks.push(chunk);
	}
	return { content: Buffer.concat(chunks), type };
}

const TOO_LARGE = 'it is too large';

/** Why a file is not taken; undefined where it is. */
function whyNot(status: number, type: string, tooLarge: boolean): string | undefined {
	if (status < 200 || status >= 300) return `its server answered with status ${status}`;
	if (!TYPES.test(type)) return `files of type "${type || 'unknown'}" are not downloaded`;
	return tooLarge ? TOO_LARGE : undefined;
}

function fileName(url: string): string {
	const last = new URL(url).pathname.split('/').pop() ?? '';
	return (
		decoded(last)
			.replace(/[^\p{L}\p{N}._ -]/gu, '')
			.slice(-100) || 'media'
	);
}

/** An address may hold a % that encodes nothing. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

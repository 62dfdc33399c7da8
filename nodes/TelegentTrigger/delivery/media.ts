import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';
import { CREDENTIAL } from '../../../transport/client';
import { normalizeBaseUrl, type TelegentCredential } from '../../../transport/token';
import { isOnThisMachine, isPrivate, isPrivateAddress } from '../../shared/publicUrl';
import { readUpTo } from '../../../transport/responseBody';
import { settle } from '../../../transport/result';

/** Where media are downloaded: on arrival, or when it is known which messages belong together. */
type MediaContext = IWebhookFunctions | IExecuteFunctions;

export interface MediaOptions {
	prefix: string;
	largestBytes: number;
}

const MAX_FILES = 10;
const MAX_REDIRECTS = 3;
const DOWNLOAD_TIMEOUT_MS = 20_000;
/** Content types that carriers accept in an MMS; no HTML, no executables. */
const TYPES =
	/^(image|audio|video)\/[\w.+-]{1,100}$|^text\/(plain|vcard|x-vcard|calendar)$|^application\/(pdf|ogg|vcard)$/;

/** The download settings, or undefined if Download Media is off. */
export function mediaOptionsOf({
	downloadMedia,
	largestMedia,
	mediaPrefix,
}: IDataObject): MediaOptions | undefined {
	if (!downloadMedia) return undefined;
	const megabytes = Math.min(Math.max(Number(largestMedia) || 5, 0.1), 25);
	return { prefix: String(mediaPrefix || 'media_'), largestBytes: megabytes * 1024 * 1024 };
}

/**
 * Downloads the media of a message into binary properties and reports each file in `downloads`. A file that cannot be
 * downloaded never stops the message.
 */
export async function attachMedia(
	context: MediaContext,
	item: INodeExecutionData,
	options: MediaOptions,
): Promise<void> {
	const media = (item.json.media as string[]).map(String);
	const trusted = await localOrigin(context);
	const until = Date.now() + DOWNLOAD_TIMEOUT_MS;
	item.binary = {};
	const downloads: IDataObject[] = [];
	for (const [index, url] of media.entries()) {
		const binary = `${options.prefix}${index}`;
		try {
			if (index >= MAX_FILES) throw new Error(`only the first ${MAX_FILES} files are downloaded`);
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

/** The origin of a local sandbox, if the credential uses one: the only local origin that may be called. */
async function localOrigin(context: MediaContext): Promise<string | undefined> {
	const { baseUrl } = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	return isOnThisMachine(baseUrl) ? new URL(normalizeBaseUrl(baseUrl)).origin : undefined;
}

interface Limits {
	largestBytes: number;
	/** Deadline for all downloads of a message, in milliseconds since 1970. */
	until: number;
	/** The only origin that may be local. */
	trusted?: string;
}

async function download(
	context: MediaContext,
	address: string,
	{ largestBytes, trusted, until }: Limits,
): Promise<{ content: Buffer; type: string }> {
	let url = address;
	for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
		const response = await get(context, await publicAddress(context, url, trusted), until);
		const { location } = response.headers;
		if (response.statusCode >= 300 && response.statusCode < 400 && typeof location === 'string') {
			response.abort();
			if (!URL.canParse(location, url)) throw new Error('its URL redirects to an invalid URL');
			url = new URL(location, url).href;
			continue;
		}
		return await readContent(response, largestBytes);
	}
	throw new Error('its URL redirects too many times');
}

interface MediaResponse {
	body: unknown;
	headers: IDataObject;
	statusCode: number;
	/** Closes the connection. */
	abort: () => void;
}

async function get(context: MediaContext, url: string, until: number): Promise<MediaResponse> {
	const remaining = until - Date.now();
	if (remaining <= 0) throw new Error('the downloads took too long');
	const controller = new AbortController();
	const request: IHttpRequestOptions = {
		url,
		method: 'GET',
		encoding: 'stream',
		returnFullResponse: true,
		// Each redirect target is checked before it is requested.
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		timeout: remaining,
		abortSignal: AbortSignal.any([controller.signal, AbortSignal.timeout(remaining)]),
	};
	const result = await settle(context.helpers.httpRequest(request));
	if ('error' in result) throw new Error(NOT_DOWNLOADED);
	const { body, headers, statusCode } = result.value as IN8nHttpFullResponse;
	// n8n wraps the stream in a generator, and destroying that leaves the connection open: abort the request instead.
	const abort = () => {
		(body as { on?: (event: string, listener: () => void) => void }).on?.('error', () => {});
		controller.abort();
	};
	return { body, headers, statusCode, abort };
}

type Resolved = (error: Error | null, addresses: Array<{ address: string }>) => void;
type Resolver = (hostname: string, options: { all: true }, onResult: Resolved) => unknown;

/** n8n 2 resolves host names and checks the IP addresses; older versions have no such helper. */
type EgressFilter = {
	validateUrl(url: string): Promise<{ ok: boolean; error?: Error }>;
	createSecureLookup?: () => Resolver;
};
type Helpers = { getSecureEgressFilter?: (policy: 'enforced') => EgressFilter };

/**
 * Returns the normalized URL if it is public: by its host name and, where n8n has a filter, by the resolved IP address.
 * @throws Error if it is not public, or not a plain http(s) URL
 */
async function publicAddress(context: MediaContext, address: string, trusted?: string): Promise<string> {
	if (!URL.canParse(address)) throw new Error("its URL isn't valid");
	const url = new URL(address);
	if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
		throw new Error("its URL isn't a plain http or https URL");
	}
	if (url.origin === trusted) return url.href;
	if (isPrivate(url.hostname)) throw new Error(PRIVATE);
	const filter = (context.helpers as Helpers).getSecureEgressFilter?.('enforced');
	if (filter) await checkAddresses(filter, url);
	return url.href;
}

/** @throws Error if the host name leads to a private IP address, or to none */
async function checkAddresses(filter: EgressFilter, url: URL): Promise<void> {
	const checked = await filter
		.validateUrl(url.href)
		.catch((error: Error): { ok: boolean; error?: Error } => ({ ok: false, error }));
	if (!checked.ok) throw new Error(/blocked/i.test(String(checked.error)) ? PRIVATE : NOT_FOUND);
	if ((await addressesOf(url.hostname, filter)).some(isPrivateAddress)) throw new Error(PRIVATE);
}

/** What n8n resolves a host name to: its own list of networks lacks shared, multicast and translated addresses. */
async function addressesOf(hostname: string, filter: EgressFilter): Promise<string[]> {
	const lookup = filter.createSecureLookup?.();
	if (!lookup) return [];
	return await new Promise((resolve, reject) => {
		lookup(hostname, { all: true }, (error, found) => {
			if (error) reject(new Error(NOT_FOUND));
			else resolve(found.map(({ address }) => address));
		});
	});
}

const PRIVATE = 'its URL is in a private network';
const NOT_FOUND = "its server can't be found";

async function readContent(
	{ abort, body, headers, statusCode }: MediaResponse,
	largestBytes: number,
): Promise<{ content: Buffer; type: string }> {
	const type = String(headers['content-type'] ?? '')
		.split(';')[0]
		.trim()
		.toLowerCase();
	const reason = skipReason(statusCode, type, Number(headers['content-length'] ?? 0) > largestBytes);
	if (reason) {
		abort();
		throw new Error(reason);
	}
	const result = await settle(readUpTo(largestBytes, body as AsyncIterable<Buffer>));
	if (!('error' in result) && result.value) return { content: result.value, type };
	abort();
	// The error is Node's: "aborted", "incorrect header check".
	throw new Error('error' in result ? 'its server stopped sending, or sent unreadable data' : FILE_TOO_LARGE);
}

const FILE_TOO_LARGE = 'it is too large';
const NOT_DOWNLOADED = "it couldn't be downloaded";

/** Why a file is skipped; undefined if it is downloaded. */
function skipReason(status: number, type: string, tooLarge: boolean): string | undefined {
	if (status < 200 || status >= 300) return `its server responded with HTTP status ${status}`;
	if (!TYPES.test(type)) return `files of type "${type.slice(0, 100) || 'unknown'}" aren't downloaded`;
	return tooLarge ? FILE_TOO_LARGE : undefined;
}

function fileName(url: string): string {
	const last = new URL(url).pathname.split('/').pop() ?? '';
	return (
		decoded(last)
			.replace(/[^\p{L}\p{N}._ -]/gu, '')
			.slice(-100) || 'media'
	);
}

/** Percent-decodes; a URL may contain a % that is not an escape. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/**
 * No response of Telegent is longer: a page of 100 messages, each with a picture of the size that carriers accept. n8n's
 * own limit is infinite, and a megabyte can be compressed to a kilobyte.
 */
export const MAX_RESPONSE_BYTES = 100_000_000;

/** `tooLarge`: the response has more bytes, and the rest was not read. */
export type ResponseBody = { content: unknown } | { tooLarge: true };

/**
 * The body of a response that n8n gives as a stream, as text; anything else as it is.
 * @param most bytes to read, after decompression
 * @throws Error of the connection, or of the decompression
 */
export async function readBody(body: unknown, most = MAX_RESPONSE_BYTES): Promise<ResponseBody> {
	if (!isStream(body)) return { content: body };
	// The connection is closed by a signal, and closing it makes an error that nobody else handles.
	body.on?.('error', () => {});
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > most) return { tooLarge: true };
		chunks.push(Buffer.from(chunk));
	}
	return {
		content: Buffer.concat(chunks)
			.toString('utf8')
			.replace(/^\uFEFF/, ''),
	};
}

interface BodyStream extends AsyncIterable<Uint8Array> {
	on?: (event: 'error', listener: () => void) => void;
}

function isStream(body: unknown): body is BodyStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** An error of n8n's request helper, with its causes. */
export interface NetworkError {
	code?: unknown;
	syscall?: unknown;
	name?: unknown;
	message?: string;
	cause?: unknown;
	/** Errors of an AggregateError: one per IP address that was tried. */
	errors?: unknown;
	/** The request of an AxiosError. */
	request?: { socket?: { secureConnecting?: boolean } | null };
}

/** A request without a response. */
export interface BrokenOff {
	/** False if it certainly did not leave this machine. */
	sent: boolean;
	/** For people. */
	message: string;
}

const MAX_LINKS = 20;
/** Node's names of what can be wrong with a certificate (`X509_V_ERR_…` of OpenSSL). */
const CERTIFICATE =
	/^(CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)$|PATH_LENGTH_)/;
/** The only word of Node for a connection that ended during the handshake; its code is ECONNRESET. */
const BEFORE_TLS = 'before secure TLS connection was established';
/** `Z_…` is a body that cannot be decompressed. */
const SYSTEM_CODE = /^(?!ERR_CANCELED|Z_)[A-Z][A-Z_\d]+$/;

/**
 * Decides by the phase in which a request ended, not by its code: ECONNREFUSED, EHOSTUNREACH and ENETUNREACH can also end
 * an established connection, after the request was sent. Undefined if it is not a network error.
 */
export function brokenOff(error: NetworkError): BrokenOff | undefined {
	const links = linksOf(error);
	const codes = links.map(({ code }) => code).filter((code): code is string => typeof code === 'string');
	const certificate = codes.find((code) => CERTIFICATE.test(code));
	if (certificate)
		return { sent: false, message: `The certificate at the Base URL isn't trusted (${certificate})` };
	if (links.some(({ syscall }) => syscall === 'connect' || syscall === 'getaddrinfo'))
		return { sent: false, message: "Telegent can't be reached from this n8n" };
	if (links.some(isInHandshake))
		return {
			sent: false,
			message: `A secure connection (TLS) to Telegent can't be established (${codes[0]})`,
		};
	if (links.some(({ name }) => typeof name === 'string' && /^Ssrf\w*Error$/.test(name)))
		return { sent: false, message: 'Requests to the Base URL are blocked by n8n (SSRF protection)' };
	return codes.some((code) => SYSTEM_CODE.test(code))
		? { sent: true, message: 'The connection to Telegent was lost before a response arrived' }
		: undefined;
}

/** Whether a response came whose body cannot be decompressed. */
export const isBadlyCompressed = (error: NetworkError): boolean =>
	linksOf(error).some(({ code }) => typeof code === 'string' && code.startsWith('Z_'));

/** The request is written only after the handshake. */
function isInHandshake({ message, request }: NetworkError): boolean {
	return request?.socket?.secureConnecting === true || (message?.includes(BEFORE_TLS) ?? false);
}

/** The error, its causes and theirs, and the errors that they are made of. */
function linksOf(error: NetworkError): NetworkError[] {
	const links: NetworkError[] = [];
	const open: unknown[] = [error];
	while (open.length > 0 && links.length < MAX_LINKS) {
		const link = open.shift();
		if (typeof link !== 'object' || link === null) continue;
		const { cause, errors } = link as NetworkError;
		links.push(link as NetworkError);
		open.push(cause, ...(Array.isArray(errors) ? errors.slice(0, MAX_LINKS) : []));
	}
	return links;
}

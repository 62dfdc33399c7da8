import type { Exchange, Respond } from '../faults/server.mts';
import { NOTATIONS } from './canaries.mts';

/** A way in which Telegent, or what stands before it, repeats a secret. */
export interface Echo {
	name: string;
	/** @param secrets of the account, of the request's header and of its body */
	respond: (exchange: Exchange, secrets: string[]) => unknown;
}

const said = (secrets: string[], write: (text: string) => string) =>
	`Not accepted: ${secrets.map(write).join(' and ')}`;

const json = ({ response }: Exchange, status: number, body: unknown) =>
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const inMessages = Object.entries(NOTATIONS).map(
	([notation, write]): Echo => ({
		name: `400, message, ${notation}`,
		respond: (exchange, secrets) => json(exchange, 400, { StatusCode: 400, Message: said(secrets, write) }),
	}),
);

export const echoes: Echo[] = [
	...inMessages,
	{
		name: '401, Bearer header',
		respond: (exchange, secrets) =>
			json(exchange, 401, {
				Message: `The header "${exchange.call.headers.authorization}" or ${said(secrets, String)}`,
			}),
	},
	{
		name: '422, fields and objects',
		respond: (exchange, secrets) =>
			json(exchange, 422, {
				Errors: {
					Password: secrets,
					Request: [{ Text: JSON.stringify({ secrets }) }, { Other: { secrets } }],
				},
			}),
	},
	{
		name: '200, Successful: false',
		respond: (exchange, secrets) =>
			json(exchange, 200, { Successful: false, Message: said(secrets, String) }),
	},
	{
		name: '200, truncated JSON',
		respond: async (exchange, secrets) => {
			await exchange.work();
			exchange.response.end(JSON.stringify({ secrets }).slice(0, -1));
		},
	},
	{
		name: '500, plain text',
		respond: ({ response }, secrets) => response.writeHead(500).end(said(secrets, String)),
	},
	{
		name: '302, in the URL',
		respond: ({ elsewhere, response }, secrets) =>
			response
				.writeHead(302, { location: `${elsewhere}/?${secrets.map(encodeURIComponent).join('&')}` })
				.end(said(secrets, String)),
	},
	{
		name: 'long message',
		respond: (exchange, secrets) =>
			json(exchange, 400, { Message: secrets.map((one) => `${'x'.repeat(960)} ${one}`).join(' ') }),
	},
	{
		name: 'no HTTP',
		respond: ({ response }, secrets) => response.socket?.end(`${secrets.join('\r\n')}\r\n`),
	},
	{
		name: '200, the request repeated',
		respond: async (exchange, secrets) => {
			const right = JSON.parse((await exchange.work()).text) as unknown;
			const request = exchange.call.text.startsWith('{') ? (JSON.parse(exchange.call.text) as object) : {};
			const account = secrets.slice(0, 2);
			const more = { ...request, Note: `Called with ${account.join(' and ')}`, Request: { Used: account } };
			const add = (one: unknown) =>
				typeof one === 'object' && one !== null && !Array.isArray(one) ? { ...one, ...more } : one;
			json(exchange, 200, Array.isArray(right) ? right.map(add) : add(right));
		},
	},
];

/** As the faulty server takes it. */
export const spoilWith =
	(echo: Echo, secretsFor: (exchange: Exchange) => string[]): Respond =>
	(exchange) =>
		echo.respond(exchange, secretsFor(exchange));

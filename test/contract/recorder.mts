import Fastify from 'fastify';
import { find, type Json } from '../../scripts/lib/contract.mts';
import { answerFor } from './documentedAnswer.mts';

/** A request as it arrived. */
export interface Recorded {
	method: string;
	path: string;
	query: Json;
	/** The text of the body; empty where there was none. */
	body: string;
	contentType?: string;
}

export interface Recorder {
	url: string;
	/** What arrived since the last call of `take`, without token requests, oldest first. */
	take(): Recorded[];
	close(): Promise<void>;
}

/** A server on loopback that gives tokens, returns what the contract documents, and records its requests. */
export async function startRecorder(): Promise<Recorder> {
	const recorded: Recorded[] = [];
	const server = Fastify({ forceCloseConnections: true });
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));
	server.post('/v1.0/oauth2/tokens', () => ({
		token: 'token',
		successful: true,
		tokenExpiry: '05/02/2099 06:36:13 PM',
	}));
	server.all('*', (request, reply) => {
		const { body, headers, method, query, url } = request;
		const path = url.split('?')[0];
		recorded.push({
			method,
			path,
			query: { ...(query as Json) },
			body: (body as string | undefined) ?? '',
			contentType: headers['content-type'],
		});
		const operation = find(`${method} ${path}`);
		const response = operation ? answerFor(operation) : { Message: 'No such path' };
		return reply
			.code(operation ? 200 : 404)
			.type('application/json')
			.send(response === undefined ? '' : JSON.stringify(response));
	});
	const url = await server.listen({ host: '127.0.0.1', port: 0 });
	return { url, take: () => recorded.splice(0), close: async () => await server.close() };
}

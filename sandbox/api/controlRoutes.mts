import type { ValidateFunction } from 'ajv';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallStep, IncomingCall } from './calls.mts';
import type { Control, FailingRecipient, OrderCommand, TimeChange } from './control.mts';
import type { EventHub } from './events.mts';
import type { FaultRequest } from './faults.mts';
import type { Inbound } from './messaging.mts';
import { phoneSnapshot } from './phone/snapshot.mts';
import type { Settings } from './settings.mts';
import * as shapes from './shapes.mts';
import type { World } from './world.mts';

/** Names under which a browser or a tool on this machine reaches a server on loopback. */
const OWN_NAMES = /^(localhost|127(\.\d+){3}|\[::1\]|host\.docker\.internal)(:\d+)?$/i;

/** Keeps web pages of other origins away from the control API, DNS rebinding included. */
export function isOwn({ headers }: FastifyRequest): boolean {
	if (!OWN_NAMES.test(headers.host ?? '')) return false;
	return !headers.origin || headers.origin === `http://${headers.host}`;
}

function bodyOf<T>(request: FastifyRequest, validate: ValidateFunction): T {
	const text = (request.body as string | undefined) ?? '';
	const body = (text ? JSON.parse(text) : {}) as T;
	shapes.checkShape(validate, body, 'The request:');
	return body;
}

/** The control API under /_sandbox, one route an ability of `Control`. */
export function controlRoutes(app: FastifyInstance, control: Control, world: World): void {
	app.addHook('onRequest', async (request, reply) => {
		if (!isOwn(request)) await reply.code(403).send({ error: 'The control API is only for this computer.' });
	});
	app.setErrorHandler((error: Error, _request, reply) => reply.code(400).send({ error: error.message }));

	app.get('/requests', ({ query }) => {
		const { after, method, path } = query as Record<string, string>;
		return control.requests({ after: Number(after ?? 0), method, path });
	});
	app.delete('/requests', () => done(() => control.clearRequests()));
	app.get('/outbox', () => control.outbox());
	app.get('/deliveries', () => control.deliveries());
	app.get('/faults', () => control.faults());
	app.post('/faults', (request) => control.addFault(bodyOf<FaultRequest>(request, shapes.faultShape)));
	app.delete('/faults', () => done(() => control.clearFaults()));
	app.get('/time', () => control.time());
	app.post('/time', (request) => control.time(bodyOf<TimeChange>(request, shapes.timeShape)));
	app.get('/settings', () => control.settings());
	app.post('/settings', (request) =>
		control.changeSettings(bodyOf<Partial<Settings>>(request, shapes.anyShape)),
	);
	app.post('/tokens/revoke', (request) => ({
		revoked: control.revokeTokens(bodyOf<{ path?: string }>(request, shapes.revokeShape).path),
	}));
	app.post('/inbound', (request) => control.inbound(bodyOf<Inbound>(request, shapes.inboundShape)));
	app.post('/calls', (request) => control.ring(bodyOf<IncomingCall>(request, shapes.ringShape)));
	app.post('/calls/events', (request) => control.goOn(bodyOf<CallStep>(request, shapes.callStepShape)));
	app.post('/recipients', (request) =>
		done(() => control.failRecipient(bodyOf<FailingRecipient>(request, shapes.recipientShape))),
	);
	app.delete('/recipients', ({ query }) =>
		done(() => control.clearRecipients((query as { number?: string }).number)),
	);
	app.post(
		'/orders',
		(request) => control.order(bodyOf<OrderCommand>(request, shapes.orderShape)) ?? { announced: true },
	);
	app.post('/reset', (request) =>
		done(() => control.reset(bodyOf<{ settings?: boolean }>(request, shapes.resetShape))),
	);
	app.get('/state', () => control.state());
	app.get('/phone', () => phoneSnapshot(world));
	eventRoute(app, world.events);
	app.all('/*', (_request, reply) => reply.code(404).send({ error: 'The control API has no such path.' }));
}

function done(act: () => void): { done: true } {
	act();
	return { done: true };
}

/** Server-sent events for the phone simulator. */
function eventRoute(app: FastifyInstance, events: EventHub): void {
	const open = new Set<() => void>();
	app.addHook('preClose', async () => open.forEach((end) => end()));
	app.get('/events', (_request, reply) => {
		reply.hijack();
		const { raw } = reply;
		raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		raw.write('retry: 1000\n\n');
		const unsubscribe = events.subscribe((event, data) =>
			raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
		);
		const end = () => raw.end();
		open.add(end);
		raw.on('close', () => {
			unsubscribe();
			open.delete(end);
		});
	});
}

import { formatOwnerNote } from '../../../../nodes/shared/routes/ownerNote.ts';
import { BASIC, MAIN, onRoute, sms, useWorld } from '../../../support/trigger/world.mts';
import { resetProcessState } from '../../../../transport/processState.ts';

const world = useWorld();
const refusalOf = async (work: Promise<unknown>) =>
	await work.then(
		() => 'nothing',
		(error: Error) => error.message,
	);

describe('what was displaced is kept at Telegent', () => {
	test('the user name says who holds the route, and hides the rest', async () => {
		await world.host.publish('one', onRoute(BASIC));
		const { MessageUsername: note } = world.route(BASIC);
		expect(note).toMatch(/^n8n workflow one \| [\w-]{60,}$/);
		expect(note).not.toMatch(/seeded-password|telegent-notifications/);
	});

	test('static data may be lost: the route is given back exactly', async () => {
		const before = world.route(BASIC);
		await world.host.publish('one', onRoute(BASIC));
		world.host.loseStaticData('one');
		await world.host.unpublish('one', onRoute(BASIC));
		expect(world.route(BASIC)).toEqual(before);
	});

	test('static data holds neither the secret nor what was displaced', async () => {
		await world.host.publish('one', onRoute(BASIC));
		const stored = world.host.stored.get('production one') as string;
		for (const secret of ['seeded-password', world.secretFor('one') as string])
			expect(stored).not.toContain(secret);
	});

	test('publishing again, with or without static data, writes nothing and keeps the secret', async () => {
		await world.host.publish('one', onRoute());
		const held = world.route();
		const writes = world.writes.length;
		await world.host.publish('one', onRoute());
		world.host.loseStaticData('one');
		await world.host.publish('one', onRoute());
		expect(world.route()).toEqual(held);
		expect(world.writes).toHaveLength(writes);
		expect(await world.deliver(sms())).toMatchObject({ status: 200, started: true });
	});

	test('somebody changed the secret: it gets a new one, and the original stays', async () => {
		const before = world.route();
		await world.host.publish('one', onRoute());
		world.change(MAIN, { MessagePasswordToken: 'changed' });
		await world.host.publish('one', onRoute());
		expect(world.secretFor('one')).not.toBe('changed');
		expect(await world.deliver(sms())).toMatchObject({ started: true });
		await world.host.unpublish('one', onRoute());
		expect(world.route()).toEqual(before);
	});

	test('somebody removed the note: static data has a copy', async () => {
		const before = world.route(BASIC);
		await world.host.publish('one', onRoute(BASIC));
		world.change(BASIC, { MessageUsername: null });
		await world.host.publish('one', onRoute(BASIC));
		expect(world.route(BASIC).MessageUsername).toMatch(/^n8n workflow one \| /);
		world.change(BASIC, { MessageUsername: null });
		await world.host.unpublish('one', onRoute(BASIC));
		expect(world.route(BASIC)).toEqual(before);
	});

	test('nobody knows any more what the route called: unpublishing says so', async () => {
		await world.host.publish('one', onRoute());
		world.change(MAIN, { MessageUsername: null });
		world.host.loseStaticData('one');
		expect(await refusalOf(world.host.unpublish('one', onRoute()))).toMatch(
			/"Main SMS Webhook" still delivers to this workflow, because its previous URL isn't known anymore/,
		);
	});

	test('the workflow is edited to another route, even after a crash: the first is given back', async () => {
		const before = world.route();
		await world.host.publish('one', onRoute());
		world.host.loseStaticData('one');
		await world.host.publish('one', onRoute(BASIC));
		expect(world.route()).toEqual(before);
		expect(world.route(BASIC).MessageUrl).toBe(world.host.webhookUrl('one'));
	});

	test('the event is edited to one that comes to the other address of the route', async () => {
		const before = world.route();
		await world.host.publish('one', onRoute());
		await world.host.publish('one', onRoute(MAIN, {}, 'deliveryReceipt'));
		expect(world.route()).toMatchObject({
			MessageUrl: before.MessageUrl,
			CallbackMessageUrl: world.host.webhookUrl('one'),
			CallbackMessageAuthenticationType: 'Bearer',
		});
		await world.host.unpublish('one', onRoute(MAIN, {}, 'deliveryReceipt'));
		expect(world.route()).toEqual(before);
	});
});

describe('a Telegent that does not keep the note', () => {
	const cutAt = (length: number) => {
		let note: unknown = null;
		Object.defineProperty(world.telegent.state.messageRoutes.get(BASIC), 'MessageUsername', {
			enumerable: true,
			get: () => note,
			set: (value: unknown) => void (note = typeof value === 'string' ? value.slice(0, length) : value),
		});
	};

	test('cuts it: the readable part stays, and static data gives the route back', async () => {
		cutAt(50);
		world.change(BASIC, { MessageUsername: 'telegent' });
		const before = world.route(BASIC);
		await world.host.publish('one', onRoute(BASIC));
		expect(world.route(BASIC).MessageUsername).toBe('n8n workflow one');
		await world.host.publish('one', onRoute(BASIC));
		await world.host.unpublish('one', onRoute(BASIC));
		expect(world.route(BASIC)).toEqual(before);
	});

	test('refuses it', async () => {
		const before = world.route(BASIC);
		world.telegent.control.addFault({
			path: '/v1.0/message/routes/update',
			status: 400,
			body: { StatusCode: 400, Message: 'MessageUsername is too long' },
		});
		await world.host.publish('one', onRoute(BASIC));
		expect(world.route(BASIC)).toMatchObject({
			MessageUsername: 'n8n workflow one',
			MessageUrl: world.host.webhookUrl('one'),
		});
		expect(await world.deliver(sms())).toMatchObject({ started: true });
		await world.host.unpublish('one', onRoute(BASIC));
		expect(world.route(BASIC)).toEqual(before);
	});

	test('refuses something else: that is said', async () => {
		const refusal = { status: 400, body: { StatusCode: 400, Message: 'MessageUrl is not reachable' } };
		world.telegent.control.addFault({ path: '/v1.0/message/routes/update', count: 2, ...refusal });
		await expect(world.host.publish('one', onRoute())).rejects.toThrow('MessageUrl is not reachable');
	});
});

describe('responses that say nothing', () => {
	const UPDATE = '/v1.0/message/routes/update';
	const fault = (path: string, body: unknown, timing: 'before' | 'after' = 'before') =>
		world.telegent.control.addFault({ path, status: 200, body, timing });

	test.each([
		['an empty text', ''],
		['an empty object', {}],
		['a list of null', [null]],
	])('%s instead of the route: nothing is changed, so what it calls is not lost', async (_case, body) => {
		fault('/v1.0/message/routes', body);
		expect(await refusalOf(world.host.publish('one', onRoute(BASIC)))).toMatch(
			/response for message route MRID-.* contains no route with an ID\. This route wasn't changed/,
		);
		expect(world.writes).toEqual([]);
	});

	test.each([
		['an empty text', ''],
		['only success', { Successful: true }],
		['a list of null', [null]],
	])('%s after the change: it is looked up, and refused where it was not made', async (_case, body) => {
		const before = world.route(BASIC);
		fault(UPDATE, body);
		expect(await refusalOf(world.host.publish('one', onRoute(BASIC)))).toMatch(
			/accepted the new URL of message route MRID-.*, but still shows the previous one/,
		);
		expect(world.route(BASIC)).toEqual(before);
		fault(UPDATE, body, 'after');
		await world.host.publish('one', onRoute(BASIC));
		expect(await world.deliver(sms())).toMatchObject({ started: true });
	});

	test('a route in the list without an ID, which is nobody’s: left alone', async () => {
		const { AccountId } = world.route();
		const Results = [null, 'x', { RouteName: 'No ID' }, ...world.routes];
		fault('/v1.0/account/message/routes', { AccountID: AccountId, Results });
		await world.host.publish('one', onRoute());
		expect(await world.deliver(sms())).toMatchObject({ started: true });
	});

	test('a route of this workflow in the list without an ID: that is said', async () => {
		await world.host.publish('one', onRoute());
		world.host.loseStaticData('one');
		const { MessageRouteId: _id, ...route } = world.route();
		fault('/v1.0/account/message/routes', { Results: [route] });
		expect(await refusalOf(world.host.unpublish('one', onRoute()))).toMatch(
			/lists the message route "Main SMS Webhook", which delivers to this workflow, without an ID/,
		);
	});
});

describe('a route that shows empty texts', () => {
	test.each([
		['a URL', 'https://crm.example/receipts', 'POST', 'None'],
		['no URL', null, null, null],
	])('with %s, gets back what the page of the update takes', async (_case, url, method, authentication) => {
		world.change(MAIN, {
			CallbackMessageUrl: url,
			CallbackMessageUrlMethod: '',
			CallbackMessageAuthenticationType: '',
			CallbackMessageUsername: '',
		});
		await world.host.publish('one', onRoute(MAIN, {}, 'deliveryReceipt'));
		await world.host.unpublish('one', onRoute(MAIN, {}, 'deliveryReceipt'));
		expect(world.route()).toMatchObject({
			CallbackMessageUrl: url,
			CallbackMessageUrlMethod: method,
			CallbackMessageAuthenticationType: authentication,
			CallbackMessageUsername: '',
		});
	});
});

describe('taking a route over from another system', () => {
	const told = () => world.host.log.filter((line) => line.startsWith('info: '));

	test('n8n’s log says from which host, without secrets', async () => {
		world.change(MAIN, { MessageUrl: 'https://user:pass@crm.example:8443/in/s3cret?token=abc' });
		await world.host.publish('one', onRoute(), 'production', { name: 'Auto-reply' });
		expect(told()).toEqual([
			`info: Telegent: message route ${MAIN} now delivers inbound messages to workflow "Auto-reply" instead of to crm.example:8443; unpublishing the workflow restores the previous URL`,
		]);
		await world.host.publish('one', onRoute(), 'production', { name: 'Auto-reply' });
		expect(told()).toHaveLength(1);
	});

	test('not where the route delivered nowhere', async () => {
		world.change(MAIN, { MessageUrl: null });
		await world.host.publish('one', onRoute());
		expect(told()).toEqual([]);
	});

	test('a workflow that loses the route is named, and a test says that it is one', async () => {
		world.change(MAIN, { MessageUrl: null });
		await world.host.publish('one', onRoute(), 'production', { name: 'Auto-reply' });
		await world.host.publish('two', onRoute(MAIN, { takeOver: true }), 'production', { name: 'CRM' });
		expect(told()).toEqual([
			expect.stringMatching(
				/to workflow "CRM" instead of to workflow "Auto-reply" at 127\.0\.0\.1:\d+; unpublishing the workflow restores/,
			),
		]);
		await world.host.publish('two', onRoute(MAIN, { allowTests: true }), 'test', { name: 'CRM' });
		expect(told().at(-1)).toMatch(/instead of to workflow "CRM" .*; the end of the test restores/);
	});
});

describe('two workflows on one route', () => {
	test('the second is refused, with the name of the first and the ways out', async () => {
		await world.host.publish('one', onRoute());
		const held = world.route();
		const refused = await refusalOf(world.host.publish('two', onRoute()));
		expect(refused).toMatch(
			/^The workflow "one" uses this message route \(http:[^ ]+\/workflow\/one\)\. .*Take Over/,
		);
		expect(world.route()).toEqual(held);
	});

	test.each([
		['the second first', ['two', 'one']],
		['the first first', ['one', 'two']],
	])('Take Over, and unpublish %s: nothing stays behind', async (_order, [first, second]) => {
		const before = world.route(BASIC);
		await world.host.publish('one', onRoute(BASIC));
		await world.host.publish('two', onRoute(BASIC, { takeOver: true }));
		expect(world.route(BASIC).MessageUrl).toBe(world.host.webhookUrl('two'));
		await world.host.unpublish(first, onRoute(BASIC));
		expect(world.route(BASIC).MessageUrl).toBe(world.host.webhookUrl(second));
		expect(await world.deliver(sms(), { id: second })).toMatchObject({ started: true });
		await world.host.unpublish(second, onRoute(BASIC));
		expect(world.route(BASIC)).toEqual(before);
	});

	test('messages and receipts of one route may go to two workflows', async () => {
		const before = world.route();
		await world.host.publish('one', onRoute());
		await world.host.publish('two', onRoute(MAIN, {}, 'deliveryReceipt'));
		await world.host.unpublish('one', onRoute());
		expect(world.route()).toMatchObject({ MessageUrl: before.MessageUrl });
		await world.host.unpublish('two', onRoute(MAIN, {}, 'deliveryReceipt'));
		expect(world.route()).toEqual(before);
	});

	test('a copy with the same address does not give the original’s route away', async () => {
		await world.host.publish('one', onRoute());
		const held = world.route();
		await expect(world.host.publish('copy', onRoute(), 'production', { webhookId: 'one' })).rejects.toThrow();
		expect(world.route()).toEqual(held);
	});

	test('the same workflow on another n8n is somebody else', async () => {
		await world.host.publish('one', onRoute());
		world.change(MAIN, { MessageUrl: world.host.webhookUrl('one') });
		const { TriggerHost } = await import('../../../support/n8n/triggerHost.mts');
		const moved = await TriggerHost.start(world.telegent.credential, { remote: world.telegent.remote });
		const held = world.route();
		await expect(moved.publish('one', onRoute())).rejects.toThrow(/uses this message route/);
		expect(world.route()).toEqual(held);
		await moved.stop();
	});

	test('messages call it by its name, also after the route went through other hands', async () => {
		await world.host.publish('one', onRoute(), 'production', { name: 'Auto-reply' });
		const held = world.route();
		await expect(world.host.publish('two', onRoute())).rejects.toThrow(
			`The workflow "Auto-reply" uses this message route (${world.host.url}/workflow/one). A route can`,
		);
		const takeOver = onRoute(MAIN, { takeOver: true });
		await world.host.publish('two', takeOver, 'production', { name: 'Second' });
		await expect(world.host.publish('three', onRoute())).rejects.toThrow('The workflow "Second" uses');
		await world.host.unpublish('two', takeOver);
		expect(world.route()).toEqual(held);
		await expect(world.host.publish('two', onRoute())).rejects.toThrow('The workflow "Auto-reply" uses');
	});

	test('a note without a name, as earlier versions wrote it: its ID', async () => {
		const url = world.host.webhookUrl('one');
		const { accountSecret } = world.telegent.credential;
		world.change(MAIN, {
			MessageUrl: url,
			MessageUsername: formatOwnerNote('one', url, { previousOwners: [] }, accountSecret),
		});
		await expect(world.host.publish('two', onRoute())).rejects.toThrow(
			`The workflow one uses this message route (${world.host.url}/workflow/one).`,
		);
	});

	test('one of another n8n: its name, its ID and the host, without a link', async () => {
		const url = 'https://other.example/webhook/one/telegent?key=secret';
		const { accountSecret } = world.telegent.credential;
		const keepsake = { previousOwners: [], name: 'Auto-reply' };
		world.change(MAIN, {
			MessageUrl: url,
			MessageUsername: formatOwnerNote('one', url, keepsake, accountSecret),
		});
		const refused = await refusalOf(world.host.publish('two', onRoute()));
		expect(refused).toMatch(/"Auto-reply".*\(workflow one in the n8n at other\.example\)/);
		expect(refused).not.toMatch(/secret/);
	});

	test('a workflow with another credential is recognised too', async () => {
		await world.host.publish('one', onRoute());
		world.telegent.credential.accountSecret = 'changed';
		const refused = await refusalOf(world.host.publish('two', onRoute()));
		expect(refused).not.toBe('nothing');
	});
});

describe('a test while the workflow is published', () => {
	test('is refused, with the alternatives, and nothing changes', async () => {
		await world.host.publish('one', onRoute());
		const held = world.route();
		const refused = await refusalOf(world.host.publish('one', onRoute(), 'test'));
		expect(refused).toMatch(
			/^The published workflow uses this message route, and a test would intercept its messages\. .*New Route or Account Webhook.*Allow Tests/,
		);
		expect(world.route()).toEqual(held);
		expect(await world.deliver(sms())).toMatchObject({ started: true });
	});

	test('is refused for another workflow’s route too', async () => {
		await world.host.publish('one', onRoute());
		await expect(world.host.publish('two', onRoute(MAIN, { takeOver: true }), 'test')).rejects.toThrow(
			'The workflow "one" uses this message route',
		);
	});

	test('is possible where the person allows it, and production gets its route back with its secret', async () => {
		const before = world.route();
		await world.host.publish('one', onRoute());
		const secret = world.secretFor('one');
		await world.host.publish('one', onRoute(MAIN, { allowTests: true }), 'test');
		expect(world.route().MessageUrl).toBe(world.host.webhookUrl('one', 'test'));
		expect(await world.deliver(sms(), { mode: 'test' })).toMatchObject({ started: true });
		await world.host.unpublish('one', onRoute(), 'test');
		expect(world.route().MessageUrl).toBe(world.host.webhookUrl('one'));
		expect(world.secretFor('one')).toBe(secret);
		expect(await world.deliver(sms())).toMatchObject({ started: true });
		await world.host.unpublish('one', onRoute());
		expect(world.route()).toEqual(before);
	});

	test('unpublished during its test: the test goes on, and the original comes back after it', async () => {
		const before = world.route();
		await world.host.publish('one', onRoute());
		await world.host.publish('one', onRoute(MAIN, { allowTests: true }), 'test');
		await world.host.unpublish('one', onRoute());
		expect(world.route().MessageUrl).toBe(world.host.webhookUrl('one', 'test'));
		await world.host.unpublish('one', onRoute(), 'test');
		expect(world.route()).toEqual(before);
	});

	test('a test that nobody ended does not stand in the way of publishing, and leaves nothing', async () => {
		const before = world.route();
		await world.host.publish('one', onRoute(), 'test');
		world.host.restart();
		await world.host.publish('one', onRoute());
		expect(world.route().MessageUrl).toBe(world.host.webhookUrl('one'));
		await world.host.unpublish('one', onRoute());
		expect(world.route()).toEqual(before);
	});

	test('an abandoned test of another event is undone when the workflow is published', async () => {
		const before = world.route(BASIC);
		await world.host.publish('one', onRoute(BASIC, {}, 'deliveryReceipt'), 'test');
		expect(world.route(BASIC)).not.toEqual(before);
		world.host.restart();
		await world.host.publish('one', onRoute(MAIN));
		expect(world.route(BASIC)).toEqual(before);
	});

	test('what n8n does after a refused test leaves production alone, also without static data', async () => {
		await world.host.publish('one', onRoute());
		world.host.loseStaticData('one');
		const held = world.route();
		await expect(world.host.publish('one', onRoute(), 'test')).rejects.toThrow();
		expect(world.route()).toEqual(held);
	});
});

describe('what cannot be given back', () => {
	test.each([
		['a password as asterisks', { MessagePasswordToken: '********' }, 'password'],
		['no password in the answer', { MessagePasswordToken: null }, 'password'],
		['a token as dots', { MessageAuthenticationType: 'Bearer', MessagePasswordToken: '••••' }, 'token'],
		['no user name', { MessageUsername: null }, 'username'],
	])('%s: refused, and it is said what would be lost', async (_case, shown, lost) => {
		world.change(BASIC, shown);
		const refused = await refusalOf(world.host.publish('one', onRoute(BASIC)));
		expect(refused).toMatch(
			new RegExp(`Telegent doesn't return the ${lost} that this message route uses.*Take Over`),
		);
		expect(world.writes).toEqual([]);
	});

	test('with Take Over, everything else is given back', async () => {
		world.change(BASIC, { MessagePasswordToken: '********' });
		const before = world.route(BASIC);
		await world.host.publish('one', onRoute(BASIC, { takeOver: true }));
		await world.host.unpublish('one', onRoute(BASIC));
		expect(world.route(BASIC)).toEqual({ ...before, MessagePasswordToken: null });
		expect(world.host.log).toContainEqual(
			expect.stringMatching(/^warn: .* delivers to its previous URL again, but without its credentials/),
		);
	});

	test('keeps no other route from being given back', async () => {
		const before = world.route(BASIC);
		await world.host.publish('one', onRoute(MAIN));
		const held = world.route(MAIN);
		await world.host.unpublish('one', onRoute(MAIN));
		await world.host.publish('one', onRoute(BASIC));
		world.change(MAIN, held);
		world.telegent.control.addFault({ path: '/v1.0/message/routes/update', status: 400, count: 1 });
		await expect(world.host.unpublish('one', onRoute(BASIC))).rejects.toThrow();
		expect([world.route(MAIN), world.route(BASIC)]).toEqual([held, before]);
	});
});

describe('a Telegent that writes things its own way', () => {
	test('an address with a slash more, words in other letters', async () => {
		const before = world.route();
		await world.host.publish('one', onRoute());
		const writes = world.writes.length;
		world.change(MAIN, {
			MessageUrl: `${world.host.webhookUrl('one')}/`,
			MessageUrlMethod: 'Post',
			MessageAuthenticationType: 'bearer',
		});
		await world.host.publish('one', onRoute());
		expect(world.writes).toHaveLength(writes);
		await world.host.unpublish('one', onRoute());
		expect(world.route()).toEqual(before);
	});

	test('a list that shows no user names', async () => {
		const before = world.route(BASIC);
		const hidden = () => {
			const { AccountId } = world.route();
			const Results = world.routes.map(({ MessageUsername: _note, ...route }) => route);
			const body = { AccountID: AccountId, TotalRoutes: Results.length, Results };
			world.telegent.control.clearFaults();
			world.telegent.control.addFault({ path: '/v1.0/account/message/routes', status: 200, body, count: 9 });
		};
		hidden();
		await world.host.publish('one', onRoute(BASIC));
		hidden();
		world.host.loseStaticData('one');
		await world.host.unpublish('one', onRoute(BASIC));
		expect(world.route(BASIC)).toEqual(before);
	});
});

test('a route that a workflow made for itself is never taken, not even with Take Over', async () => {
	await world.host.publish('one', {
		event: 'messageReceived',
		listenOn: 'newRoute',
		phoneNumbers: ['+15005550100'],
	});
	const made = world.routes.find(({ RouteName }) => String(RouteName).startsWith('n8n: ')) as {
		MessageRouteId: string;
	};
	await expect(world.host.publish('two', onRoute(made.MessageRouteId, { takeOver: true }))).rejects.toThrow(
		'This message route belongs to workflow "one", which created it',
	);
});

test('after the account secret has changed, nothing is lost and unpublishing says what to do', async () => {
	await world.host.publish('one', onRoute(BASIC));
	const held = world.route(BASIC);
	Object.assign(world.host.credentials.values, { accountSecret: 'renewed' });
	Object.assign((world.telegent as unknown as { parts: object }).parts, { accountSecret: 'renewed' });
	resetProcessState();
	await world.host.publish('one', onRoute(BASIC));
	expect(world.route(BASIC)).toEqual(held);
	expect(await world.deliver(sms())).toMatchObject({ started: true });
	expect(await refusalOf(world.host.unpublish('one', onRoute(BASIC)))).toMatch(
		/its previous URL isn't known/,
	);
});

test('two workflows published at the same moment: one gets the route', async () => {
	const before = world.route();
	const ends = await Promise.allSettled([
		world.host.publish('one', onRoute()),
		world.host.publish('two', onRoute()),
	]);
	expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	await world.host.unpublish('one', onRoute());
	await world.host.unpublish('two', onRoute());
	expect(world.route()).toEqual(before);
});

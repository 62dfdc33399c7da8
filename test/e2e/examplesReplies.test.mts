import { until } from '../../sandbox/n8n/wait.mts';
import { withParameters } from '../../sandbox/n8n/workflow.mts';
import { askingByHand } from './support/conversations.mts';
import { ANA, BEN, DANA, LINES, useExamples } from './support/examples.mts';
import { outputOf } from './support/world.mts';

const CHEN = '+12125550163';

/** The example workflows that answer texts, published, from the files that a user imports. */
describe('Example workflows that answer texts', () => {
	const examples = useExamples();
	const { rows, sent } = examples;

	test('Keyword menu answers digits and words, tells a colleague, and leaves STOP alone', async () => {
		const menu = await examples.bringIn('keyword-menu');
		await menu.publish();
		const answered = async (body: string) => {
			await menu.texted(ANA, LINES.menu, body);
			return sent();
		};
		expect(await answered('Hi there')).toEqual([
			expect.stringMatching(`^\\${ANA}: Example Shop: Text 1 for`),
		]);
		expect(await answered(' 1 ')).toEqual([
			`${ANA}: Example Shop: We're open Monday to Friday, 8 am to 5 pm.`,
		]);
		expect(await answered('hours?')).toEqual([
			`${ANA}: Example Shop: We're open Monday to Friday, 8 am to 5 pm.`,
		]);
		expect(await answered('2')).toEqual([expect.stringContaining('Your order is on its way')]);
		expect((await answered('3')).toSorted()).toEqual([
			`${ANA}: Example Shop: Someone will text you in a few minutes.`,
			`${DANA}: ${ANA} would like to talk to a person.`,
		]);
		expect(await answered('Stop')).toEqual([]);
		expect(await answered('12')).toEqual([expect.stringContaining('Text 1 for')]);
	});

	test('Consent honors an opt-out at once and confirms it once, replies to HELP, and START opts in again', async () => {
		const consent = await examples.bringIn('consent');
		await consent.publish();
		const answered = async (body: string, from = ANA) => {
			await consent.texted(from, LINES.offers, body);
			return sent();
		};
		const list = async () =>
			(await rows('telegent_consent')).map(({ phone, status, word }) => `${phone} ${status} ${word}`);

		expect(await answered('Do you have size 42?')).toEqual([]);
		expect(await list()).toEqual([]);
		expect(await answered('STOP')).toEqual([expect.stringContaining('You have been unsubscribed')]);
		expect(await list()).toEqual([`${ANA} out STOP`]);
		expect(await answered('stop!')).toEqual([]);
		expect(await answered('Please stop texting me')).toEqual([]);
		expect(await answered('Help')).toEqual([expect.stringContaining('Reply STOP to opt out')]);
		expect(await answered('Unsubscribe', BEN)).toHaveLength(1);
		expect(await answered('START')).toEqual([
			expect.stringMatching(/You're subscribed.*Msg & data rates may apply/),
		]);
		expect((await list()).toSorted()).toEqual([`${ANA} in START`, `${BEN} out Unsubscribe`]);
		expect(await answered('STOP')).toHaveLength(1);
		expect(await list()).toContain(`${ANA} out STOP`);
		await examples.world.api.workflows.unpublish(consent.id);
	});

	test('Consent asks before it subscribes, and takes a YES as consent only in reply to that question', async () => {
		const consent = await examples.bringIn('consent');
		await consent.publish();
		const { world } = examples;
		const list = async () => (await rows('telegent_consent')).filter(({ phone }) => phone === CHEN);
		const says = async (body: string) => {
			await world.sandbox.control.inbound({ from: CHEN, to: LINES.offers, body });
			await world.sandbox.control.idle();
		};
		const ended = async (id: string) =>
			await until(
				'the execution to end',
				async () => {
					const execution = await world.api.executions.get(id);
					return execution.status === 'success' && execution;
				},
				{ seconds: 60 },
			);
		const unasked = await consent.texted(CHEN, LINES.offers, 'Yes');
		expect(unasked.runs).toHaveProperty('Continue with your own workflow');
		expect([sent(), await list()]).toEqual([[], []]);

		const known = await world.api.executions.list(consent.id);
		await says('join');
		await until('the question', () => examples.unseen() === 1, { seconds: 60 });
		expect(sent()).toEqual([
			expect.stringMatching(/Reply YES to get .*msgs\/month. Msg & data rates may apply. .*HELP.*STOP/),
		]);
		expect(await list()).toEqual([]);
		const [asking] = (await world.api.executions.list(consent.id)).filter(({ id }) =>
			known.every((one) => one.id !== id),
		);
		await consent.texted(CHEN, LINES.offers, 'HELP');
		await until('the response and the question again', () => examples.unseen() === 2, { seconds: 60 });
		expect(sent().toSorted()).toEqual([
			expect.stringContaining('Help: '),
			expect.stringContaining('Please reply YES to subscribe'),
		]);
		const executions = await world.api.executions.list(consent.id);
		await says('YES');
		await until('the welcome', () => examples.unseen() === 1, { seconds: 60 });
		expect(sent()).toEqual([expect.stringContaining("You're subscribed")]);
		expect(outputOf(await ended(asking.id), 'Ask for consent')).toEqual([
			expect.objectContaining({ answer: true, intent: 'yes' }),
		]);
		expect(await list()).toEqual([expect.objectContaining({ status: 'in', word: 'YES' })]);
		expect(await world.api.executions.list(consent.id)).toHaveLength(executions.length);

		await consent.texted(CHEN, LINES.offers, 'STOP');
		expect(sent()).toHaveLength(1);
		const other = await world.bringIn(
			withParameters(askingByHand(CHEN), 'Ask', {
				from: { __rl: true, mode: 'number', value: LINES.offers },
				message: 'Should we deliver on Friday? Reply YES or NO.',
				expectedAnswer: 'yesNo',
			}),
		);
		const question = await world.api.executions.start(other, 'Start');
		await until('the question', () => examples.unseen() === 1, { seconds: 60 });
		sent();
		await says('YES');
		expect(outputOf(await ended(question), 'Ask')).toEqual([expect.objectContaining({ answer: true })]);
		expect([sent(), await list()]).toEqual([[], [expect.objectContaining({ status: 'out' })]]);
		await consent.texted(CHEN, LINES.offers, 'START');
		expect(sent()).toEqual([expect.stringContaining("You're subscribed")]);
	});

	test('Two-way CRM sync makes contacts and tickets of texts, and texts of answers', async () => {
		const crm = await examples.bringIn('two-way-crm-sync');
		await crm.publish();
		await crm.texted(ANA, LINES.desk, 'My parcel is broken');
		const [ticket] = await rows('telegent_tickets');
		expect(sent()).toEqual([
			`${ANA}: Example Shop: Thanks! Your request is ticket ${ticket.id}. We'll reply by text. Reply STOP to opt out.`,
		]);
		await crm.texted(ANA, LINES.desk, 'It is the blue one');
		await crm.texted(BEN, LINES.desk, 'Hello');
		expect(sent()).toEqual([expect.stringContaining(`${BEN}: Example Shop: Thanks!`)]);
		expect((await rows('telegent_contacts')).map(({ phone, last_text }) => `${phone} ${last_text}`)).toEqual([
			`${ANA} It is the blue one`,
			`${BEN} Hello`,
		]);
		expect((await rows('telegent_tickets'))[0]).toMatchObject({
			phone: ANA,
			status: 'open',
			conversation: 'My parcel is broken\nIt is the blue one',
		});

		await crm.run();
		expect(sent()).toEqual([]);
		await examples.changeRows('telegent_tickets', ['id', ticket.id], { answer: 'A new one is on its way' });
		await crm.run();
		await crm.run();
		expect(sent()).toEqual([`${ANA}: Example Shop: A new one is on its way`]);
		expect((await rows('telegent_tickets')).map(({ status }) => status)).toEqual(['answered', 'open']);
	});

	test('MMS in and out downloads a picture and sends the very same back', async () => {
		const mms = await examples.bringIn('mms-in-and-out');
		await mms.publish();
		await mms.texted(ANA, LINES.pictures, 'Look');
		expect(sent()).toEqual([`${ANA}: Example Shop: Please send a picture with your text.`]);

		const { control, url } = examples.world.sandbox;
		const picture = `${url}/phone/pictures/cat.png`;
		const execution = await mms.texted(ANA, LINES.pictures, 'My cat', { media: [picture] });
		expect(outputOf(execution, 'Text received')).toEqual([
			expect.objectContaining({ downloads: [{ url: picture, binary: 'media_0' }] }),
		]);
		expect(sent()).toEqual([
			expect.stringMatching(/: Example Shop: Thanks for cat\.png \(.*kB\)\. Here it is again\.$/),
		]);
		const messages = Object.values(control.state().messages as Record<string, { base64: unknown[] }>);
		const original = Buffer.from(await (await fetch(picture)).arrayBuffer()).toString('base64');
		expect(messages.at(-1)?.base64).toEqual([{ Base64: original, BaseType: 'image/png' }]);
	});
});

import type { Execution } from '../../sandbox/n8n/executions.mts';
import { until } from '../../sandbox/n8n/wait.mts';
import { openQuestions } from './support/conversations.mts';
import { ANA, BEN, DANA, LINES, useExamples, type Running } from './support/examples.mts';
import { expectSuccess } from './support/world.mts';

const SECONDS = 60;

/** The example workflows that ask people by text and wait for their answers. */
describe('Example workflows that wait for answers', () => {
	const examples = useExamples();
	const { sent } = examples;

	const control = () => examples.world.sandbox.control;
	const answer = async (from: string, body: string) => {
		await control().inbound({ from, to: LINES.reminders, body });
		await control().idle();
	};
	const sentSince = async (count: number) => {
		await until(`${count} messages`, () => examples.unseen() >= count, { seconds: SECONDS });
		return sent();
	};
	const statuses = async ({ id }: Running) =>
		(await examples.world.api.executions.list(id)).map(({ status }) => status).toSorted();
	const whenStatuses = (running: Running, wanted: string[]) =>
		until(
			`executions to be ${wanted.join(', ')}`,
			async () => JSON.stringify(await statuses(running)) === JSON.stringify(wanted),
			{ seconds: SECONDS },
		);
	const webhooks = () => openQuestions(examples.world);

	test('Appointment reminder asks all side by side, and goes on with each answer', async () => {
		const reminder = await examples.bringIn('appointment-reminder');
		await reminder.run();
		expect((await sentSince(2)).toSorted()).toEqual([
			expect.stringMatching(
				`^\\${ANA}: Example Shop: Hi Ana, your appointment is on .* at 10:00 AM. Can you make it\\?`,
			),
			expect.stringMatching(
				`^\\${BEN}: Example Shop: Hi Ben, your appointment is on .* at 3:00 PM. Can you make it\\?`,
			),
		]);
		await whenStatuses(reminder, ['success', 'waiting', 'waiting']);

		await answer(BEN, 'no, sorry');
		expect((await sentSince(2)).toSorted()).toEqual([
			expect.stringMatching(`^\\${DANA}: Ben, \\${BEN}, can't make it on`),
			`${BEN}: Example Shop: Thanks for letting us know, Ben. We'll call you to find another time.`,
		]);
		await answer(ANA, 'perhaps');
		expect(await sentSince(1)).toEqual([expect.stringMatching(/^\+12025550142: .*(YES|yes)/)]);
		await answer(ANA, 'Yes!');
		expect(await sentSince(1)).toEqual([
			expect.stringMatching(`^\\${ANA}: Example Shop: Thank you, Ana. See you on`),
		]);
		await whenStatuses(reminder, ['success', 'success', 'success']);
		expect(webhooks()).toEqual([]);
	});

	test('On-call alert goes from one to the next until somebody takes it', async () => {
		const alert = await examples.bringIn('on-call-alert');
		const { executions } = examples.world.api;
		const waiting: Execution = await executions.whenEnded(await executions.start(alert.id, 'Start'), SECONDS);
		expect(waiting.status).toBe('waiting');
		expect(sent()).toEqual([
			`${ANA}: ALERT: Disk of db-1 is 95% full. Can you take it, Ana? Reply YES or NO.`,
		]);
		await answer(ANA, 'No');
		expect(await sentSince(1)).toEqual([
			`${BEN}: ALERT: Disk of db-1 is 95% full. Can you take it, Ben? Reply YES or NO.`,
		]);
		await whenStatuses(alert, ['waiting']);
		await answer(BEN, 'yes');
		expect(await sentSince(1)).toEqual([
			`${BEN}: Thanks, it's yours. https://example.com/runbooks/disk-full`,
		]);
		await whenStatuses(alert, ['success']);
		expectSuccess(await executions.get(waiting.id));
		expect(webhooks()).toEqual([]);
	});
});

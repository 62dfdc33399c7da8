import { ANA, BEN, DANA, LINES, useExamples } from './support/examples.mts';
import { expectSuccess, outputOf } from './support/world.mts';

/** The example workflows that follow messages, lines and orders, from the files that a user imports. */
describe('Example workflows that follow things', () => {
	const examples = useExamples();
	const { rows, sent } = examples;

	test('Delivery receipt monitor tries another number, and tells the team when that fails too', async () => {
		const monitor = await examples.bringIn('delivery-receipt-monitor');
		await monitor.publish();
		const { control } = examples.world.sandbox;
		control.changeSettings({ messageTimings: { sentMs: 1_000, deliveredMs: 60_000 } });
		const nextReceipt = () => monitor.startedBy(() => control.time({ advanceSeconds: 61 }));
		const text = `${ANA}: Example Shop: Your package is on its way. Reply STOP to opt out.`;

		control.failRecipient({ number: ANA, from: LINES.notifications });
		await monitor.run();
		await nextReceipt();
		expect(sent()).toEqual([text, text]);
		expect(control.outbox().map(({ from }) => from)).toEqual([LINES.notifications, LINES.main]);
		await control.time({ advanceSeconds: 61 });
		expect(control.outbox().map(({ status }) => status)).toEqual(['Failed', 'Delivered']);

		control.failRecipient({ number: ANA });
		await monitor.run();
		await nextReceipt();
		expect(sent()).toEqual([text, text]);
		await nextReceipt();
		expect(sent()).toEqual([`${DANA}: ${ANA} could not be reached by text from either number. Please call.`]);
		const noted = await rows('telegent_deliveries');
		expect(noted.map(({ to, reason, outcome }) => `${to} ${reason} ${outcome}`)).toEqual([
			`${ANA} Message blocked by the recipient sent again`,
			`${ANA} Unreachable destination handset not reached`,
		]);
	});

	test('Receive without a public URL replies to a text within a minute or so', async () => {
		const { api, sandbox } = examples.world;
		sandbox.control.clearRecipients();
		const receiving = await examples.bringIn('receive-without-public-url');
		await receiving.publish();
		const known = await api.executions.list(receiving.id);
		await sandbox.control.inbound({ from: ANA, to: LINES.notifications, body: 'Are you there?' });
		expectSuccess(await api.executions.next(receiving.id, known, 90));
		expect(sent()).toEqual([
			`${ANA}: Example Shop: We got your message and will answer soon. Reply STOP to opt out.`,
		]);
	});

	test('Data usage watch reports the line that is past the threshold, as soon as it is published', async () => {
		const watch = await examples.bringIn('data-usage-watch');
		await watch.startedBy(watch.publish);
		expect(sent()).toEqual([`${ANA}: Line ${LINES.tracker} has used 19 MB, 1 MB left.`]);
	});

	test('IoT line lifecycle orders a limited line, warns, parks, and says so once', async () => {
		const { control } = examples.world.sandbox;
		control.clearRecipients();
		const iot = await examples.bringIn('iot-line-lifecycle');
		const first = await iot.run();
		const [{ PhoneNumberAssigned: line }] = outputOf(first, 'Order a line');
		const numbers = () => control.state().numbers as Array<Record<string, unknown>>;
		const numberOf = (wanted: unknown) => numbers().find((one) => one.Number === wanted) ?? {};
		expect(numberOf(line)).toMatchObject({
			Classification: 'IoT',
			DataPolicy: { LimitValue: 20, NotifyValue: 10, ThrottleValue: 15 },
		});
		expect(numberOf(LINES.tracker).Status).toBe('Parked');
		expect(sent()).toEqual([`${ANA}: Line ${LINES.tracker} has used 19 MB and is parked.`]);

		numberOf(line).UsedMegabytes = 12;
		await iot.run();
		expect(sent()).toEqual([`${ANA}: Line ${line} has used 12 MB, 8 MB left.`]);
		await iot.run();
		expect(sent()).toEqual([]);
	});

	test('Port-in tracker submits once, and tells each step in plain words', async () => {
		const { control } = examples.world.sandbox;
		const tracker = await examples.bringIn('port-in-tracker');
		await tracker.publish();
		await tracker.run();
		expect(sent()).toEqual([
			`${ANA}: Example Shop: Your number +18015550177: Your old carrier has the request. This takes 1 to 5 business days. Reply STOP to opt out.`,
			`${BEN}: Example Shop: Your number +18005550123: Toll-free numbers can't be moved to us. Reply STOP to opt out.`,
		]);
		await tracker.run();
		expect(sent()).toEqual([]);

		const [{ order_id: orderId }] = await rows('telegent_port_ins');
		const move = (status: string, message?: string) =>
			tracker.startedBy(async () => control.order({ orderId: String(orderId), status, message }));
		await move('ResolutionRequired', '8A-ACCOUNT_NUM_REQ_OR_INCORRECT');
		expect(sent()).toEqual([expect.stringContaining('The account number with your old carrier is missing')]);
		await move('Complete');
		expect(sent()).toEqual([
			`${ANA}: Example Shop: Your number +18015550177: Done! The number is with us now. Reply STOP to opt out.`,
		]);
		expect((await rows('telegent_port_ins')).map(({ status }) => status)).toEqual([
			'Complete',
			'Not possible',
		]);
		const portIns = control.requests({ path: '/v1.0/numbers/portin' });
		expect(portIns).toHaveLength(1);
	});
});

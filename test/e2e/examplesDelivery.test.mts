import { ANA, BEN, DANA, LINES, useExamples } from './support/examples.mts';
import { outputOf } from './support/world.mts';

const CHEN = '+12125550163';

describe('The example workflow Campaign with delivery report', () => {
	const examples = useExamples();

	test('reports who got it, tries the second number, and has the team call the others', async () => {
		const { control } = examples.world.sandbox;
		control.failRecipient({ number: BEN, from: LINES.offers });
		control.failRecipient({ number: CHEN });
		const campaign = await examples.bringIn('delivery-report');
		const execution = await campaign.run();
		expect(outputOf(execution, 'Report')).toMatchObject([
			{ name: 'Ana', phone: ANA, delivery: 'delivered', from: LINES.offers },
			{ name: 'Ben', phone: BEN, delivery: 'delivered', from: LINES.main },
		]);
		expect(outputOf(execution, 'Not reached')).toMatchObject([{ name: 'Chen', phone: CHEN }]);
		const sent = control.outbox().map(({ from, to }) => `${from} ${to}`);
		expect(sent.slice(0, 3).sort()).toEqual([ANA, BEN, CHEN].map((to) => `${LINES.offers} ${to}`).sort());
		expect(sent.slice(3, 5).sort()).toEqual([BEN, CHEN].map((to) => `${LINES.main} ${to}`).sort());
		expect(sent.slice(5)).toEqual([`${LINES.reminders} ${DANA}`]);
		expect(control.outbox().at(-1)?.body).toBe(
			`Chen ${CHEN} could not be reached by text from either number. Please call.`,
		);
	});
});

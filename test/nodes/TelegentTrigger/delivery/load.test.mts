import { Random } from '../../../../sandbox/api/random.mts';
import { ANA, MAIN_LINE, onRoute, useWorld, type Row } from '../../../support/trigger/world.mts';
import { resetProcessState } from '../../../../transport/processState.ts';

const world = useWorld();

const SPELLINGS: Array<(id: string, body: string) => Row> = [
	(id, body) => ({
		Message_ID: id,
		Owner: MAIN_LINE,
		To: MAIN_LINE,
		From: ANA,
		Message_Body: body,
		Segment: 1,
	}),
	(id, body) => ({ MessageId: id, From: ANA, To: MAIN_LINE, Text: body, Timestamp: '2026-01-01T00:00:00Z' }),
	(id, body) => ({ MessageID: id, Direction: 'Inbound', From: ANA, To: [{ Number: MAIN_LINE }], Body: body }),
	(id, body) => ({ message_id: id, from: ANA, to: MAIN_LINE, message_body: body }),
];

/**
 * 10,000 deliveries: 8,000 messages, 2,000 of them once more, in no order, in any spelling.
 * @param distance how far what belongs together may be apart
 */
function deliveries(random: Random, distance: number): Array<{ id: string; payload: Row }> {
	const ids = Array.from({ length: 8_000 }, (_, index) => `TMID-${index}`);
	const all = ids.map((id, index) => ({ id, at: index + random.next() * 100 }));
	for (let count = 0; count < 2_000; count++) {
		const { at, id } = all[Math.floor(random.next() * 8_000)];
		all.push({ id, at: at + (random.next() * 2 - 1) * distance });
	}
	all.sort((a, b) => a.at - b.at);
	return all.map(({ id }) => ({ id, payload: random.pick(SPELLINGS)(id, `Message ${id}`) }));
}

const BATCH = 100;

test.each([
	['repeated at any time, no restart', 8_000, [] as number[], 0],
	['repeated soon, two restarts', 100, [3_300, 6_700], 0],
	// What n8n's table had forgotten by then: it has the latest 2,400. Without the table: 1,112.
	['repeated at any time, two restarts', 8_000, [3_300, 6_700], 942],
])(
	'10,000 deliveries, a fifth of them %s',
	async (_case, distance, restarts, cost) => {
		await world.host.publish('one', onRoute());
		const all = deliveries(new Random(7), distance);
		for (let from = 0; from < all.length; from += BATCH) {
			if (restarts.includes(from)) world.host.restart();
			const answers = await Promise.all(
				all.slice(from, from + BATCH).map(async ({ payload }) => await world.deliver(payload)),
			);
			expect(answers.every(({ status }) => status === 200)).toBe(true);
		}
		const starts = world.items.map(({ messageId }) => messageId as string);
		const twice = starts.length - new Set(starts).size;
		expect(new Set(starts).size).toBe(8_000);
		// The figures of docs/decisions/trigger-ownership.md.
		expect(twice).toBe(cost);
	},
	180_000,
);

test('memory is bounded: the oldest deliveries are forgotten first', async () => {
	const { claim, MAX_REMEMBERED } = await import('../../../../nodes/shared/dedupe.ts');
	resetProcessState();
	for (let index = 0; index < MAX_REMEMBERED + 10; index++) claim('one', String(index), 0);
	expect(claim('one', String(MAX_REMEMBERED + 9), 1)).toBeUndefined();
	expect(claim('one', '0', 1)).toBeDefined();
});

test('a delivery is forgotten after 24 hours', async () => {
	const { claim } = await import('../../../../nodes/shared/dedupe.ts');
	const day = 24 * 60 * 60 * 1000;
	expect(claim('one', 'a', 0)).toBeDefined();
	expect(claim('one', 'a', day - 1)).toBeUndefined();
	expect(claim('one', 'a', day)).toBeDefined();
});

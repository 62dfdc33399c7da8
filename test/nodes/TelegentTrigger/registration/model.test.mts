import fc from 'fast-check';
import { commands } from '../../../support/trigger/commands.mts';
import { TriggerSystem } from '../../../support/trigger/system.mts';

/** More or longer sequences for a longer search; `FC_SEED` tries others. */
const { MODEL_SEQUENCES = '100', MODEL_STEPS = '36' } = process.env;

test('whatever happens to triggers, and in whichever order, Telegent looks as a careful person expects', async () => {
	const total = { calls: 0, crashes: 0, refusals: 0, deliveries: 0 };
	const sequences = Number(MODEL_SEQUENCES);
	const property = fc.asyncProperty(commands(Number(MODEL_STEPS)), async (steps) => {
		const system = await TriggerSystem.open();
		try {
			await fc.asyncModelRun(() => ({ model: system.model, real: system }), steps);
			await system.settle();
		} finally {
			await system.close();
		}
		for (const [name, count] of Object.entries(system.counts)) total[name as keyof typeof total] += count;
	});
	await fc.assert(property, { numRuns: sequences });
	// Otherwise the sequences have become too tame to find anything.
	if (sequences < 100) return;
	expect(total.calls / sequences).toBeGreaterThan(50);
	expect(total.crashes / sequences).toBeGreaterThan(0.7);
	expect(total.deliveries / sequences).toBeGreaterThan(1);
	expect(total.refusals / sequences).toBeGreaterThan(0.4);
}, 900_000);

import { Sequence, type Outcome } from '../../../support/trigger/sequence.mts';

/** `MODEL_SEED=17 npx jest registration/model` repeats one sequence; MODEL_SEQUENCES makes more of them. */
const { MODEL_SEED, MODEL_SEQUENCES = '250', MODEL_STEPS = '18' } = process.env;

test('whatever happens, and in whichever order, Telegent looks as a careful person expects', async () => {
	const seeds = MODEL_SEED
		? [Number(MODEL_SEED)]
		: Array.from({ length: Number(MODEL_SEQUENCES) }, (_, index) => index + 1);
	const total = { calls: 0, crashes: 0, refusals: 0, deliveries: 0, steps: 0 };
	const failed: Array<{ seed: number } & Outcome> = [];
	for (const seed of seeds) {
		const outcome = await new Sequence(seed).run(Number(MODEL_STEPS));
		total.calls += outcome.calls;
		total.crashes += outcome.crashes;
		total.refusals += outcome.refusals;
		total.deliveries += outcome.deliveries;
		total.steps += outcome.log.length;
		if (outcome.differences.length > 0) failed.push({ seed, ...outcome });
	}
	const [first] = failed;
	if (first) {
		throw new Error(
			`${failed.length} sequences differ: seeds ${failed.map(({ seed }) => seed).join(' ')}\nSeed ${first.seed}:\n${[...first.log, ...first.differences].join('\n')}`,
		);
	}
	// Otherwise the sequences have become too tame to find anything.
	if (seeds.length < 200) return;
	expect(total.calls / seeds.length).toBeGreaterThan(50);
	expect(total.crashes / seeds.length).toBeGreaterThan(0.7);
	expect(total.deliveries / seeds.length).toBeGreaterThan(1);
	expect(total.refusals / seeds.length).toBeGreaterThan(0.4);
}, 900_000);

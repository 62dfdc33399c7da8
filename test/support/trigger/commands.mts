import fc from 'fast-check';
import { slotsOf, type Form, type Model, type Wish } from './model.mts';
import { FOREIGN, WORKFLOWS, type Crash, type TriggerSystem } from './system.mts';
import { BASIC, MAIN, MAIN_LINE, NOTIFICATIONS, SPARE, TRACKER } from './world.mts';

/* What can happen to triggers, as commands of fast-check: it puts them together at random and shrinks what differs. */

const ROUTES = [MAIN, BASIC, 'MRID-third'];
const NUMBERS = [MAIN_LINE, NOTIFICATIONS, TRACKER, SPARE];

type Command = fc.AsyncCommand<Model, TriggerSystem>;

/** Each with its weight; what fails is shrunk towards the first. */
const weighted = <T,>(...choices: Array<[weight: number, arbitrary: fc.Arbitrary<T>]>) =>
	fc.oneof({ withCrossShrink: true }, ...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

const sometimes = weighted([3, fc.constant(false)], [2, fc.constant(true)]);

const crash: fc.Arbitrary<Crash> = weighted<Crash>(
	[3, fc.constant(undefined)],
	[1, fc.record({ in: fc.nat(8), when: fc.constantFrom('before', 'after') })],
);

const wish: fc.Arbitrary<Wish> = fc
	.record({
		way: weighted<Wish['way']>(
			[3, fc.constant('existingRoute')],
			[2, fc.constant('newRoute')],
			[1, fc.constant('accountWebhook')],
		),
		receipts: weighted([2, fc.constant(false)], [1, fc.constant(true)]),
		routeId: fc.constantFrom(...ROUTES),
		numbers: fc.subarray(NUMBERS, { minLength: 1 }),
		takeOver: sometimes,
		allowTests: sometimes,
	})
	.map(({ receipts, ...rest }) => ({
		...rest,
		event: receipts && rest.way === 'existingRoute' ? 'deliveryReceipt' : 'messageReceived',
	}));

/** A command with these values: Telegent is compared with the model after it. */
function command<T>(
	name: string,
	values: { [K in keyof T]: fc.Arbitrary<T[K]> },
	run: (values: T, system: TriggerSystem, model: Model) => Promise<void> | void,
	check: (values: T, model: Readonly<Model>) => boolean = () => true,
): fc.Arbitrary<Command> {
	return fc.record(values).map((given) => ({
		check: (model) => check(given as T, model),
		run: async (model, system) => {
			await run(given as T, system, model);
			system.compare();
		},
		toString: () => `${name} ${fc.stringify(given)}`,
	}));
}

const workflow = fc.constantFrom(...WORKFLOWS);
const published = (name: string): Form => `${name}:production`;
const tested = (name: string): Form => `${name}:test`;

/** Publishes, or publishes an edited workflow: n8n then undoes the old version first. */
const publish = command(
	'publish',
	{ workflow, wish, same: sometimes, crash, crashOfRemoval: crash },
	async (values, system, { wishes }) => {
		const form = published(values.workflow);
		const old = wishes.get(form);
		const wanted = old && values.same ? old : values.wish;
		if (old && old !== wanted && !(await system.remove(form, old, values.crashOfRemoval))) return;
		await system.add(form, wanted, values.crash);
	},
);

/** "Execute step": with the published parameters, or with others. */
const startTest = command(
	'test',
	{ workflow, wish, same: fc.boolean(), crash, crashOfRemoval: crash },
	async (values, system, { wishes }) => {
		const form = tested(values.workflow);
		const old = wishes.get(form);
		if (old && !(await system.remove(form, old, values.crashOfRemoval))) return;
		const production = wishes.get(published(values.workflow));
		const { allowTests } = values.wish;
		await system.add(
			form,
			values.same && production ? { ...production, allowTests } : values.wish,
			values.crash,
		);
	},
);

const removal = (name: string, formOf: (workflow: string) => Form) =>
	command(
		name,
		{ workflow, crash },
		async (values, system, { wishes }) => {
			const form = formOf(values.workflow);
			await system.remove(form, wishes.get(form) as Wish, values.crash);
		},
		(values, { wishes }) => wishes.has(formOf(values.workflow)),
	);

/** n8n starts again. Older versions register what is published once more. */
const restart = command(
	'restart',
	{ again: fc.boolean(), crashes: fc.array(crash, { maxLength: WORKFLOWS.length }) },
	async ({ again, crashes }, system, { wishes }) => {
		system.restart();
		if (!again) return;
		for (const [i, [form, wanted]] of [...wishes].entries()) await system.add(form, wanted, crashes[i]);
	},
);

const loseStaticData = command('lose the static data', { workflow }, (values, system) =>
	system.loseStaticData(values.workflow),
);

const putNumber = command(
	'put a number on a route',
	{ number: fc.constantFrom(...NUMBERS), route: fc.constantFrom(null, ...ROUTES) },
	({ number, route }, system) => system.putNumber(number, route),
	(_values, model) => model.isSure(),
);

const pointRoute = command(
	'point a route elsewhere',
	{
		slot: fc.constantFrom(...ROUTES.flatMap(slotsOf)),
		url: fc.tuple(fc.constantFrom(...FOREIGN), fc.nat(999)).map(([url, query]) => `${url}?${query}`),
		whole: fc.boolean(),
	},
	({ slot, url, whole }, system) => system.pointRoute(slot, url, whole),
	(_values, model) => model.isSure(),
);

const deliver = command(
	'deliver',
	{ number: fc.constantFrom(...NUMBERS) },
	async ({ number }, system) => await system.deliver(number),
);

/** At most so many commands. */
export const commands = (maxCommands: number) =>
	fc.commands(
		[
			weighted<Command>(
				[34, publish],
				[18, removal('unpublish', published)],
				[12, startTest],
				[8, removal('end the test', tested)],
				[8, restart],
				[6, loseStaticData],
				[6, putNumber],
				[8, pointRoute],
				[30, deliver],
			),
		],
		{ maxCommands, size: 'max' },
	);

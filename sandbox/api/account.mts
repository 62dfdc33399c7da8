import type { ApiParts } from './api.mts';
import { VirtualClock } from './clock.mts';
import { Control, startingSettings } from './control.mts';
import { Deliveries } from './deliveries.mts';
import { EventHub } from './events.mts';
import { Faults } from './faults.mts';
import { ACCOUNT_KEY, ACCOUNT_SECRET } from './ids.mts';
import { RequestLog } from './log.mts';
import { Messaging } from './messaging.mts';
import { Orders } from './orders.mts';
import { Random } from './random.mts';
import { RateLimit } from './rateLimit.mts';
import { seededState } from './seed.mts';
import type { Settings } from './settings.mts';
import type { State } from './state.mts';
import { TokenOffice } from './tokens.mts';
import type { World } from './world.mts';

export interface AccountOptions {
	settings?: Partial<Settings>;
	/** of the generator of new ids and numbers */
	seed?: number;
	/** a line for each example workflow */
	exampleLines?: boolean;
}

function createWorld(settings: Settings, seed: number, exampleLines: boolean): World {
	const clock = new VirtualClock();
	const events = new EventHub();
	const world = { settings, random: new Random(seed), clock, events, exampleLines } as World;
	const deliveries = new Deliveries(clock, events, () => world.settings);
	Object.assign(world, { deliveries, messaging: new Messaging(world), orders: new Orders(world) });
	world.state = { accounts: new Map() } as State;
	world.state = seededState(world);
	return world;
}

/** The account that the sandbox starts with, and all that answers for it, without a server. */
export function createAccount({ settings: given = {}, seed = 1, exampleLines = false }: AccountOptions = {}) {
	const settings = startingSettings(given);
	const parts: ApiParts = {
		world: createWorld(settings, seed, exampleLines),
		tokens: new TokenOffice(),
		rateLimit: new RateLimit(),
		faults: new Faults(),
		log: new RequestLog(),
		accountKey: ACCOUNT_KEY,
		accountSecret: ACCOUNT_SECRET,
	};
	return { parts, control: new Control(parts, settings) };
}

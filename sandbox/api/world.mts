import type { VirtualClock } from './clock.mts';
import type { Deliveries } from './deliveries.mts';
import type { EventHub } from './events.mts';
import type { Messaging } from './messaging.mts';
import type { Orders } from './orders.mts';
import type { Random } from './random.mts';
import type { Settings } from './settings.mts';
import type { Row, State } from './state.mts';

/** Everything that an operation may use. */
export interface World {
	settings: Settings;
	state: State;
	readonly random: Random;
	/** whether the account has a line for each example workflow */
	readonly exampleLines: boolean;
	readonly clock: VirtualClock;
	readonly events: EventHub;
	readonly deliveries: Deliveries;
	readonly messaging: Messaging;
	readonly orders: Orders;
}

export interface Call {
	query: Row;
	body: Row;
	world: World;
}

/** Handles one operation; undefined is an empty 200. */
export type Handler = (call: Call) => unknown;
export type Handlers = Record<string, Handler>;

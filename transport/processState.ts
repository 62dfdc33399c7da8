/* What modules keep in memory, and what a restart of n8n therefore clears. */

interface State {
	clear(): void;
	readonly size: number;
	/** How many entries it holds at most; undefined for one whose entries leave by themselves. */
	readonly maxSize?: number;
}

const states: State[] = [];

/** Registers a map of a module, so that `resetProcessState` clears it. Returns the map. */
export function processState<T extends State>(state: T): T {
	states.push(state);
	return state;
}

/** For tests: clears everything that the nodes keep in memory, as a restart of n8n does. */
export function resetProcessState(): void {
	for (const state of states) state.clear();
}

/** For tests: the maps themselves, in the order in which their modules were loaded. */
export function processStates(): readonly State[] {
	return states;
}

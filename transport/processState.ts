/* What modules keep in memory, and what a restart of n8n therefore clears. */

const states: Array<{ clear(): void }> = [];

/** Registers a map of a module, so that `resetProcessState` clears it. Returns the map. */
export function processState<T extends { clear(): void }>(state: T): T {
	states.push(state);
	return state;
}

/** For tests: clears everything that the nodes keep in memory, as a restart of n8n does. */
export function resetProcessState(): void {
	for (const state of states) state.clear();
}

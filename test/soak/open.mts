/** How much there is of something, by kind. */
export type Open = Map<string, number>;

/** What keeps this process alive: sockets, timers, child processes. */
export function resourcesNow(): Open {
	const open: Open = new Map();
	for (const kind of process.getActiveResourcesInfo()) open.set(kind, (open.get(kind) ?? 0) + 1);
	return open;
}

/** Listeners of this process, by event. */
export const listenersNow = (): Open =>
	new Map(process.eventNames().map((name) => [`listener for ${String(name)}`, process.listenerCount(name)]));

/** What there is more of than before. Pure. */
export const moreThan = (before: Open, now: Open): string[] =>
	[...now].flatMap(([kind, count]) => {
		const more = count - (before.get(kind) ?? 0);
		return more > 0 ? [`${more} more of ${kind}`] : [];
	});

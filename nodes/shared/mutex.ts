const last = new Map<string, Promise<unknown>>();

/**
 * Runs `work` when no other work of this process under the same key is under way. Registrations read first and write
 * then, and Telegent has no way to write only if nothing changed meanwhile.
 */
export async function runExclusive<T>(key: string, work: () => Promise<T>): Promise<T> {
	const before = last.get(key) ?? Promise.resolve();
	const mine = before.then(work, work);
	const settled = mine.then(
		() => undefined,
		() => undefined,
	);
	last.set(key, settled);
	try {
		return await mine;
	} finally {
		if (last.get(key) === settled) last.delete(key);
	}
}

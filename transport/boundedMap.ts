interface Entry<V> {
	value: V;
	/** Milliseconds since 1970. */
	until: number;
}

/** A map with a maximum size and, optionally, a maximum age of its entries. The least recently set entry goes first. */
export class BoundedMap<K, V> {
	/** In the order in which they were set: `set` moves a key to the end. */
	private readonly entries = new Map<K, Entry<V>>();

	/** @param maxAgeMs milliseconds after which an entry no longer counts */
	constructor(
		readonly maxSize: number,
		private readonly maxAgeMs = Infinity,
	) {}

	get size(): number {
		return this.entries.size;
	}

	/** Undefined for an entry that has expired. */
	get(key: K, now = Date.now()): V | undefined {
		const entry = this.entries.get(key);
		return entry && entry.until > now ? entry.value : undefined;
	}

	has(key: K, now = Date.now()): boolean {
		return (this.entries.get(key)?.until ?? -Infinity) > now;
	}

	/** @param maxAgeMs for this entry, if it differs from that of the map */
	set(key: K, value: V, now = Date.now(), maxAgeMs = this.maxAgeMs): void {
		this.entries.delete(key);
		this.entries.set(key, { value, until: now + maxAgeMs });
		for (const [oldest, { until }] of this.entries) {
			if (until > now && this.entries.size <= this.maxSize) break;
			this.entries.delete(oldest);
		}
	}

	delete(key: K): void {
		this.entries.delete(key);
	}

	clear(): void {
		this.entries.clear();
	}
}

/** A map with a maximum size and, optionally, a maximum age of its entries. The least recently set entry goes first. */
export class BoundedMap<K, V> {
	/** In the order in which they were set: `set` moves a key to the end. */
	private readonly values = new Map<K, V>();

	/** When entries expire, milliseconds since 1970; not for those that don't. */
	private readonly ends = new Map<K, number>();

	/** @param maxAgeMs milliseconds after which an entry no longer counts */
	constructor(
		readonly maxSize: number,
		private readonly maxAgeMs = Infinity,
	) {}

	get size(): number {
		return this.values.size;
	}

	/** Undefined for an entry that has expired. */
	get(key: K, now = Date.now()): V | undefined {
		return this.hasExpired(key, now) ? undefined : this.values.get(key);
	}

	has(key: K, now = Date.now()): boolean {
		return this.values.has(key) && !this.hasExpired(key, now);
	}

	/** @param maxAgeMs for this entry, if it differs from that of the map */
	set(key: K, value: V, now = Date.now(), maxAgeMs = this.maxAgeMs): void {
		this.delete(key);
		this.values.set(key, value);
		if (maxAgeMs < Infinity) this.ends.set(key, now + maxAgeMs);
		for (const oldest of this.values.keys()) {
			if (this.size <= this.maxSize && !this.hasExpired(oldest, now)) break;
			this.delete(oldest);
		}
	}

	delete(key: K): void {
		this.values.delete(key);
		this.ends.delete(key);
	}

	clear(): void {
		this.values.clear();
		this.ends.clear();
	}

	private hasExpired(key: K, now: number): boolean {
		return (this.ends.get(key) ?? Infinity) <= now;
	}
}

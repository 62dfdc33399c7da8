/** Random-looking and repeatable: the same seed gives the same ids, numbers and faults. */
export class Random {
	#state: number;

	constructor(seed = 1) {
		this.#state = seed >>> 0;
	}

	/** From 0 up to, not including, 1 (mulberry32). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	digits(length: number): string {
		return Array.from({ length }, () => Math.floor(this.next() * 10)).join('');
	}

	pick<T>(choices: readonly T[]): T {
		return choices[Math.floor(this.next() * choices.length)];
	}

	/** A prefix and a version-4 UUID, as Telegent's ids are: `id('MRID-')`. */
	id(prefix: string): string {
		const hex = Array.from({ length: 32 }, () => Math.floor(this.next() * 16).toString(16));
		hex[12] = '4';
		hex[16] = this.pick(['8', '9', 'a', 'b']);
		const text = hex.join('');
		const parts = [
			text.slice(0, 8),
			text.slice(8, 12),
			text.slice(12, 16),
			text.slice(16, 20),
			text.slice(20),
		];
		return prefix + parts.join('-');
	}
}

interface Timer {
	due: number;
	run: () => void;
}

const LONGEST_ALARM = 2 ** 31 - 1;

/**
 * The sandbox's own time: starts at the real time, can be moved forward, sped up and frozen.
 * Token expiry, the rate limit, message progress and orders all follow it.
 */
export class VirtualClock {
	#virtual = Date.now();
	#real = performance.now();
	#speed = 1;
	#timers: Timer[] = [];
	#alarm: NodeJS.Timeout | undefined;

	now(): number {
		return Math.round(this.#virtual + (performance.now() - this.#real) * this.#speed);
	}

	get speed(): number {
		return this.#speed;
	}

	/** Runs something after so many virtual milliseconds. Returns a function that calls it off. */
	after(milliseconds: number, run: () => void): () => void {
		const timer = { due: this.now() + milliseconds, run };
		const later = this.#timers.findLastIndex((other) => other.due <= timer.due);
		this.#timers.splice(later + 1, 0, timer);
		if (later === -1) this.#arm();
		return () => {
			this.#timers = this.#timers.filter((other) => other !== timer);
			this.#arm();
		};
	}

	/** Moves time forward; everything that falls due on the way runs in its order, at its own time. */
	advance(milliseconds: number): void {
		const target = this.now() + milliseconds;
		this.#runUntil(target);
		if (this.now() < target) this.#set(target);
		this.#arm();
	}

	/** 1 is real time, 60 a minute a second, 0 stands still. */
	setSpeed(speed: number): void {
		this.#set(this.now());
		this.#speed = speed;
		this.#arm();
	}

	/** Back to the real time, nothing scheduled. */
	reset(): void {
		this.#timers = [];
		this.#speed = 1;
		this.#set(Date.now());
		this.#arm();
	}

	stop(): void {
		this.#timers = [];
		this.#arm();
	}

	#set(virtual: number): void {
		this.#virtual = virtual;
		this.#real = performance.now();
	}

	#runUntil(target: number): void {
		for (let timer = this.#timers[0]; timer && timer.due <= target; timer = this.#timers[0]) {
			this.#timers.shift();
			if (this.now() < timer.due) this.#set(timer.due);
			timer.run();
		}
	}

	#arm(): void {
		clearTimeout(this.#alarm);
		const next = this.#timers[0];
		if (!next || this.#speed === 0) return;
		const wait = Math.min(Math.max(0, (next.due - this.now()) / this.#speed), LONGEST_ALARM);
		this.#alarm = setTimeout(() => {
			this.#runUntil(this.now());
			this.#arm();
		}, wait);
	}
}

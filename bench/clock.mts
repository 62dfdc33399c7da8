const RealDate = Date;
const realNow = performance.now.bind(performance);
const realTimeout = globalThis.setTimeout;
const realInterval = globalThis.setInterval;

/**
 * Lets this process's clocks run `speed` times as fast: what asks for the time sees it pass so, and what waits by
 * setTimeout or setInterval waits that much shorter. With the sandbox's clock sped up alike, minutes of waiting for a
 * limit pass in seconds. The network and the work keep their real time, and so weigh `speed` times as much.
 */
export function speedUp(speed: number): void {
	if (speed === 1) return;
	const start = RealDate.now();
	const now = () => Math.round(start + (RealDate.now() - start) * speed);
	class FastDate extends RealDate {
		constructor(...values: [number]) {
			super(...((values as number[]).length === 0 ? ([now()] as [number]) : values));
		}

		static now = now;
	}
	globalThis.Date = FastDate as DateConstructor;
	const zero = realNow();
	performance.now = () => zero + (realNow() - zero) * speed;
	globalThis.setTimeout = ((run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
		realTimeout(run, ms / speed, ...args)) as typeof setTimeout;
	globalThis.setInterval = ((run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
		realInterval(run, ms / speed, ...args)) as typeof setInterval;
}

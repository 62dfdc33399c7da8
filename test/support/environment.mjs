import { TestEnvironment } from 'jest-environment-node';

/** @typedef {typeof setTimeout | typeof setInterval} Timer */

const timeout = AbortSignal.timeout.bind(AbortSignal);

/**
 * Jest's environment for Node, which ends the timers of a test file with it. A timer keeps the modules of its test file in
 * memory, 25 MB with n8n-core: n8n-core looks for stale SSH connections every minute, for ever, a node watches its open
 * questions for days, and a time limit of a request lasts up to two minutes. A run of all files needed gigabytes, and
 * much garbage collection.
 */
export default class Environment extends TestEnvironment {
	/** @type {Set<NodeJS.Timeout>} */
	timers = new Set();

	/** @override */
	async setup() {
		await super.setup();
		const { global } = this;
		global.setTimeout = this.kept(global.setTimeout, true);
		global.setInterval = this.kept(global.setInterval, false);
		// All environments of a process share the class, and only one of them runs at a time.
		AbortSignal.timeout = (ms) => this.timeLimit(ms);
	}

	/**
	 * @template {Timer} T
	 * @param {T} start
	 * @param {boolean} once
	 * @returns {T}
	 */
	kept(start, once) {
		/** @type {(run: (...values: unknown[]) => void, ms?: number, ...values: unknown[]) => NodeJS.Timeout} */
		const started = (run, ms, ...values) => {
			const timer = start(() => {
				if (once) this.timers.delete(timer);
				run(...values);
			}, ms);
			this.timers.add(timer);
			return timer;
		};
		return /** @type {T} */ (/** @type {unknown} */ (Object.assign(started, start)));
	}

	/**
	 * Like `AbortSignal.timeout`.
	 * @param {number} ms
	 */
	timeLimit(ms) {
		const controller = new AbortController();
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
		}, ms);
		this.timers.add(timer.unref());
		return controller.signal;
	}

	/** @override */
	async teardown() {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		AbortSignal.timeout = timeout;
		await super.teardown();
	}
}

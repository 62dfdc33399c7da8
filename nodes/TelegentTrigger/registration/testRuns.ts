import { BoundedMap } from '../../../transport/boundedMap';
import { processState } from '../../../transport/processState';

/** n8n ends a test that nobody wrote to after two minutes. */
const MAX_TEST_MS = 150_000;

const MAX_TESTS = 1_000;
const running = processState(new BoundedMap<string, true>(MAX_TESTS, MAX_TEST_MS));

/** Remembers that a test waits for messages at this address, in this process. */
export function testRunStarted(url: string, now: number): void {
	running.set(url, true, now);
}

export function testRunEnded(url: string): void {
	running.delete(url);
}

/** Whether a test waits at this address. One that this process does not know was left behind by a crash. */
export function isTestRunning(url: string, now: number): boolean {
	return running.has(url, now);
}

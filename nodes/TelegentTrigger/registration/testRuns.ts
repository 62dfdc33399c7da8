import { BoundedMap } from '../../../transport/boundedMap';
import { processState } from '../../../transport/processState';

/** n8n ends a test run without an event after two minutes; with a margin. */
const MAX_TEST_MS = 150_000;

const MAX_TESTS = 1_000;
const running = processState(new BoundedMap<string, true>(MAX_TESTS, MAX_TEST_MS));

/** Records that a test run of this process listens at this URL. */
export function testRunStarted(url: string, now: number): void {
	running.set(url, true, now);
}

export function testRunEnded(url: string): void {
	running.delete(url);
}

/** Whether a test run listens at this URL. One that this process does not know was abandoned by a crash. */
export function isTestRunning(url: string, now: number): boolean {
	return running.has(url, now);
}

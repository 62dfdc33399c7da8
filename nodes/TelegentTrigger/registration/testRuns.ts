/** n8n ends a test run without an event after two minutes; with a margin. */
const MAX_TEST_MS = 150_000;

const begun = new Map<string, number>();

/** Records that a test run of this process listens at this URL. */
export function testRunStarted(url: string, now: number): void {
	begun.set(url, now);
}

export function testRunEnded(url: string): void {
	begun.delete(url);
}

/** Whether a test run listens at this URL. One that this process does not know was abandoned by a crash. */
export function isTestRunning(url: string, now: number): boolean {
	return now - (begun.get(url) ?? -Infinity) < MAX_TEST_MS;
}

/** Forgets all test runs, as a restart of n8n does. */
export function clearTests(): void {
	begun.clear();
}

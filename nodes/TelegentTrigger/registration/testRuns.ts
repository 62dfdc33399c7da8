/** n8n ends a test that nobody wrote to after two minutes. */
const MAX_TEST_MS = 150_000;

const begun = new Map<string, number>();

/** Remembers that a test waits for messages at this address, in this process. */
export function testRunStarted(url: string, now: number): void {
	begun.set(url, now);
}

export function testRunEnded(url: string): void {
	begun.delete(url);
}

/** Whether a test waits at this address. One that this process does not know was left behind by a crash. */
export function isTestRunning(url: string, now: number): boolean {
	return now - (begun.get(url) ?? -Infinity) < MAX_TEST_MS;
}

/** Forgets all tests, as a restart of n8n does. */
export function clearTests(): void {
	begun.clear();
}

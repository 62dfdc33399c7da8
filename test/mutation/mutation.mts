import { parseSync } from '@swc/core';

/** What SECURITY.md promises, by a short name: how the row of its table begins. */
export const PROMISES = {
	token: 'A token is valid for one endpoint',
	shown: 'Account secret, tokens and passwords appear in no message',
	stored: 'Static data holds no secret in plain text',
	door: 'A webhook starts a workflow only with the secret of this trigger',
	once: 'Within an execution nothing is sent, bought or created twice',
	retried: 'A retried execution repeats nothing',
	guarded: "What a safeguard stops isn't sent",
	pace: 'No more requests leave in a minute',
	received: 'A delivered message starts one execution',
	restored: 'Unpublishing restores what publishing replaced',
	media: 'Media of a received message are downloaded from public addresses only',
	wait: 'Send and Wait for Response resumes an execution only',
	linear: 'Regular expressions in filters take time in proportion',
	tool: 'As a tool of an AI agent',
} as const;

export type Promised = keyof typeof PROMISES;

/** One line of the code, broken as a person might break it. */
export interface Mutation {
	/** The source file, from the root of the repository. */
	file: string;
	/** Stands there exactly once. */
	find: string;
	replace: string;
	promise: Promised;
	/** What goes wrong then. */
	breaks: string;
	/** Test files of which at least one must notice. */
	tests: string[];
	/** The names of the tests in them, as a regular expression: for files that take long. All, where it is left out. */
	only?: string;
	/** Why no test can notice, for those that change nothing that anybody could see. */
	equivalent?: string;
}

/** What is wrong with a mutation itself; undefined if it can be tried. Pure. */
export function staleness({ find, replace }: Mutation, source: string): string | undefined {
	const count = source.split(find).length - 1;
	if (count !== 1) return `its line stands there ${count} times instead of once`;
	if (find === replace) return 'it changes nothing';
	try {
		parseSync(source.split(find).join(replace), { syntax: 'typescript' });
	} catch {
		return 'the changed code does not compile';
	}
	return undefined;
}

/** The part of jest's report that tells whether a test noticed. */
export interface JestReport {
	numTotalTests: number;
	testResults: Array<{
		message: string;
		status: string;
		assertionResults: Array<{ fullName: string; status: string }>;
	}>;
}

export type Verdict =
	| { kind: 'killed'; by: string }
	/** No test ended in time: the change makes something hang. */
	| { kind: 'timedOut' }
	| { kind: 'survived' }
	/** Jest did not run the tests. */
	| { kind: 'notRun'; why: string };

/** What became of a mutation. Pure. @param report undefined where jest left none */
export function verdictOf(report: JestReport | undefined, timedOut: boolean): Verdict {
	if (timedOut) return { kind: 'timedOut' };
	if (!report || report.testResults.length === 0) return { kind: 'notRun', why: 'jest left no report' };
	for (const { assertionResults, message, status } of report.testResults) {
		const failed = assertionResults.find((one) => one.status === 'failed');
		if (failed) return { kind: 'killed', by: failed.fullName };
		// The test file itself did not load: the change throws as soon as the module is read.
		if (status === 'failed') return { kind: 'killed', by: message.trim().split('\n')[0] || 'it throws' };
	}
	if (report.numTotalTests === 0) return { kind: 'notRun', why: 'the files have no tests' };
	const ran = report.testResults
		.flatMap((one) => one.assertionResults)
		.some(({ status }) => status === 'passed');
	if (!ran) return { kind: 'notRun', why: 'no test has such a name' };
	return { kind: 'survived' };
}

export const isKilled = ({ kind }: Verdict) => kind === 'killed' || kind === 'timedOut';

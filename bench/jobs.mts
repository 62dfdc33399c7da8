/** What a process does and how it went. All times are milliseconds of the real clock. */
export interface Job {
	kind: 'telegent' | 'twilio' | 'httpRequest' | 'oneToken' | 'tokenACall' | 'bare';
	/** The server. */
	url: string;
	/** How many messages. */
	count: number;
	/** The number of the first recipient, so that several processes share a list. */
	first?: number;
	/** Requests at a time, where this can be chosen. */
	concurrency?: number;
	/** The text is not just a field of the item: n8n has to compute it. */
	computed?: boolean;
	/** The credential's limit, 0 for none. */
	requestsPerMinute?: number;
	accountKey: string;
	accountSecret: string;
	/** For those that cannot get one themselves. */
	token?: string;
	/** The Twilio node's requests as Telegent's, for the sandbox. */
	asTelegent?: boolean;
	/** On Error: Continue. */
	goOn?: boolean;
	/** Measure memory: collects garbage very often, so the time says nothing. */
	memory?: boolean;
	/** Write a CPU profile of the run into this file. */
	profile?: string;
}

export interface Memory {
	/** The most in use during the run, above what was in use before it with the input. */
	peak: number;
	/** What the output takes by itself. */
	output: number;
	samples: number;
}

export interface Result {
	/** The whole workflow. */
	ms: number;
	/** Work of this process, on all its threads. Other programs on the machine hardly change it. */
	cpuMs: number;
	/** The last node alone, as n8n shows it. */
	nodeMs: number;
	succeeded: number;
	failed: number;
	error?: string;
	memory?: Memory;
}

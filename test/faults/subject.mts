import type { Class, Result } from './expected.mts';
import type { Fault } from './faults.mts';
import type { Call, FaultyServer } from './server.mts';

/** `stop`: an item that fails ends the run. `continue`: it becomes an output item. */
export type Mode = 'stop' | 'continue';

/** Something that makes requests, of which those to one route are spoiled. */
export interface Subject {
	/** For the table: the resource, or what is not an operation. */
	group: string;
	/** `message.send`; with the spoiled request where that is not the one that does the work. */
	name: string;
	class: Class;
	/** Whether the spoiled request does the work, comes before or after it, asks for a token, or is part of publishing. */
	place: 'main' | 'before' | 'after' | 'token' | 'step';
	modes: Mode[];
	/** A person waits in the editor: fewer attempts are made. */
	hurried?: true;
	run(trial: Trial): Promise<Ran>;
}

export interface Trial {
	server: FaultyServer;
	fault: Fault;
	mode: Mode;
	/** Whether the item whose requests are spoiled comes first. */
	badFirst: boolean;
}

/** How one item, or something else that can fail, ended. */
export interface Ended {
	result: Result;
	/** Whether its requests were spoiled. */
	bad: boolean;
	message?: string;
	description?: string | null;
	/** All that n8n would store of it. */
	all: string;
}

export interface Ran {
	ended: Ended[];
	/** The requests whose responses were spoiled. */
	spoiled: Call[];
	/** What is wrong besides. */
	wrong: string[];
}

/** What n8n shows and stores of an error. */
export function endedWith(thrown: unknown, bad = true): Ended {
	const error = thrown as Error & { description?: string; context?: { outcome?: Result } };
	const { context, description, message, stack } = error;
	return {
		...{ result: context?.outcome ?? 'notDone', bad, message, description },
		all: `${JSON.stringify(error)} ${stack}`,
	};
}

import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ApiRequest, Route, TelegentClient } from '../../../transport/client';
import type { Outcome, Safety } from '../../../transport/retry';
import type { Read } from './parameters';
import type { Send } from '../../shared/values';

/** How a list is fetched page by page. The names are query parameters. */
export interface Paging {
	page: string;
	size: string;
	/** Entries asked for at a time. */
	most: number;
	/** Where the answer says how many there are in all. */
	total: string;
}

/** An item on its way through an operation. */
export interface Item {
	index: number;
	/** The request that will be sent. Hooks read and change what it sends through `payloadOf`. */
	request: ApiRequest;
	options: IDataObject;
	context: IExecuteFunctions;
	telegent: TelegentClient;
}

/**
 * What an item's request sends: its body, or its query where it has no body. Changing it changes the request.
 */
export function payloadOf({ request }: Pick<Item, 'request'>): IDataObject {
	return request.body ?? (request.query ??= {});
}

/** What an operation does besides one request an item. Made anew for each run, so it may remember earlier items. */
export interface OperationHooks {
	/** Looks at the item in its turn and may change it. Returns an answer where nothing is to be sent. Throws to refuse. */
	beforeQueue?: (item: Item) => IDataObject | undefined;
	/** Fetches what the request needs, just before it is made. Returns an answer where nothing is to be sent after all. */
	beforeRequest?: (item: Item) => Promise<IDataObject | undefined>;
	/** Items that share one of these run one after another, all others side by side. */
	order?: (item: Item) => string[];
	/** Looks at an answer as it came. Throws a NodeError, with the outcome, where it says that the work was not done. */
	accept?: (item: Item, response: IDataObject) => void;
	/** Adds to the answer. */
	afterResponse?: (item: Item, response: IDataObject) => IDataObject | Promise<IDataObject>;
	/** Finds out what became of a request whose outcome is not sure. Returns its answer, or undefined to report it. */
	recover?: (item: Item, startedAt: number) => Promise<IDataObject | undefined>;
	/** Takes back what `load` made, when the item did not succeed after it. Must not throw. */
	onFailure?: (item: Item, error: unknown) => Promise<void>;
	/** Hears how each item ended, also of what an earlier try of the same run did; `answers` are none after an error. */
	onSettled?: (item: Item, outcome: Outcome, records: IDataObject[]) => void;
	/**
	 * Whom an item is for, as answers name it, so that a failed item can say so: from what is sent or, where that could
	 * not be made, from the parameters.
	 */
	recipients?: (read: Read, item?: Item) => IDataObject[];
	/** Which of the operation's outputs an answer goes to; the first unless told. */
	output?: (response: IDataObject) => number;
	/** One sentence for the person when all items are through. `failed`: also those that were refused before any step. */
	summary?: (failed: number) => string | undefined;
	/** What needs a second look, a sentence each, when all items are through. */
	warnings?: () => string[];
}

/** Why a model may do it only where the person says so: it can cost money, or it cannot be undone. */
export type Stakes = 'final' | 'money';

/**
 * One operation of the node: an entry of the table in `resources/`.
 * A parameter is sent under its own name in PascalCase (`routeName` → `RouteName`) unless `send` says otherwise;
 * with GET in the query, else in the body. Fields called `options`, `returnAll`, `limit`, `safeguards` and `simplify`
 * steer the node and are not sent; those inside `additionalFields`, `updateFields` and `filters` are sent when they were added.
 */
export interface Operation {
	value: string;
	name: string;
	action: string;
	description: string;
	route: Route;
	safety: Safety;
	/** Costs money or is final; a function where that depends on the parameters. */
	stakes?: Stakes | ((read: Read) => Stakes | undefined);
	/** What an AI Agent's model is told besides `description`. */
	forModel?: string;
	fields: INodeProperties[];
	send?: Record<string, Send>;
	/** Where the answer holds its list, `''` where it is one; each entry becomes an item. */
	list?: string;
	/** The key that entries get where the list holds bare texts: `Number` turns "+1…" into `{"Number": "+1…"}`. */
	entry?: string;
	paging?: Paging;
	/** The fields that Simplify keeps, at most ten. */
	simple?: string[];
	/** Fields of the answer that hold passwords or tokens. */
	secrets?: string[];
	/** The answer is `{"deleted": true}` with the ids that were sent and what Telegent says about it. */
	deletes?: true;
	/** The last look at a request, where fields depend on each other. Throws an Error that says what does not fit. */
	finalizeRequest?: (request: IDataObject) => IDataObject;
	/** Sends a POST's parameters in the query. */
	inQuery?: true;
	/** Where one request an item is not all. */
	hooks?: () => OperationHooks;
	/** The operation works on this machine only: no request is made. */
	local?: true;
	/** Makes the request from the parameters, where `route` and `safety` depend on them. */
	request?: (fields: IDataObject) => ApiRequest;
}

export interface Resource {
	value: string;
	name: string;
	description: string;
	operations: Operation[];
}

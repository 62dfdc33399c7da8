import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { ApiRequest, Route, TelegentClient } from '../../../transport/client';
import type { Outcome, Safety } from '../../../transport/retry';
import type { Read, Steering } from './parameters';
import type { Send } from '../../shared/values';
import type { EarlierRun, ItemOutcome } from './runRecord';

/** How a list is fetched page by page. The names are query parameters. */
export interface Paging {
	page: string;
	size: string;
	/** Largest page size. */
	most: number;
	/** Key of the response that holds the total count. */
	total: string;
}

/** An input item while the operation runs for it. */
export interface Item extends Steering {
	index: number;
	/** The request that will be sent. Hooks read and change what it sends through `payloadOf`. */
	request: ApiRequest;
	/** Reads parameters that hooks need and that are neither sent nor in `Steering`. */
	read: Read;
	context: IExecuteFunctions;
	telegent: TelegentClient;
	/** Set where an earlier execution that this one retries may have sent the item. */
	earlier?: EarlierRun;
}

/**
 * What an item's request sends: its body, or its query where it has no body. Changing it changes the request.
 */
export function payloadOf({ request }: Pick<Item, 'request'>): IDataObject {
	return request.body ?? (request.query ??= {});
}

/** Fetches the operation's list until `most` of the records that `keep` accepts are there, or the list ends. */
export type FetchList = (most: number, keep?: (record: IDataObject) => boolean) => Promise<IDataObject[]>;

/** What the hook afterAllItems works with. */
export interface FinishedItems {
	/** The output items of the run, in input order. */
	outputs: INodeExecutionData[];
	/** `known` gives what a user who stops the execution is told besides what was sent. */
	tellIfStopped: (known: () => string) => void;
	/** Makes one more request for an item: see `sendFurther`. */
	sendFurther: (item: Item, name: string, hooks: OperationHooks) => Promise<ItemOutcome>;
}

/**
 * Code of an operation around its request, in the order in which it runs. Made anew for each run of the node, so it may
 * keep data about earlier items.
 */
export interface OperationHooks {
	/**
	 * 1. For each item in input order, before it waits for its turn. May change the payload. Returns an output item to
	 * skip the request. Throws to refuse the item.
	 */
	beforeQueue?: (item: Item) => IDataObject | undefined;
	/** 2. Keys of an item: items that share a key run one after another, all others in parallel. */
	order?: (item: Item) => string[];
	/** The most items to run in parallel, if `order` allows it. @param perMinute the rate limit; 0 for none */
	mostParallel?: (read: Read, perMinute: number) => number;
	/**
	 * 3. For an item that an earlier execution may have sent: finds its record, which then goes through afterResponse.
	 * Returns undefined where it was surely not sent. Throws if that is unknown.
	 */
	lookUp?: (item: Item, earlier: EarlierRun) => Promise<IDataObject | undefined>;
	/**
	 * 4. Just before the request: loads what it needs. May change the payload. Returns an output item to skip the
	 * request.
	 */
	beforeRequest?: (item: Item) => Promise<IDataObject | undefined>;
	/** In place of the request: makes the records, with requests of its own or with a selection from the list. */
	fetch?: (item: Item, list: FetchList) => Promise<IDataObject[]>;
	/**
	 * 5. Checks each record of the response before it is simplified. Throws a NodeError, with the outcome, where the
	 * response reports that the work was not done.
	 */
	accept?: (item: Item, response: IDataObject) => void;
	/** 6. Turns each record of the response into the output item. */
	afterResponse?: (item: Item, response: IDataObject) => IDataObject | Promise<IDataObject>;
	/**
	 * 7. After a request whose outcome is unknown: finds its record, which then goes through afterResponse. Returns
	 * undefined to report the error.
	 */
	recover?: (item: Item, startedAt: number) => Promise<IDataObject | undefined>;
	/** 8. After an error since beforeRequest: undoes what beforeRequest made. Must not throw. */
	onFailure?: (item: Item, error: unknown) => Promise<void>;
	/**
	 * 9. Once per item with its outcome, also for items replayed from an earlier try of the same run (Retry On Fail).
	 * `records` is empty after an error.
	 */
	onSettled?: (item: Item, outcome: Outcome, records: IDataObject[]) => void;
	/**
	 * 10. Recipients of an item, as responses name them, for errors and progress. `item` is undefined where its request
	 * could not be built: then the parameters tell.
	 */
	recipients?: (read: Read, item?: Item) => IDataObject[];
	/**
	 * 11. Once, when all items have ended and none waits for its turn any more, before they are divided among the outputs:
	 * may replace the JSON of output items, and make further requests. Throws only when the execution is stopped.
	 */
	afterAllItems?: (finished: FinishedItems) => Promise<void>;
	/** 12. Index of the output that an output item goes to; 0 by default. */
	output?: (response: IDataObject) => number;
	/** 13. After all items: one sentence about the run. `failed` includes items that were refused before any hook. */
	summary?: (failed: number) => string | undefined;
	/** 14. After all items: warnings, one sentence each. */
	warnings?: () => string[];
	/** 15. When the run ends, also with an error: stores what is left. Must not throw. */
	finish?: () => Promise<void>;
}

/** Why a tool must be allowed to run the operation: it can cost money, or it cannot be undone. */
export type Stakes = 'final' | 'money';

/**
 * One operation of the node: an entry of the table in `resources/`.
 * A parameter is sent under its own name in PascalCase (`routeName` → `RouteName`) unless `send` says otherwise;
 * with GET in the query, else in the body. Fields called `options`, `returnAll`, `limit`, `safeguards` and `simplify`
 * steer the node and are not sent; those inside `additionalFields`, `updateFields` and `filters` are sent when they were added,
 * unless the hook `fetch` takes them out of the request.
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
	/** Text for an AI Agent's model, in addition to `description`. */
	forModel?: string;
	/** What n8n's AI workflow builder is told besides `description`. */
	forBuilder?: string;
	fields: INodeProperties[];
	send?: Record<string, Send>;
	/** Key of the response that holds its list, `''` where the response is the list; each entry becomes an item. */
	list?: string;
	/** The key that entries get where the list holds strings: `Number` turns "+1…" into `{"Number": "+1…"}`. */
	entry?: string;
	paging?: Paging;
	/** The fields that Simplify keeps, at most ten. */
	simple?: string[];
	/** Fields of the response that hold passwords or tokens. */
	secrets?: string[];
	/** The output is `{"deleted": true}` with the IDs that were sent and the fields of the response. */
	deletes?: true;
	/** Checks and completes the fields where they depend on each other. Throws an Error with the reason. */
	finalizeRequest?: (request: IDataObject) => IDataObject;
	/** Sends a POST's parameters in the query. */
	inQuery?: true;
	/** For operations that do more than one request per item. */
	hooks?: () => OperationHooks;
	/** Makes no request: its hooks give the output. */
	local?: true;
	/** Makes its output of one or more requests in the hook `fetch`; `route` is the main one. */
	composed?: true;
	/** Makes the request from the parameters, where `route` and `safety` depend on them. */
	request?: (fields: IDataObject) => ApiRequest;
}

export interface Resource {
	value: string;
	name: string;
	description: string;
	operations: Operation[];
}

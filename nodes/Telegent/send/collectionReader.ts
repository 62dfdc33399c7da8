import type { IDataObject } from 'n8n-workflow';
import type { Item } from '../engine/operation';
import { withFieldLabel } from '../engine/parameters';

/** What an expression can name that is the same for every item. */
const SAME_FOR_ALL =
	/\$\((?:'[^']*'|"[^"]*")\)\s*\.\s*(?:all|first|last)\b|\$input\s*\.\s*(?:all|first|last)\b|\$(?:vars|workflow|execution)\b/g;

/** Whether an expression may give another value for another item. Pure; in doubt it may. */
export function dependsOnItem(raw: unknown): boolean {
	return typeof raw === 'string' && raw.startsWith('=') && raw.replace(SAME_FOR_ALL, '').includes('$');
}

/**
 * The options of one collection of the node, read one by one and turned into what the steps work with. What is the
 * same for all items is read once a run: a list of 10,000 numbers for 10,000 items is 10,000 numbers to look at.
 */
export class CollectionReader {
	private readonly cache = new Map<string, { given: unknown; result: () => unknown }>();

	private given?: IDataObject;

	/** n8n takes a collection with fixed names only: it drops one that is given as a single expression. */
	constructor(private readonly collection: string) {}

	has({ context }: Item, name: string): boolean {
		return this.raw(context, name) !== undefined;
	}

	/**
	 * @param make turns what was given into what is needed; throws an Error that says what is wrong with it
	 * @throws ParameterError with the label
	 */
	read<T>(item: Item, name: string, label: string, make: (given: unknown) => T): T {
		const known = this.cache.get(name);
		const raw = this.raw(item.context, name);
		if (known && (typeof raw !== 'object' ? !dependsOnItem(raw) : isConstant(raw)))
			return known.result() as T;
		const given = item.context.getNodeParameter(`${this.collection}.${name}`, item.index, null);
		if (known && known.given === given) return known.result() as T;
		const result = memoize(() => withFieldLabel(label, () => make(given)));
		this.cache.set(name, { given, result });
		return result();
	}

	private raw(context: Item['context'], name: string): unknown {
		// n8n copies the whole node each time that it is asked for it.
		this.given ??= (context.getNode().parameters[this.collection] ?? {}) as IDataObject;
		return this.given[name];
	}
}

/** Whether a parameter holds no expression, however deep. `raw` is as n8n stores it: JSON. */
function isConstant(raw: unknown): boolean {
	return !JSON.stringify(raw).includes('"=');
}

/** The same result each time, or the same error: a list that is wrong is looked through once too. */
function memoize<T>(work: () => T): () => T {
	let end: { value: T } | { error: unknown } | undefined;
	return () => {
		end ??= settleSync(work);
		if ('error' in end) throw end.error;
		return end.value;
	};
}

function settleSync<T>(work: () => T): { value: T } | { error: unknown } {
	try {
		return { value: work() };
	} catch (error) {
		return { error };
	}
}

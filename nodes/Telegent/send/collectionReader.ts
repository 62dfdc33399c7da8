import type { IDataObject } from 'n8n-workflow';
import type { Item } from '../engine/operation';
import { rawCollection, withFieldLabel } from '../engine/parameters';

/** Names in an expression whose value is the same for every item. */
const SAME_FOR_ALL =
	/\$\((?:'[^']*'|"[^"]*")\)\s*\.\s*(?:all|first|last)\b|\$input\s*\.\s*(?:all|first|last)\b|\$(?:vars|workflow|execution)\b/g;

/** Whether an expression may have a different value for another item; true in doubt. Pure. */
export function dependsOnItem(raw: unknown): boolean {
	return typeof raw === 'string' && raw.startsWith('=') && raw.replace(SAME_FOR_ALL, '').includes('$');
}

/**
 * Reads and parses the options of one collection of the node. A value that is the same for all items is read and parsed
 * once per run: a list of 10,000 numbers would otherwise be parsed for each of 10,000 items.
 */
export class CollectionReader {
	private readonly cache = new Map<string, { given: unknown; result: () => unknown }>();

	private given?: IDataObject;

	/** n8n drops a collection that is given as a single expression, so its options have fixed names. */
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
		const given = item.read(`${this.collection}.${name}`);
		if (known && known.given === given) return known.result() as T;
		const result = memoize(() => withFieldLabel(label, () => make(given)));
		this.cache.set(name, { given, result });
		return result();
	}

	private raw(context: Item['context'], name: string): unknown {
		// getNode() copies the whole node on each call.
		this.given ??= rawCollection(context, this.collection);
		return this.given[name];
	}
}

/** Whether a parameter holds no expression, however deep. `raw` is as n8n stores it: JSON. */
function isConstant(raw: unknown): boolean {
	return !JSON.stringify(raw).includes('"=');
}

/** Runs `work` once and then repeats its result or its error: an invalid list is parsed once too. */
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

/**
 * Reads the "flatted" JSON in which n8n stores executions: an array of values, where every string inside an object
 * or array is the index of the value it stands for.
 */
export function parseFlatted(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const made = new Map<number, unknown>();
	const valueAt = (index: number): unknown => {
		if (made.has(index)) return made.get(index);
		const value = values[index];
		if (typeof value !== 'object' || value === null) return value;
		const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		made.set(index, copy);
		for (const [key, inner] of Object.entries(value))
			(copy as Record<string, unknown>)[key] = typeof inner === 'string' ? valueAt(Number(inner)) : inner;
		return copy;
	};
	return valueAt(0);
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of the ratios of each round: what disturbs a round disturbs both sides of its ratio. */
export function ratio(these: number[], those: number[]): number {
	return median(these.map((value, round) => value / those[round]));
}

export const times = (value: number) => `${value.toFixed(2)} ×`;
export const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
export const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} kB`;

/** Smallest and largest, for the record. */
export const spread = (values: number[]) =>
	`${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;

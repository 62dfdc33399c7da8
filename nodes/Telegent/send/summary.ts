import { counted } from '../engine/progress';

/** Counts items by the `status` of their output; `sent` where it has none. */
export class SendCount {
	private readonly items: Record<string, number> = {};

	private readonly segments: Record<string, number> = {};

	/** @param segments of the text, for all recipients together */
	add(status: string, segments: number): void {
		this.items[status] = (this.items[status] ?? 0) + 1;
		this.segments[status] = (this.segments[status] ?? 0) + segments;
	}

	/** One sentence for a run of several items. @param failed items that ended with an error */
	summary(failed: number): string | undefined {
		const { dryRun = 0, held = 0, refused = 0, sent = 0, skipped = 0 } = this.items;
		if (sent + skipped + held + refused + dryRun + failed < 2) return undefined;
		const rare = [
			[held, 'held'],
			[refused, 'refused'],
			[dryRun, `dry run (${this.segmentsOf('dryRun')})`],
		].flatMap(([number, what]) => (number ? [`${number} ${what}`] : []));
		const all = [
			`${sent} sent (${this.segmentsOf('sent')})`,
			`${skipped} skipped`,
			...rare,
			`${failed} failed`,
		];
		return all.join(', ');
	}

	private segmentsOf(status: string): string {
		return counted(this.segments[status] ?? 0, 'segment');
	}
}

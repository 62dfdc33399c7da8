import type { IDataObject } from 'n8n-workflow';
import { Random } from '../../sandbox/api/random.mts';
import { runNode, type CredentialValues } from '../support/n8n.mts';
import { send } from '../support/sandbox.mts';
import { SAID } from './said.mts';

const LIST = 500;
const LISTS_AT_A_TIME = 2;
const PEOPLE = 5_000;
const CONCURRENCY = 20;

/** Message → Send with lists, as workflows run it: On Error is Continue. */
export class Lists {
	/** By number of the message. */
	readonly said: Uint8Array;

	private readonly random: Random;

	private next = 0;

	private lists = 0;

	constructor(
		private readonly credential: CredentialValues,
		messages: number,
		seed: number,
	) {
		this.said = new Uint8Array(messages);
		this.random = new Random(seed);
	}

	/** Sends so many messages. */
	async run(count: number): Promise<void> {
		const until = Math.min(this.said.length, this.next + count);
		const one = async () => {
			while (this.next < until) {
				const first = this.next;
				this.next = Math.min(until, first + LIST);
				await this.list(first, this.next);
			}
		};
		await Promise.all(Array.from({ length: LISTS_AT_A_TIME }, one));
	}

	/** Every other list looks for messages whose outcome is unknown. */
	private async list(first: number, until: number): Promise<void> {
		const checks = (this.lists++ & 1) === 0;
		const items = Array.from({ length: until - first }, (_, index) => ({
			to: `+1801${2_000_000 + Math.floor(this.random.next() * PEOPLE)}`,
			text: `Soak ${first + index}`,
		}));
		const { error, items: results } = await runNode({
			credential: this.credential,
			parameters: {
				...send('={{ $json.to }}', '={{ $json.text }}'),
				options: { concurrency: CONCURRENCY, ...(checks && { whenUnsure: 'checkFirst' }) },
			},
			items,
			node: { onError: 'continueRegularOutput' },
			mode: 'trigger',
		});
		if (error) throw error;
		for (const { json, pairedItem } of results) {
			const { item } = pairedItem as { item: number };
			this.said[first + item] = whatIsSaid(json);
		}
	}
}

function whatIsSaid(json: IDataObject): number {
	if (json.error === undefined) return json.MessageId ? SAID.sent : SAID.nothing;
	return (json.details as IDataObject).outcome === 'unsure' ? SAID.unsure : SAID.notDone;
}

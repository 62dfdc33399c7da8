import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { settle } from '../../../transport/result';
import { rememberSent, storeSent } from '../../shared/sentRecord';
import { STAY_SILENT, Takeover, type TakeoverRule } from '../../shared/takeover';
import { amountOf } from '../../shared/values';
import { payloadOf, type Item } from '../engine/operation';
import { CollectionReader } from './collectionReader';
import type { ExcludedRecipient } from './recipients';

const NAME = STAY_SILENT.replace(' (Minutes)', '');

/** The safeguard "Stay Silent While a Person Writes" of Message → Send, and the record of what the node sent. */
export class TakeoverSafeguard {
	private readonly settings = new CollectionReader('safeguards');

	private takeover?: Takeover;

	private recorded?: boolean;

	/** IDs that are not stored yet. */
	private unsaved: string[] = [];

	private saving?: Promise<void>;

	/** @param clock milliseconds since 1970 */
	constructor(private readonly clock: () => number) {}

	/** @throws ParameterError where the minutes are no number */
	ruleFor(item: Item): TakeoverRule | undefined {
		if (!this.settings.has(item, 'staySilentMinutes')) return undefined;
		const read = (given: unknown) => amountOf(given, 'minutes');
		const minutes = this.settings.read(item, 'staySilentMinutes', STAY_SILENT, read);
		const { CampaignId } = payloadOf(item);
		return minutes > 0
			? { minutes, ...(CampaignId ? { campaignIds: [String(CampaignId)] } : {}) }
			: undefined;
	}

	/**
	 * Recipients to whom somebody else writes.
	 * @throws NodeOperationError where Telegent's message list does not tell
	 */
	async silenced(item: Item, to: string[]): Promise<ExcludedRecipient[]> {
		const rule = this.ruleFor(item);
		if (!rule || to.length === 0) return [];
		this.takeover ??= new Takeover(item.context, item.telegent, this.clock);
		const result = await settle(this.takeover.lastOfOthers(String(payloadOf(item).From), to, rule));
		if ('error' in result) throw unknownTakeover(item, result.error as Error);
		return [...result.value].map(([number, { at }]) => {
			const minutes = Math.max(0, Math.floor((this.clock() - at) / 60_000));
			const when = minutes === 0 ? 'just now' : `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ago`;
			return { number, reason: `${number} got a message from someone else ${when} ('${NAME}')` };
		});
	}

	/** What the item sent is this workflow's own. Stored at once for other processes, where one may ask. */
	remember(item: Item, records: IDataObject[]): void {
		const ids = records.flatMap(({ MessageId }) => (MessageId ? [String(MessageId)] : []));
		for (const id of ids) rememberSent(item.context, id);
		if (ids.length === 0 || !(this.recorded ??= isRecorded(item.context))) return;
		this.unsaved.push(...ids);
		this.saving ??= this.save(item.context).finally(() => (this.saving = undefined));
	}

	async finish(): Promise<void> {
		await this.saving;
	}

	private async save(context: IExecuteFunctions): Promise<void> {
		while (this.unsaved.length > 0) await storeSent(context, this.unsaved.splice(0));
	}
}

/** The question of Send and Wait is this workflow's own, too. */
export async function recordQuestion({ context }: Item, { MessageId }: IDataObject): Promise<void> {
	rememberSent(context, MessageId);
	if (MessageId && isRecorded(context)) await storeSent(context, [String(MessageId)]);
}

/** Whether this node, or a trigger before it, asks who wrote: otherwise nothing is stored. */
function isRecorded(context: IExecuteFunctions): boolean {
	const { name, parameters } = context.getNode();
	const before = context.getParentNodes(name, { includeNodeParameters: true });
	const settings = [parameters.safeguards, ...before.map((node) => node.parameters?.options)];
	return settings.some((setting) => Boolean((setting as IDataObject | undefined)?.staySilentMinutes));
}

function unknownTakeover({ context, index }: Item, cause: Error): NodeOperationError {
	return new NodeOperationError(context.getNode(), `'${NAME}' couldn't be checked: ${cause.message}`, {
		itemIndex: index,
		description:
			'Nothing was sent, because a person may have taken over. Run it again, or remove the safeguard.',
	});
}

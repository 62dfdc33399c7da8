import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../engine/operation';
import type { SendContext } from '../../shared/values';
import { AllowedRecipients } from './allowedRecipients';
import type { CollectionReader } from './collectionReader';
import { some } from './reasons';

/** A safeguard that refuses items: its field and its rule. */
interface RefusingSafeguard<T> {
	field: INodeProperties;
	/** Reads the value of the field, once per run where it is the same for all items. Throws an Error that says what is wrong with it. */
	parse: (given: unknown, context: SendContext) => T;
	/** Why the item must not be sent to these recipients (E.164), or undefined. */
	reason: (value: T, to: string[]) => string | undefined;
}

function refusing<T>({ field, parse, reason }: RefusingSafeguard<T>) {
	return {
		field,
		/** Why nothing is sent for the item; undefined where the user has not added the safeguard or it allows the item. */
		check(item: Item, to: string[], settings: CollectionReader): string | undefined {
			const { displayName, name } = field;
			if (!settings.has(item, name)) return undefined;
			return reason(
				settings.read(item, name, displayName, (given) => parse(given, item.telegent)),
				to,
			);
		},
	};
}

/** Safeguards that refuse an item before it waits for its turn. An entry here is all that one needs. */
export const refusingSafeguards = [
	refusing({
		field: {
			displayName: 'Allowed Recipients',
			name: 'allowedRecipients',
			type: 'string',
			default: '',
			placeholder: 'e.g. +18015550123, +1385*',
			description:
				'The only numbers that can receive messages, separated by commas, or an expression that returns a list. End with * to match a prefix. Other recipients are refused and reported.',
		},
		parse: (given, context) => new AllowedRecipients(given, context),
		reason(allowed, to) {
			const foreign = to.filter((number) => !allowed.has(number));
			if (foreign.length === 0) return undefined;
			const verb = foreign.length === 1 ? "isn't" : "aren't";
			return `${some(foreign, ', ')} ${verb} in 'Allowed Recipients'. Nothing was sent.`;
		},
	}),
];

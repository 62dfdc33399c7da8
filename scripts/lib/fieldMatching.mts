import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import type { Operation } from '../../nodes/Telegent/engine/operation.ts';
import { pagingOf, place, type ContractOperation, type Field } from './contract.mts';
import { NAMED_OTHERWISE, NOT_SENT, NOT_SENT_FILTERS, OTHER_WAYS } from './contractExceptions.mts';

/*
 * Which field of the editor is which field of the contract: found by name and label, as a person finds it, never by
 * the `send` of the tables or by the engine.
 */

/** A place in the editor that takes a value. */
export interface Slot {
	/** Where the value lies in the node's parameters: `['additionalFields', 'campaignId']`. */
	path: string[];
	/** More than one where the same name is shown in different ways, depending on other fields. */
	variants: INodeProperties[];
	/** On the form itself, not inside a collection. */
	onTop: boolean;
}

/** A field of the contract and where the editor takes it. */
export interface Link {
	/** `BillingAddress`, or `BillingAddress.Zip` inside it. */
	place: string;
	field: Field;
	slot: Slot;
	/** What the object, or each object of the list, is made of. */
	parts: Link[];
	/** The editor takes a list of bare values; each becomes an object with this key. */
	entry?: string;
}

export interface Match {
	links: Link[];
	/** Fields of the contract that the editor does not have, by place. */
	missing: string[];
	/** Fields of the editor that the contract does not have. */
	unknown: Slot[];
}

export function slotsOf({ fields }: Pick<Operation, 'fields'>): Slot[] {
	const slots = new Map<string, Slot>();
	const add = (path: string[], field: INodeProperties, onTop: boolean) => {
		const known = slots.get(path.join('.'));
		if (known) known.variants.push(field);
		else slots.set(path.join('.'), { path, variants: [field], onTop });
	};
	for (const field of fields.filter(({ name, type }) => type !== 'notice' && !NOT_SENT.includes(name))) {
		if (!isContainer(field)) add([field.name], field, true);
		else for (const inner of field.options as INodeProperties[]) add([field.name, inner.name], inner, false);
	}
	return [...slots.values()];
}

/** A collection that only holds fields (Additional Fields), as opposed to one that is a field (Billing Address). */
function isContainer({ name, type }: INodeProperties): boolean {
	return type === 'collection' && ['additionalFields', 'updateFields', 'filters'].includes(name);
}

/** The fields inside a slot that is a group itself. */
export function innerSlots({ path, variants: [field] }: Slot): Slot[] {
	const slot = (at: string[], inner: INodeProperties) => ({ path: at, variants: [inner], onTop: false });
	if (field.type === 'collection') {
		return (field.options as INodeProperties[]).map((inner) => slot([...path, inner.name], inner));
	}
	if (field.type !== 'fixedCollection') return [];
	const [group] = field.options as INodePropertyCollection[];
	return group.values.map((inner) => slot([...path, group.name, inner.name], inner));
}

export function match(operation: ContractOperation, entry: Pick<Operation, 'fields'>): Match {
	const others = OTHER_WAYS[operation.key] ?? {};
	const filters = NOT_SENT_FILTERS[operation.key] ?? [];
	const isLeftOut = ([place, name]: string[]) => place === 'filters' && filters.includes(name);
	const slots = slotsOf(entry).filter(({ path }) => !((path.at(-1) as string) in others || isLeftOut(path)));
	const found = matchFields(fieldsToFill(operation, entry), slots, '', operation.key);
	const used = new Set(everyLink(found.links).map(({ slot }) => slot));
	return {
		...found,
		unknown: [...found.unknown, ...slots.filter((slot) => !used.has(slot))],
	};
}

/** Return All and Limit stand for the parameters that fetch a list page by page. */
function fieldsToFill(operation: ContractOperation, { fields }: Pick<Operation, 'fields'>): Field[] {
	const paging = fields.some(({ name }) => name === 'limit') ? pagingOf(operation) : undefined;
	return operation.fields.filter(({ name }) => name !== paging?.page && name !== paging?.size);
}

export function everyLink(links: Link[]): Link[] {
	return links.flatMap((link) => [link, ...everyLink(link.parts)]);
}

function matchFields(fields: Field[], slots: Slot[], inside: string, key: string): Match {
	const match: Match = { links: [], missing: [], unknown: [] };
	for (const field of fields) {
		const slot = findSlot(field, slots, inside, key);
		const found = slot ? matchParts(field, slot, slots, inside, key) : spreadOut(field, slots, inside, key);
		match.links.push(...found.links);
		match.missing.push(...found.missing);
		match.unknown.push(...found.unknown);
	}
	return match;
}

/** The field's own slot, and what is inside it. */
function matchParts(field: Field, slot: Slot, slots: Slot[], inside: string, key: string): Match {
	const link: Link = { place: inside + field.name, field, slot, parts: [] };
	const inner = innerSlots(slot);
	if (field.children.length === 0 || slot.variants[0].type === 'json') {
		return { links: [link], missing: [], unknown: [] };
	}
	if (inner.length === 0) return { ...matchColumns(link, slots, place(inside, field), key), unknown: [] };
	const found = matchFields(field.children, inner, place(inside, field), key);
	const used = new Set(everyLink(found.links).map((part) => part.slot));
	link.parts = found.links;
	return { links: [link], missing: found.missing, unknown: inner.filter((part) => !used.has(part)) };
}

/** A list of objects of which the slot takes one value each; further values come from slots beside it. */
function matchColumns(link: Link, slots: Slot[], inside: string, key: string): Omit<Match, 'unknown'> {
	const others = slots.filter((slot) => slot !== link.slot);
	const columns = link.field.children.map((child) => ({ child, slot: findSlot(child, others, inside, key) }));
	const [own, ...rest] = columns.filter(({ slot }) => !slot);
	link.entry = own?.child.name;
	link.parts = columns.flatMap(({ child, slot }) =>
		slot ? [{ place: inside + child.name, field: child, slot, parts: [] }] : [],
	);
	return { links: [link], missing: rest.map(({ child }) => inside + child.name) };
}

/** An object whose fields stand in the editor one by one: `BillingAddress.Zip` as `billingAddressZip`. */
function spreadOut(field: Field, slots: Slot[], inside: string, key: string): Match {
	const at = inside + field.name;
	if (field.type !== 'object' || field.children.length === 0) {
		const lost =
			field.children.length > 0 ? field.children.map(({ name }) => place(inside, field) + name) : [at];
		return { links: [], missing: lost, unknown: [] };
	}
	const named = field.children.map((child) => ({ ...child, name: field.name + child.name }));
	const found = matchFields(named, slots, `${at}.`, key);
	const back = (text: string) => text.replace(`${at}.${field.name}`, `${at}.`);
	const links = found.links.map((link) => ({ ...link, place: back(link.place) }));
	return { ...found, links, missing: found.missing.map(back) };
}

function findSlot({ aliases, name }: Field, slots: Slot[], inside: string, key: string): Slot | undefined {
	const otherwise = NAMED_OTHERWISE[key]?.[inside + name]?.name;
	const wanted = [name, ...aliases].map(plain);
	return (
		slots.find(({ path }) => path.at(-1) === otherwise) ??
		slots.find(({ variants: [field] }) => wanted.includes(plain(field.name))) ??
		slots.find(({ variants: [field] }) => wanted.includes(plain(field.displayName)))
	);
}

/** Letters and digits only, with the contract's own slips of the pen corrected. */
export function plain(text: string): string {
	return text
		.replace(/[^a-z0-9]/gi, '')
		.toLowerCase()
		.replace('priortiy', 'priority');
}

import type { Resource } from '../../nodes/Telegent/engine/operation.ts';
import { answerFor } from './answers.mts';
import {
	CHOICES_FROM_TEXT,
	ENTRIES_UNKNOWN,
	MAY_BE_REQUIRED,
	NAMED_OTHERWISE,
	OTHER_WAYS,
} from './bindings.mts';
import { everyLink, plain, slotsOf, type Link } from './slots.mts';
import { nameOf, subjectsOf, type Finding, type Subject } from './subjects.mts';

/** What bindings.mts allows is needed: an allowance that nothing uses any more could hide the next mistake. */
export function bindings(resources: Resource[]): Finding[] {
	const subjects = subjectsOf(resources);
	const check = <Allowed,>(
		allowed: Record<string, Allowed>,
		needless: (subject: Subject, allowed: Allowed) => Array<[string, string]>,
	): Finding[] =>
		Object.entries(allowed).flatMap(([key, value]) => {
			const subject = subjects.find(({ operation }) => operation.key === key);
			return (subject ? needless(subject, value) : []).map(([field, message]) => ({
				rule: 'bindings',
				where: nameOf(subject as Subject),
				field,
				message,
			}));
		});
	return [
		...check(NAMED_OTHERWISE, needlessName),
		...check(OTHER_WAYS, needlessWay),
		...check(MAY_BE_REQUIRED, needlessRequired),
		...check(ENTRIES_UNKNOWN, needlessList),
		...check(CHOICES_FROM_TEXT, needlessChoices),
	];
}

function needlessName({ match }: Subject, names: Record<string, { name: string }>): Array<[string, string]> {
	const links = everyLink(match.links);
	return Object.entries(names)
		.filter(([place, { name }]) => {
			const link = links.find((one) => one.place === place && one.slot.path.at(-1) === name);
			return !link || [name, link.slot.variants[0].displayName].map(plain).includes(plain(link.field.name));
		})
		.map(([place]) => [place, 'is said to have another name in the editor, but has not']);
}

function needlessWay({ entry }: Subject, ways: Record<string, string>): Array<[string, string]> {
	const names = slotsOf(entry).map(({ path }) => path.at(-1));
	const gone = Object.keys(ways).filter((name) => !names.includes(name));
	return gone.map((name) => [name, 'is said to be another way to fill a field, but is not there']);
}

function needlessRequired({ match }: Subject, places: Record<string, string>): Array<[string, string]> {
	const links = everyLink(match.links);
	const asked = ({ slot }: Link) => slot.onTop && slot.variants.some((field) => field.required);
	return Object.keys(places)
		.filter((place) => links.some((link) => link.place === place && !asked(link)))
		.map((place) => [place, 'is said to be required by the editor alone, but is not']);
}

function needlessChoices({ match }: Subject, places: Record<string, unknown>): Array<[string, string]> {
	const links = everyLink(match.links);
	return Object.keys(places)
		.filter((place) => {
			const link = links.find((one) => one.place === place);
			return link && (link.field.enum || !link.slot.variants.some(({ options }) => options));
		})
		.map((place) => [place, 'is said to be a choice by the contract’s words alone, but is not']);
}

function needlessList({ entry, operation }: Subject): Array<[string, string]> {
	const answer = answerFor(operation) as Record<string, unknown>;
	const found = entry.list === undefined || Array.isArray(entry.list === '' ? answer : answer[entry.list]);
	return found ? [[entry.list ?? '', 'is said to be undocumented, but is not']] : [];
}

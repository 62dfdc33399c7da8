import type { Resource } from '../../nodes/Telegent/engine/operation.ts';
import { resources } from '../../nodes/Telegent/resources/index.ts';
import { mistakes, resourceMistakes } from './mutations.mts';
import { findAll, rules, told } from './rules.mts';
import { nameOf, subjectsOf, type Finding } from './subjects.mts';

/* A rule that was never seen to fail is no rule: each is shown a mistake, in every entry that can have it. */

const subjects = subjectsOf(resources);

const before = new Map<Resource, string[]>();

/** What the rules say of `after` that they did not say of `right`. */
function newFindings(right: Resource, after: Resource): Finding[] {
	const known = before.get(right) ?? findAll([right]).map(said);
	before.set(right, known);
	return findAll([after]).filter((finding) => !known.includes(said(finding)));
}

function said(finding: Finding): string {
	return `${finding.rule}: ${told(finding)}`;
}

/** Entries in which the mistake is not found, or found by another rule. */
function unnoticed(rule: string, where: string, right: Resource, after: Resource): string[] {
	const found = newFindings(right, after);
	if (found.length === 0) return [`${where}: nothing was found`];
	return found.filter((finding) => finding.rule !== rule).map((finding) => `${where}: also ${said(finding)}`);
}

/** Each entry alone in its resource. Mistakes are made in correct entries only: others say nothing about the rules. */
const right = subjects
	.map((subject) => ({ subject, alone: { ...subject.resource, operations: [subject.entry] } }))
	// What Simplify keeps may be documented by another operation of the resource only.
	.filter(({ alone }) => findAll([alone]).every(({ rule }) => rule === 'simple'));

test('every rule is shown a mistake', () => {
	const shown = new Set([...Object.keys(mistakes), ...Object.keys(resourceMistakes)]);
	expect([...shown].sort()).toEqual(Object.keys(rules).sort());
});

describe.each(Object.entries(mistakes))('The rule %s finds', (rule, cases) => {
	test.each(Object.entries(cases))('%s', (_name, mistake) => {
		const wrong = right.flatMap(({ alone, subject }) => {
			const entry = mistake(subject);
			return entry ? [{ alone, subject, entry }] : [];
		});
		const missed = wrong.flatMap(({ alone, entry, subject }) =>
			unnoticed(rule, nameOf(subject), alone, { ...alone, operations: [entry] }),
		);
		expect(wrong.length).toBeGreaterThan(0);
		expect(missed).toEqual([]);
	});
});

describe.each(Object.entries(resourceMistakes))('The rule %s finds, in a resource,', (rule, cases) => {
	test.each(Object.entries(cases))('%s', (_name, mistake) => {
		const clean = resources.filter((resource) => findAll([resource]).length === 0);
		const wrong = clean.flatMap((resource) => {
			const changed = mistake(resource);
			return changed ? [unnoticed(rule, resource.value, resource, changed)] : [];
		});
		expect(wrong.length).toBeGreaterThan(0);
		expect(wrong.flat()).toEqual([]);
	});
});

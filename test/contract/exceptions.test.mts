import { isDeepStrictEqual } from 'node:util';
import { NAMED_OTHERWISE, NOT_SENT_FILTERS, OTHER_WAYS } from '../../scripts/lib/contractExceptions.mts';
import { everyLink, plain, slotsOf } from '../../scripts/lib/fieldMatching.mts';
import { subjects } from './cases.mts';
import { answerFor } from './documentedAnswer.mts';
import {
	CHOICES_FROM_TEXT,
	ENTRIES_UNKNOWN,
	exceptionsOf,
	LOOKS_FIRST,
	MAY_BE_REQUIRED,
	SAMPLE_EXCEPTIONS,
	withExceptions,
} from './exceptions.mts';
import { expectedOutcome, outcome, runPair } from './formFiller/runRequests.mts';
import { samplesOf } from './formFiller/samples.mts';
import { startRecorder, type Recorder } from './recorder.mts';

/* An exception that nothing needs any more could hide the next defect: each must still be needed. */

/** Operation, place of the field, and what the exception says of it. */
function rows<Value>(table: Record<string, Record<string, Value>>) {
	return Object.entries(table).flatMap(([key, places]) =>
		Object.entries(places).map(([place, value]): [string, string, Value] => [key, place, value]),
	);
}

function subjectAt(key: string) {
	const subject = subjects.find(({ operation }) => operation.key === key);
	if (!subject) throw new Error(`The node has no ${key}`);
	return subject;
}

function linkAt(key: string, place: string) {
	const link = everyLink(subjectAt(key).match.links).find((one) => one.place === place);
	if (!link) throw new Error(`${key} has no field at ${place}`);
	return link;
}

test.each(rows(NAMED_OTHERWISE))('%s · %s has another name in the editor', (key, place, { name }) => {
	const { field, slot } = linkAt(key, place);
	expect(slot.path.at(-1)).toBe(name);
	expect([name, slot.variants[0].displayName].map(plain)).not.toContain(plain(field.name));
});

test.each(rows(OTHER_WAYS))('%s has the field %s, another way to fill one', (key, name) => {
	expect(slotsOf(subjectAt(key).entry).map(({ path }) => path.at(-1))).toContain(name);
});

test.each(Object.entries(NOT_SENT_FILTERS))('%s has the filters that are not sent', (key, names) => {
	const { entry, operation } = subjectAt(key);
	const slots = slotsOf(entry).filter(({ path }) => path[0] === 'filters');
	expect(slots.map(({ path }) => path[1]).toSorted()).toEqual([...names].sort());
	const sent = operation.fields.map(({ name }) => plain(name));
	expect(names.filter((name) => sent.includes(plain(name)))).toEqual([]);
});

test.each(rows(MAY_BE_REQUIRED))('%s · %s is required by the editor alone', (key, place) => {
	const { field, slot } = linkAt(key, place);
	expect(field.required).toBe(false);
	expect(slot.onTop && slot.variants.some(({ required }) => required)).toBe(true);
});

test.each(rows(CHOICES_FROM_TEXT))('%s · %s is a choice that the contract makes in words', (key, place) => {
	const { field, slot } = linkAt(key, place);
	expect(field.enum).toBeUndefined();
	expect(slot.variants.some(({ options }) => options)).toBe(true);
});

test.each(Object.entries(ENTRIES_UNKNOWN))('%s has a list that is not documented', (key, { list }) => {
	const answer = answerFor(subjectAt(key).operation) as Record<string, unknown>;
	expect(answer).not.toEqual(expect.any(Array));
	expect(answer[list]).not.toEqual(expect.any(Array));
});

test.each(Object.entries(LOOKS_FIRST))('%s is preceded by a request that only reads', (_key, { request }) => {
	expect(subjectAt(request).entry.safety).toBe('read');
});

describe('The exceptions for samples', () => {
	let recorder: Recorder;
	beforeAll(async () => {
		recorder = await startRecorder();
	});
	afterAll(async () => await recorder.close());

	test.each(SAMPLE_EXCEPTIONS)('$operation · $place is needed, and says why', async (exception) => {
		const { operation, reason } = exception;
		const subject = subjectAt(operation);
		const others = exceptionsOf(operation).filter((other) => other !== exception);
		const same: boolean[] = [];
		for (const sample of samplesOf(subject.operation)) {
			const pair = await runPair(recorder, subject, withExceptions(sample, others), 'typed');
			same.push(isDeepStrictEqual(outcome(pair), expectedOutcome(pair)));
		}
		expect(same).toContain(false);
		expect(reason.length).toBeGreaterThanOrEqual(20);
	});
});

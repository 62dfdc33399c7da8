import { classOf, PROMISED } from '../faults/expected.mts';
import { faults } from '../faults/faults.mts';
import { judge } from '../faults/judge.mts';
import { report } from '../faults/report.mts';
import type { Call } from '../faults/server.mts';
import type { Ended, Ran, Subject } from '../faults/subject.mts';
import { findIn, NOTATIONS, secretsOf, withCanaries } from '../secrets/canaries.mts';
import { operations } from '../contract/cases.mts';

const faultNamed = (name: string) => faults.find((fault) => fault.name === name) as (typeof faults)[number];

const subject: Subject = {
	...{ group: 'message', name: 'message.send', class: 'once', place: 'main', modes: ['stop'] },
	run: async () => await Promise.reject(new Error('not run here')),
};
const asPromised: Ended = {
	...{ result: 'unsure', bad: true, all: '', message: 'Telegent responded with HTTP status 504' },
	description: 'Before you send again, check Message → Get Many. (POST /v1.0/message/outbound)',
};
const call = { spoiled: true, done: true } as Call;
const judged = (change: Partial<Ended> = {}, more: Partial<Ran> = {}) =>
	judge(
		{ subject, fault: faultNamed('504'), mode: 'stop' },
		{ ended: [{ ...asPromised, ...change }], spoiled: [call], wrong: [], ...more },
	);

describe('npm run test:faults', () => {
	test('names each fault once, and knows what is promised for it', () => {
		expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
		for (const { deadEnd, respond, row } of faults) {
			expect(PROMISED[row]).toBeDefined();
			expect(deadEnd !== undefined).not.toBe(respond !== undefined);
		}
	});

	test.each(operations)('takes %s for as safe to repeat as the node does', (_name, { entry, operation }) => {
		expect(classOf(operation.key)).toBe(entry.safety);
	});

	test('finds nothing wrong with what is as promised', () => {
		expect(judged().wrong).toEqual([]);
	});

	test.each<[string, Partial<Ended>, Partial<Ran>, RegExp]>([
		['another outcome', { result: 'notDone' }, {}, /^notDone instead of unsure$/],
		['work that is done twice', {}, { spoiled: [call, call] }, /^done 2 times$/],
		['no next step', { description: '(POST /v1.0/message/outbound, HTTP status 504)' }, {}, /^no next step$/],
		['words of the engine', { message: 'x.map is not a function' }, {}, /^says "is not a function"$/],
		['an object as text', { message: 'To: [object Object]' }, {}, /^says "\[object"$/],
		['a message without an end', { message: 'x'.repeat(2_000) }, {}, /characters$/],
		['nothing at all', {}, { ended: [] }, /^nothing is said of the item$/],
		[
			'a good item that fails with the bad one',
			{},
			{ ended: [asPromised, { ...asPromised, bad: false }] },
			/^the good item failed, too$/,
		],
	])('finds %s', (_what, change, more, expected) => {
		expect(judged(change, more).wrong).toContainEqual(expect.stringMatching(expected));
	});

	test('counts what is wrong by group of operations', () => {
		const text = report([judged(), judged({ result: 'done' })], { astray: 0, seconds: 1, seed: 7 });
		expect(text).toContain('| message | 2 | 2 | 0 | 1 |');
		expect(text).toContain('2 cells, 1 wrong');
	});
});

describe('npm run test:secrets', () => {
	test.each(Object.keys(NOTATIONS))('finds a secret that is written as %s', (notation) => {
		const secret = 'Canary/7+"ü=9';
		expect(findIn(`before${NOTATIONS[notation](secret)}after`, [secret]).join()).toContain(notation);
		expect(findIn('before and after', [secret])).toEqual([]);
	});

	test('puts canaries in the place of secrets, and knows them again', () => {
		const { body } = withCanaries({ body: { Name: 'Ana', Password: 'pw', Trunk: { PIN: '1234' } } });
		expect(body).toMatchObject({ Name: 'Ana', Password: expect.stringMatching(/^Canary/) });
		expect(secretsOf(JSON.stringify(body))).toEqual([body?.Password, '7391046285']);
	});
});

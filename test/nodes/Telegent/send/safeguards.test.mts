import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Item } from '../../../../nodes/Telegent/engine/operation.ts';
import { AllowedRecipients } from '../../../../nodes/Telegent/send/allowedRecipients.ts';
import { consumeQuota } from '../../../../nodes/Telegent/send/messageQuota.ts';
import { Safeguards } from '../../../../nodes/Telegent/send/safeguards.ts';

/** A node with these safeguards, whose items hold the values of its expressions. */
function world(safeguards: IDataObject, items: IDataObject[] = [{}]) {
	const reads: string[] = [];
	const read = (index: number) => (path: string) => {
		reads.push(path);
		const name = path.replace('safeguards.', '');
		return items[index][name] ?? safeguards[name];
	};
	const context = {
		getNode: () => ({ name: 'Telegent', type: 'n8n-nodes-telegent.telegent', parameters: { safeguards } }),
		getMode: () => 'manual',
		getInputData: () => items.map((json) => ({ json })),
	} as unknown as IExecuteFunctions;
	const item = (index = 0) =>
		({
			context,
			index,
			read: read(index),
			request: { body: {} },
			options: {},
			telegent: { countryCode: '1' },
		}) as unknown as Item;
	return { item, reads };
}

const hours = (more: IDataObject = {}) => ({
	quietHours: {
		hours: { earliest: '09:00', latest: '20:00', otherwise: 'hold', zoneBy: 'areaCode', ...more },
	},
});
const at = (iso: string) => () => Date.parse(iso);
const UTAH = '+18015550123';
const FLORIDA = '+18505550100';
const TOLL_FREE = '+18005550123';

test('10,000 numbers for 10,000 items: the list is read and looked through once', () => {
	const { item, reads } = world({ suppressionList: "={{ $('Opt-Outs').all().map(i => i.json.number) }}" }, [
		{ suppressionList: Array.from({ length: 10_000 }, (_, i) => `+1385555${String(i).padStart(4, '0')}`) },
		...Array.from({ length: 9_999 }, () => ({})),
	]);
	const safeguards = new Safeguards();
	const left = Array.from({ length: 10_000 }, (_, i) => {
		const number = `+1${i % 2 ? 385 : 801}555${String(i).padStart(4, '0')}`;
		return 'output' in safeguards.check(item(i), [number]);
	});
	expect(left.filter(Boolean)).toHaveLength(5_000);
	expect(reads).toEqual(['safeguards.suppressionList']);
});

describe('quiet hours by the recipient’s area code', () => {
	test('its own clock decides', () => {
		const { item } = world(hours());
		// 08:30 in Utah, 10:30 or 09:30 in Florida.
		const safeguards = new Safeguards(at('2026-01-15T15:30:00Z'));
		expect(safeguards.check(item(), [FLORIDA])).toEqual({ to: [FLORIDA], leftOut: [] });
		expect(safeguards.check(item(), [UTAH])).toEqual({
			output: {
				status: 'held',
				reason: `it's Thu 08:30 in America/Denver for ${UTAH}, which is outside the sending hours`,
				sendAfter: '2026-01-15T16:00:00.000Z',
			},
		});
	});

	test('several recipients wait for each other', () => {
		const { item } = world(hours());
		const verdict = new Safeguards(at('2026-01-15T15:30:00Z')).check(item(), [FLORIDA, UTAH]);
		expect(verdict).toMatchObject({ output: { sendAfter: '2026-01-15T16:00:00.000Z' } });
	});

	test('where no time suits all of them, that is said', () => {
		const { item } = world(hours());
		const verdict = new Safeguards(at('2026-01-15T15:30:00Z')).check(item(), [
			'+12125550100',
			'+8613912345678',
		]);
		expect(verdict).toMatchObject({
			output: { status: 'skipped', reason: expect.stringMatching(/^no time of the week/) },
		});
	});

	test('Skip leaves out who must not be disturbed', () => {
		const { item } = world(hours({ otherwise: 'skip' }));
		const verdict = new Safeguards(at('2026-01-15T15:30:00Z')).check(item(), [FLORIDA, UTAH]);
		expect(verdict).toMatchObject({ to: [FLORIDA], leftOut: [{ number: UTAH }] });
	});

	test('a number without a place has the given zone, else it is left out and said so', () => {
		const { item } = world(hours());
		const noon = at('2026-01-15T18:00:00Z');
		expect(new Safeguards(noon).check(item(), [TOLL_FREE])).toMatchObject({
			output: { status: 'skipped', reason: expect.stringContaining("Select one in 'Sending Hours'") },
		});
		const given = { __rl: true, mode: 'list', value: 'America/Denver' };
		const other = world(hours({ timeZone: given }));
		expect(new Safeguards(noon).check(other.item(), [TOLL_FREE])).toMatchObject({ to: [TOLL_FREE] });
		// The given zone does not stand for numbers that have one.
		const tokyo = world(hours({ timeZone: 'Asia/Tokyo' }));
		expect(new Safeguards(noon).check(tokyo.item(), [UTAH])).toMatchObject({ to: [UTAH] });
		const everyone = world(hours({ timeZone: 'Asia/Tokyo', zoneBy: 'given' }));
		expect(new Safeguards(noon).check(everyone.item(), [UTAH])).toMatchObject({ output: { status: 'held' } });
	});

	test('the zone for everyone must be there', () => {
		const { item } = world(hours({ zoneBy: 'given' }));
		expect(() => new Safeguards().check(item(), [UTAH])).toThrow(
			"'Sending Hours': 'Time Zone' is empty. Select a time zone",
		);
	});
});

describe('the count of an execution', () => {
	const context = (more: { executionId?: string; name?: string; retryOnFail?: boolean } = {}) =>
		({
			getNode: () => ({ name: more.name ?? 'Tool', retryOnFail: more.retryOnFail }),
			getExecutionId: () => more.executionId,
			getWorkflow: () => ({ id: 'w' }),
			getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		}) as unknown as IExecuteFunctions;

	test('goes on over calls of the tool, and is each node’s and execution’s own', () => {
		const one = context({ executionId: 'a' });
		expect(consumeQuota(one, 'x', 1, 2)).toBeUndefined();
		expect(consumeQuota(one, 'x', 1, 2)).toBeUndefined();
		expect(consumeQuota(one, 'x', 1, 2)).toBe(2);
		expect(consumeQuota(context({ executionId: 'a', name: 'Other' }), 'x', 1, 2)).toBeUndefined();
		expect(consumeQuota(context({ executionId: 'b' }), 'x', 1, 2)).toBeUndefined();
	});

	test('is not lost while thousands of others run', () => {
		const long = context({ executionId: 'long' });
		consumeQuota(long, 'x', 1, 1);
		for (let i = 0; i < 5_000; i++) consumeQuota(context({ executionId: `short ${i}` }), 'x', 1, 1);
		expect(consumeQuota(long, 'x', 1, 1)).toBe(1);
	});

	test('without an execution, an hour counts as one', () => {
		expect(consumeQuota(context(), 'x', 1, 1, 0)).toBeUndefined();
		expect(consumeQuota(context(), 'x', 1, 1, 3_599_999)).toBe(1);
		expect(consumeQuota(context(), 'x', 1, 1, 3_600_000)).toBeUndefined();
	});

	test('work that n8n asks for again counts once', () => {
		const one = context({ executionId: 'retry', retryOnFail: true });
		for (let i = 0; i < 3; i++) expect(consumeQuota(one, 'item 0', 1, 1)).toBeUndefined();
		expect(consumeQuota(one, 'item 1', 1, 1)).toBe(1);
	});
});

test('a prefix in Allowed Recipients is the beginning of a number', () => {
	const allowed = new AllowedRecipients('+1801*', { countryCode: '1' } as never);
	expect([allowed.has('+18015550123'), allowed.has('+12025551801')]).toEqual([true, false]);
});

test('Allowed Recipients names at most ten of the numbers that are not in it, and counts the rest', () => {
	const { item } = world({ allowedRecipients: UTAH });
	const others = Array.from({ length: 13 }, (_, i) => `+1801555${String(2000 + i)}`);
	const decision = new Safeguards().check(item(), [UTAH, ...others]) as unknown as { output: IDataObject };
	expect(decision.output).toMatchObject({
		status: 'refused',
		To: [UTAH, ...others].map((Number) => ({ Number })),
	});
	expect(decision.output.reason).toMatch(/^\+18015552000, .*\+18015552009, and 3 more aren't/);
	const one = new Safeguards().check(item(), [FLORIDA]) as unknown as { output: IDataObject };
	expect(one.output.reason).toMatch(/^\+18505550100 isn't/);
});

test.each([{}, { other: 1 }])('Sending Hours without any hours (%j) is refused', (given) => {
	const { item } = world({ quietHours: given as never }, [{ quietHours: given as never }]);
	expect(() => new Safeguards().check(item(), [UTAH])).toThrow(/Sending Hours/);
});

test('Sending Hours with nothing filled in are 9 to 20 of each day, and hold', () => {
	const { item } = world({ quietHours: { hours: {} } });
	const safeguards = new Safeguards(at('2026-01-15T06:00:00Z'));
	expect(safeguards.check(item(), [UTAH])).toMatchObject({
		output: { status: 'held', sendAfter: '2026-01-15T16:00:00.000Z' },
	});
});

import type { IExecuteFunctions } from 'n8n-workflow';
import type { TelegentClient } from '../../../transport/client.ts';
import type { LoggedMessage } from '../../../nodes/shared/messageLog.ts';
import { Takeover } from '../../../nodes/shared/takeover.ts';

const [OWN, ANNA, BEN] = ['+15005550100', '+12025550142', '+12025550143'];
const NOW = Date.UTC(2026, 10, 27);
const MINUTE = 60_000;

const message = (to: string, more: Partial<LoggedMessage> = {}): LoggedMessage => ({
	...{ at: NOW - MINUTE, body: '', from: OWN, id: `TMID-${to}`, outbound: true },
	...{ record: {}, status: 'Delivered', to: [to], ...more },
});

/** n8n that cannot store, as for a workflow that was never saved: all messages count as somebody else's. */
const context = {
	getNode: () => ({ id: 'node', name: 'Telegent' }),
	getWorkflow: () => ({ id: 'workflow' }),
	helpers: {},
	logger: { warn: () => undefined },
} as unknown as IExecuteFunctions;

/** What Telegent's list says at each look; the last one stays. */
function takeoverWith(...looks: Array<LoggedMessage[] | Error>) {
	const at = { now: NOW };
	const since: number[] = [];
	const details = jest.fn(async () => await Promise.resolve({ CampaignId: 'JCID-DETAILS' }));
	const readList = async (_own: string, from: number) => {
		const look = looks[Math.min(since.push(from), looks.length) - 1];
		if (look instanceof Error) throw look;
		return await Promise.resolve({ complete: true, messages: look });
	};
	const client = { call: details } as unknown as TelegentClient;
	const takeover = new Takeover(context, client, () => at.now, readList);
	const find = async (campaignIds?: string[], people = [ANNA, BEN]) => [
		...(await takeover.lastOfOthers(OWN, people, { minutes: 30, campaignIds })).keys(),
	];
	return { at, details, find, since };
}

test('tells who got a message from somebody else, within the minutes', async () => {
	const old = message(BEN, { at: NOW - 31 * MINUTE });
	expect(await takeoverWith([message(ANNA), old]).find()).toEqual([ANNA]);
});

test('a message from another number, or to us, is none', async () => {
	const listed = [message(ANNA, { from: '+15005550101' }), message(BEN, { outbound: false })];
	expect(await takeoverWith(listed).find()).toEqual([]);
});

test('the list is read again after a minute, from where it was read last', async () => {
	const { at, find, since } = takeoverWith([message(ANNA)], [message(BEN, { at: NOW + MINUTE })]);
	expect(await find()).toEqual([ANNA]);
	at.now += 59_000;
	expect(await find()).toEqual([ANNA]);
	at.now += 2_000;
	expect(await find()).toEqual([ANNA, BEN]);
	expect(since).toEqual([NOW - 30 * MINUTE - 2_000, NOW - 2_000]);
});

test('a list that could not be read is read anew the next time', async () => {
	const { find } = takeoverWith(new Error('HTTP status 500'), [message(ANNA)]);
	await expect(find()).rejects.toThrow("Telegent's message list couldn't be read (HTTP status 500)");
	expect(await find()).toEqual([ANNA]);
});

test('a message without a time is not guessed', async () => {
	const { find } = takeoverWith([message(ANNA, { at: NaN })]);
	await expect(find()).rejects.toThrow("doesn't say when it was sent");
});

describe('Messages of own campaigns', () => {
	test('where the list names the campaign, no details are looked up', async () => {
		const listed = [message(ANNA, { record: { CampaignId: 'JCID-1' } })];
		const { details, find } = takeoverWith([...listed, message(BEN, { record: { CampaignId: null } })]);
		expect(await find(['JCID-1'])).toEqual([BEN]);
		expect(details).not.toHaveBeenCalled();
	});

	test('otherwise the details of each message are looked up once', async () => {
		const { details, find } = takeoverWith([message(ANNA)]);
		expect(await find(['JCID-DETAILS'])).toEqual([]);
		expect(await find(['JCID-OTHER'])).toEqual([ANNA]);
		expect(details).toHaveBeenCalledTimes(1);
	});
});

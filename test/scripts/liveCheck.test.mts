import { liveCheck, report } from '../../scripts/liveCheck/check.mts';
import { orderOf } from '../../scripts/liveCheck/messageLists.mts';
import type { LoggedMessage } from '../../nodes/shared/messageLog.ts';
import { OUTBOUND, OWN_NUMBER, useSandbox } from '../support/sandbox.mts';

const sandbox = useSandbox();
const answer = (findings: Awaited<ReturnType<typeof liveCheck>>, question: string) =>
	findings.find((finding) => finding.question === question)?.answer;

test('reads only, answers what the pages leave open, shows no secret', async () => {
	sandbox.control.changeSettings({ scopeErrorStatus: 403 });
	const findings = await liveCheck(sandbox.credential);
	expect(answer(findings, 'Token: answer')).toBe(
		'HTTP 200, token: string, successful: boolean, tokenExpiry: string',
	);
	expect(answer(findings, 'Token: life and clock')).toMatch(
		/^a JWT, 60 minutes by its claims, Telegent's clock -?\d s ahead of this one; tokenExpiry is (59|60) minutes ahead/,
	);
	expect(answer(findings, 'A token on another endpoint')).toBe('HTTP 403');
	expect(answer(findings, 'Wrong secret')).toMatch(/^HTTP 200, .*error: string/);
	expect(answer(findings, 'Number → Get Many')).toBe('3 items');
	expect(answer(findings, 'Message list: order')).toMatch(/^newest first/);
	expect(answer(findings, 'Message list: directions')).toMatch(/inbound/);
	expect(answer(findings, 'Message list: form of CreatedAt')).toMatch(/^0000-00-00T00:00:00/);
	expect(answer(findings, 'Message list: campaign')).toBe('not in the list');
	expect(answer(findings, 'Message list: media')).toBe('not in the list');
	expect(findings.find(({ question }) => question.startsWith('An inbound message'))?.answer).toBe('yes');
	expect(findings.filter((finding) => /did not work/.test(finding.answer))).toEqual([]);
	const text = report(findings, [sandbox.credential.accountKey, sandbox.credential.accountSecret]);
	expect(text).not.toContain(sandbox.credential.accountSecret);
	expect(text).not.toContain(sandbox.credential.accountKey);
	const changing = sandbox
		.calls()
		.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/oauth2/tokens'));
	expect(changing).toEqual([]);
});

test('sends one message only when asked', async () => {
	const findings = await liveCheck({ ...sandbox.credential, send: { from: OWN_NUMBER, to: '+18015550123' } });
	expect(sandbox.calls(OUTBOUND)).toHaveLength(1);
	expect(answer(findings, 'A message that was sent appears in Get Many')).toMatch(/^after \d s, 1 looks$/);
	expect(answer(findings, 'Statuses of the message in Get Many')).toMatch(/delivered after \d s$/);
	expect(answer(findings, 'Fields of the message in Get Many')).toBe(
		'MessageId, From, To, Body, Direction, Status, CreatedAt',
	);
	expect(answer(findings, 'Order of Get Many')).toBe('newest first (31 messages, 0 without a readable time)');
	expect(answer(findings, 'Order of Search, by the times in Get Many')).toMatch(/^newest first \(31 /);
	expect(answer(findings, 'Reach of Get Many')).toMatch(/^at least 1?\d days, of 31 messages read$/);
	expect(answer(findings, 'Messages that the list of the recipient’s number has')).toBe(
		'1: it is From of 0 and To of 1',
	);
	expect(answer(findings, 'Same messages in Get Many and Search')).toBe(
		"31 of the list's 31 are among the search's 31",
	);
	expect(answer(findings, 'Fields of Search that may be a time')).toBe('none');
});

test('the order of a list is that of all its messages', () => {
	const at = (...times: number[]) => orderOf(times.map((time) => ({ at: time }) as LoggedMessage));
	expect(at(1, 2, 2, NaN)).toBe('newest last (4 messages, 1 without a readable time)');
	expect(at(2, 1, 2)).toMatch(/^no order/);
	expect(at(1, 1)).toMatch(/^not to be seen/);
});

test('a wrong key ends the check with its first finding', async () => {
	const findings = await liveCheck({ ...sandbox.credential, accountSecret: 'wrong' });
	expect(findings.map(({ question }) => question)).toEqual(['Token: answer', 'Token: life and clock']);
});

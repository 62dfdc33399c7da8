import type { RegistrationContext } from '../../../../nodes/TelegentTrigger/registration/context.ts';
import { currentSecret, freshSecret } from '../../../../nodes/TelegentTrigger/registration/secret.ts';
import { toRegistration } from '../../../../nodes/TelegentTrigger/registration/record.ts';
import { digest, newSecret } from '../../../../nodes/shared/secrets.ts';

const MADE_AT = Date.UTC(2026, 10, 27);
const context = (more: object = {}) =>
	({
		accountSecret: 'account secret',
		audience: 'one',
		identity: { test: false },
		listenMode: 'messageRoute',
		...more,
	}) as unknown as RegistrationContext;
const shown = (accountSecret = 'account secret', audience = 'one') =>
	newSecret(accountSecret, audience, MADE_AT);

describe('The secret at Telegent', () => {
	test('is this trigger’s if it was made for it with the account secret, also where n8n has lost it', () => {
		const secret = shown();
		expect(currentSecret(context(), secret)).toEqual({ digest: digest(secret), madeAt: MADE_AT });
	});

	test.each([
		['with another account secret', shown('another one')],
		['for another trigger', shown('account secret', 'two')],
		['by nobody', `${shown().split('.')[0]}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`],
		['without a time', 'a secret of a person'],
	])('is not this trigger’s if it was made %s', (_made, secret) => {
		expect(currentSecret(context(), secret)).toBeUndefined();
	});

	test.each([null, '', '****', 'xxxx'])('is the one that n8n remembers where Telegent shows %p', (masked) => {
		const stored = { secretDigest: 'abc', secretMadeAt: 5 };
		expect(currentSecret(context({ stored }), masked)).toEqual({ digest: 'abc', madeAt: 5 });
		expect(currentSecret(context(), masked)).toBeUndefined();
	});
});

test('n8n remembers the digest of a new secret and its time, by which older ones are refused', () => {
	const known = freshSecret(context());
	expect(toRegistration(context(), known, { messageRouteId: 'MRID-1' })).toEqual({
		way: 'messageRoute',
		test: false,
		secretDigest: digest(known.secret),
		secretMadeAt: known.madeAt,
		messageRouteId: 'MRID-1',
	});
	expect(known.madeAt).toBeGreaterThan(MADE_AT);
});

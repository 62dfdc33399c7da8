import crypto from 'crypto';
import {
	digest,
	equalText,
	isSecretOf,
	issuedAt,
	manualToken,
	newSecret,
	seal,
	unseal,
	verifySecret,
} from '../../../nodes/shared/secrets.ts';

/* Constant time can't be measured reliably here: what is compared, and with what, can be seen. */

afterEach(() => jest.restoreAllMocks());

test.each([
	['an equal text', 'secret', true],
	['a text with the same beginning', 'secreT', false],
	['a shorter text', 's', false],
	['a longer text', 'secret'.repeat(100), false],
])('%s is compared in constant time, as a digest of fixed length', (_name, given, equal) => {
	const compare = jest.spyOn(crypto, 'timingSafeEqual');
	expect(equalText(given, 'secret')).toBe(equal);
	expect(isSecretOf(given, digest('secret'))).toBe(equal);
	expect(compare).toHaveBeenCalledTimes(2);
	for (const [a, b] of compare.mock.calls) expect(a.byteLength).toBe(b.byteLength);
});

test('an empty or a cut digest is that of no secret', () => {
	expect(isSecretOf('secret', '')).toBe(false);
	expect(isSecretOf('secret', digest('secret').slice(0, 8))).toBe(false);
});

test('each trigger has a manual token of its own, which a new account secret changes', () => {
	const token = manualToken('account', 'one');
	expect(manualToken('account', 'one')).toBe(token);
	expect(manualToken('account', 'two')).not.toBe(token);
	expect(manualToken('other', 'one')).not.toBe(token);
});

describe('generated secrets', () => {
	const now = Date.UTC(2026, 0, 1);
	test('a new secret is random, carries its time of issue and verifies for its audience only', () => {
		const [one, two] = [newSecret('account', 'audience', now), newSecret('account', 'audience', now)];
		expect(one).not.toBe(two);
		expect(issuedAt(one)).toBe(now);
		expect(verifySecret(one, 'account', 'audience')).toBe(true);
		expect([
			verifySecret(one, 'other', 'audience'),
			verifySecret(one, 'account', 'other'),
			verifySecret(`${one}x`, 'account', 'audience'),
			verifySecret('', 'account', 'audience'),
		]).toEqual([false, false, false, false]);
		expect(one.length).toBeLessThanOrEqual(255);
	});

	test.each(['', 'x', 'a.b', `${'a'.repeat(30)}.`, 'ä'.repeat(74)])('"%s" has no time of issue', (text) =>
		expect(issuedAt(text)).toBeUndefined(),
	);

	test('sealed data opens with the same secret only, and only if unchanged', () => {
		const sealed = seal({ password: 'x' }, 'account');
		expect(unseal(sealed, 'account')).toEqual({ password: 'x' });
		expect(seal({ password: 'x' }, 'account')).toBe(sealed);
		expect(seal({ password: 'y' }, 'account').slice(0, 16)).not.toBe(sealed.slice(0, 16));
		expect(unseal(sealed, 'other')).toBeUndefined();
		expect(unseal(`${sealed.slice(0, -2)}AA`, 'account')).toBeUndefined();
		expect(unseal('x', 'account')).toBeUndefined();
	});

	test('equalText compares whole strings', () => {
		expect([equalText('a', 'a'), equalText('a', 'b'), equalText('', ''), equalText('a', 'aa')]).toEqual([
			true,
			false,
			true,
			false,
		]);
	});
});

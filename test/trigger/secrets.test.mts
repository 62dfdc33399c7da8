import crypto from 'crypto';
import { digest, isSecretOf, sameText } from '../../nodes/TelegentTrigger/secrets.ts';

/* Constant time can't be measured reliably here: what is compared, and with what, can be seen. */

afterEach(() => jest.restoreAllMocks());

test.each([
	['an equal text', 'secret', true],
	['a text with the same beginning', 'secreT', false],
	['a shorter text', 's', false],
	['a longer text', 'secret'.repeat(100), false],
])('%s is compared in constant time, as a digest of fixed length', (_name, given, equal) => {
	const compare = jest.spyOn(crypto, 'timingSafeEqual');
	expect(sameText(given, 'secret')).toBe(equal);
	expect(isSecretOf(given, digest('secret'))).toBe(equal);
	expect(compare).toHaveBeenCalledTimes(2);
	for (const [a, b] of compare.mock.calls) expect(a.byteLength).toBe(b.byteLength);
});

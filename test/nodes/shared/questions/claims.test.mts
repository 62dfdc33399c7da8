import {
	claimReply,
	isClaimed,
	messageFingerprint,
	releaseReply,
} from '../../../../nodes/shared/questions/claims.ts';
import { resetProcessState } from '../../../../transport/processState.ts';

const HOUR = 3_600_000;
const withId = { from: '+12025550142', to: '+15005550100', body: 'Yes', messageId: 'TMID-1' };
const { messageId: _id, ...withoutId } = withId;

beforeEach(resetProcessState);

test('the first question that claims a message has it, also for its next delivery', () => {
	expect(claimReply('A', withId, 'https://n8n/1', 0)).toBe('first');
	expect(claimReply('A', withId, 'https://n8n/1', 1)).toBe('again');
	expect(claimReply('A', withId, 'https://n8n/2', 2)).toBe('other');
	expect(isClaimed('A', withId, 3)).toBe(true);
});

test('a released message can be claimed by another question', () => {
	claimReply('A', withId, 'https://n8n/1', 0);
	releaseReply('A', withId);
	expect(claimReply('A', withId, 'https://n8n/2', 1)).toBe('first');
});

test('the same ID in another account is another message', () => {
	claimReply('A', withId, 'https://n8n/1', 0);
	expect(claimReply('B', withId, 'https://n8n/2', 1)).toBe('first');
});

test('without an ID, sender and text identify a message, and only for some minutes', () => {
	expect(messageFingerprint(withoutId)).toBe(messageFingerprint({ ...withoutId }));
	expect(messageFingerprint(withoutId)).not.toBe(messageFingerprint({ ...withoutId, body: 'No' }));
	expect(messageFingerprint(withoutId)).not.toBe(messageFingerprint({ ...withoutId, from: '+12025550143' }));
	claimReply('A', withoutId, 'https://n8n/1', 0);
	claimReply('A', withId, 'https://n8n/1', 0);
	expect(isClaimed('A', withoutId, 60_000)).toBe(true);
	expect(isClaimed('A', withoutId, HOUR)).toBe(false);
	expect(isClaimed('A', withId, HOUR)).toBe(true);
});

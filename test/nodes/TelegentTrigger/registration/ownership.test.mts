import {
	isOtherModeOf,
	maskedFields,
	planRestore,
} from '../../../../nodes/TelegentTrigger/registration/ownership.ts';

test('maskedFields names the credentials that Telegent does not show', () => {
	const target = { url: null, method: null, authentication: 'Basic', username: 'u', password: 'p' };
	expect(maskedFields(target)).toEqual([]);
	expect(maskedFields({ ...target, authentication: null, username: null, password: null })).toEqual([]);
	expect(maskedFields({ ...target, authentication: 'None', password: '***' })).toEqual(['password']);
	expect(maskedFields({ ...target, username: null, password: '' })).toEqual(['username', 'password']);
	expect(maskedFields({ ...target, authentication: 'Bearer', username: null, password: null })).toEqual([
		'token',
	]);
});

test('what is restored says whether Telegent never showed its credentials', () => {
	const address = { method: 'POST', authentication: 'Basic', username: 'crm', password: null };
	const before = { ...address, url: 'https://crm.example/' };
	const identity = { workflow: 'one', url: 'https://n8n.example/webhook/abc/telegent', test: false };
	const settings = { ...before, url: identity.url, username: 'n8n workflow one' };
	const plan = (lost?: boolean) =>
		planRestore({ address: 'message', settings, workflow: 'one' }, identity, 'account secret', {
			previousOwners: [{ settings: before, lost }],
		});
	expect(plan(true)).toEqual({ kind: 'write', settings: before, lost: true });
	expect(plan()).toMatchObject({ lost: false });
});

test('isOtherModeOf matches the test and production URLs of the same trigger only', () => {
	const identity = { workflow: 'one', url: 'https://n8n.example/webhook-test/abc/telegent', test: true };
	expect(isOtherModeOf(identity, 'https://n8n.example/webhook/abc/telegent', 'one')).toBe(true);
	expect(isOtherModeOf(identity, 'https://n8n.example/webhook/abc/telegent', 'two')).toBe(false);
	expect(isOtherModeOf(identity, 'https://n8n.example/webhook/abd/telegent', 'one')).toBe(false);
	expect(isOtherModeOf(identity, 'https://moved.example/webhook/abc/telegent', 'one')).toBe(false);
	expect(isOtherModeOf(identity, identity.url, 'one')).toBe(false);
	expect(
		isOtherModeOf(
			{ ...identity, url: 'https://n8n.example/base/webhook/abc/telegent' },
			'https://n8n.example/base/hooks/abc/telegent',
			'one',
		),
	).toBe(true);
});

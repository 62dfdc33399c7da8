import { sandboxAdvice } from '../../../../nodes/TelegentTrigger/registration/context.ts';

test('the advice to use the local sandbox is left out for the sandbox itself', () => {
	expect(sandboxAdvice({ baseUrl: 'https://api.telegent.com' })).toBe(', or use the local sandbox');
	expect(sandboxAdvice({ baseUrl: 'http://127.0.0.1:4010' })).toBe('');
});

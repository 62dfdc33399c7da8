import { manualToken } from '../../../../nodes/shared/secrets.ts';
import { tokenToEnter } from '../../../../nodes/TelegentTrigger/description/loadOptions.ts';
import { TelegentTrigger } from '../../../../nodes/TelegentTrigger/TelegentTrigger.node.ts';

const { description } = new TelegentTrigger();

const optionsFor = async (trigger: unknown) => {
	const context = {
		getCurrentNodeParameter: (name: string) => (name === 'trigger' ? trigger : undefined),
		getCredentials: async () => ({ accountSecret: 'secret' }),
	};
	return await tokenToEnter(context as never);
};

test('the token of a manual webhook is shown, and another value is saved', async () => {
	const [option, ...others] = await optionsFor('one');
	expect(others).toEqual([]);
	expect(option.name).toBe(manualToken('secret', 'one'));
	expect(option.name).toMatch(/^n8n-telegent-[\w-]{32}$/);
	expect(option.value).toBe(description.properties.find(({ name }) => name === 'token')?.default);
});

test.each([undefined, null, ''])('no token is shown for trigger %p', async (trigger) => {
	expect(await optionsFor(trigger)).toEqual([]);
});

test('tokens differ by trigger and by account', () => {
	const tokens = ['one', 'two'].flatMap((trigger) => [manualToken('a', trigger), manualToken('b', trigger)]);
	expect(new Set(tokens).size).toBe(4);
});

import { onAccount, onNumbers, onRoute, useWorld } from '../../../support/trigger/world.mts';

const world = useWorld({}, { baseUrl: 'https://api.telegent.example' });
test.each([
	['existing route', onRoute()],
	['new route', onNumbers(['+15005550100'])],
	['account webhook', onAccount()],
])(
	'%s: publishing with an unreachable webhook URL is refused before any API call',
	async (_mode, parameters) => {
		await expect(world.host.publish('one', parameters)).rejects.toMatchObject({
			message: expect.stringMatching(
				/only available on this machine\. Set n8n's WEBHOOK_URL environment variable to its public https URL/,
			),
		});
		expect(world.telegent.control.requests()).toEqual([]);
	},
);

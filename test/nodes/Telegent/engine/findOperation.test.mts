import { runNode } from '../../../support/n8n.mts';
import { useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();

test.each([
	['a resource', 'fax', 'send', /no resource "fax"/],
	['an operation', 'message', 'fax', /no operation "fax".*"message"/],
])(
	'%s that this version does not have is named, and nothing is requested',
	async (_what, resource, operation, message) => {
		const { error, json } = await runNode({
			credential: sandbox.credential,
			parameters: { resource, operation },
		});
		expect(json).toEqual([]);
		expect(error?.message).toMatch(message);
		expect(sandbox.calls()).toEqual([]);
	},
);

import { runNode } from '../../../support/n8n.mts';
import { send, useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();
const items = Array.from({ length: 3 }, (_, n) => ({ to: `+1801555000${n}` }));
const TIMEOUT =
	/takes about 3 minutes at 1 request per minute, but the workflow's settings stop an execution after 60 seconds\. Raise/;

/** The warnings above the output of a dry run of three messages, at one request per minute. */
async function warnings(executionTimeout?: number, operation = 'send'): Promise<string[]> {
	const { run } = await runNode({
		credential: { ...sandbox.credential, requestsPerMinute: 1 },
		parameters: { ...send('={{ $json.to }}'), operation, safeguards: { dryRun: true } },
		items,
		settings: executionTimeout === undefined ? {} : { executionTimeout },
	});
	const hints = run.data.resultData.runData.Telegent?.at(-1)?.hints ?? [];
	return hints.filter(({ type }) => type === 'warning').map(({ message }) => message);
}

test.each(['send', 'preview'])(
	'%s warns of a list that takes longer than the workflow may',
	async (operation) => {
		expect(await warnings(60, operation)).toEqual([expect.stringMatching(TIMEOUT)]);
	},
);

test.each([[181], [-1], [undefined]])('a timeout of %s seconds needs no warning', async (seconds) => {
	expect(await warnings(seconds)).toEqual([]);
});

import { parseArgs } from 'node:util';
import { liveCheck, report } from './check.mts';

const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
const {
	TELEGENT_ACCOUNT_KEY: accountKey,
	TELEGENT_ACCOUNT_SECRET: accountSecret,
	TELEGENT_BASE_URL,
} = process.env;
const baseUrl = TELEGENT_BASE_URL ?? 'https://api.telegent.com';

if (!accountKey || !accountSecret) {
	console.error(
		'Set TELEGENT_ACCOUNT_KEY and TELEGENT_ACCOUNT_SECRET in the environment, then run npm run live-check again.\n' +
			'It reads only. To send one real message too: npm run live-check -- --from +1… --to +1…',
	);
	process.exit(1);
}
const send = values.from && values.to ? { from: values.from, to: values.to } : undefined;
try {
	const findings = await liveCheck({ accountKey, accountSecret, baseUrl, send });
	console.log(report(findings, [accountKey, accountSecret]));
} catch (error) {
	console.error(`The check did not come to its end: ${(error as Error).message}`);
	process.exit(1);
}

import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { startSandbox } from './server.mts';

const USAGE = `A local sandbox of the Telegent API, on this computer only.

  npm run sandbox -- [--port 4010] [--requests-per-minute 50] [--editor http://127.0.0.1:5678]

  --port                 the port (or TELEGENT_SANDBOX_PORT), 4010 by default
  --requests-per-minute  the rate limit, 0 for no limit
  --editor               the URL of n8n, for the start page`;

function options(): { port: number; requestsPerMinute: number; editorUrl?: string } {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: process.env.TELEGENT_SANDBOX_PORT || '4010' },
			'requests-per-minute': { type: 'string', default: '50' },
			editor: { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		console.log(USAGE);
		process.exit(0);
	}
	return {
		port: wholeNumber('--port', values.port, 65_535),
		requestsPerMinute: wholeNumber('--requests-per-minute', values['requests-per-minute']),
		editorUrl: values.editor,
	};
}

function wholeNumber(name: string, text: string, largest = Number.MAX_SAFE_INTEGER): number {
	if (!/^\d+$/.test(text) || Number(text) > largest)
		throw new Error(`${name} must be a whole number, not "${text}".`);
	return Number(text);
}

const explain = (error: Error & { code?: string }, port?: number): string =>
	error.code === 'EADDRINUSE'
		? `Port ${port} is already in use, perhaps by another running local sandbox. Stop it, or use another port: npm run sandbox -- --port ${(port ?? 0) + 1}`
		: error.message;

async function main(): Promise<void> {
	const chosen = options();
	// n8n remembers which messages it has seen: those of another start must not look the same.
	const seed = randomInt(2 ** 31);
	const sandbox = await startSandbox({ ...chosen, seed, exampleLines: true }).catch((error: Error) => {
		throw new Error(explain(error, chosen.port));
	});
	const limit = chosen.requestsPerMinute
		? `${chosen.requestsPerMinute} requests per minute`
		: 'no rate limit';
	console.log(`Local Telegent sandbox (${limit}; press Ctrl+C to stop it)

  Base URL         ${sandbox.url}
  Phone simulator  ${sandbox.url}/phone
  Account Key      ${sandbox.accountKey}
  Account Secret   ${sandbox.accountSecret}`);
	const stop = () => void sandbox.close().then(() => process.exit(0));
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});

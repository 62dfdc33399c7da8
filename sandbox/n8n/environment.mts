import path from 'node:path';
import { n8nMajor } from '../../scripts/n8nVersion.mjs';

export interface EnvironmentOptions {
	/** n8n keeps its `.n8n` folder in here */
	userFolder: string;
	port: number;
	/** where n8n's code runner calls back */
	brokerPort: number;
	/** the Node.js that n8n runs on */
	node: string;
	/** what a test wants otherwise */
	extra?: Record<string, string>;
}

/** What a program may know of the person's own environment: no setting of another n8n comes along. */
const INHERITED = [
	/^(HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|TMPDIR|TEMP|TMP)$/,
	/^(SystemRoot|windir|ComSpec|PATHEXT|APPDATA|LOCALAPPDATA|USERPROFILE|HOMEDRIVE|HOMEPATH|ProgramData)$/i,
	/^(https?_proxy|all_proxy|NODE_EXTRA_CA_CERTS)$/i,
];

/** Everything in n8n that calls its makers, or that a sandbox has no use for. */
const STAYS_AT_HOME = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIDE_USAGE_PAGE: 'true',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_AI_GATEWAY_ENABLED: 'false',
	// The catalogue of verified packages and the registry of MCP servers are fetched from api.n8n.io.
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	// n8n 1 has none of these, and refuses to start for the name of a module that it does not know.
	...(n8nMajor > 1 && { N8N_DISABLED_MODULES: 'mcp-registry,instance-ai' }),
	N8N_PYTHON_ENABLED: 'false',
};

/**
 * The one host name for n8n and the local sandbox. Not `localhost`: that may be ::1, where nothing listens, and the
 * credential sends its token to the very host of its Base URL only.
 */
export const HOST = '127.0.0.1';

/** n8n on loopback, alone, as a self-hosted user has it. */
export function n8nEnvironment({ userFolder, port, brokerPort, node, extra }: EnvironmentOptions) {
	return {
		...inherited(process.env),
		PATH: [path.dirname(node), process.env.PATH].join(path.delimiter),
		NO_PROXY: 'localhost,127.0.0.1,::1',
		NODE_ENV: 'production',
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: HOST,
		N8N_HOST: HOST,
		N8N_PORT: String(port),
		N8N_EDITOR_BASE_URL: `http://${HOST}:${port}`,
		[n8nMajor === 1 ? 'WEBHOOK_URL' : 'N8N_WEBHOOK_URL']: `http://${HOST}:${port}/`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: process.platform === 'win32' ? 'false' : 'true',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		...STAYS_AT_HOME,
		// n8n's node Message an Agent needs it (examples/message-an-agent.json). n8n 1 has no such module.
		...(n8nMajor > 1 && { N8N_ENABLED_MODULES: 'agents' }),
		...extra,
	};
}

/** The harmless part of an environment. */
export function inherited(env: NodeJS.ProcessEnv): Record<string, string> {
	return Object.fromEntries(
		Object.entries(env).filter(
			(entry): entry is [string, string] =>
				entry[1] !== undefined && INHERITED.some((pattern) => pattern.test(entry[0])),
		),
	);
}

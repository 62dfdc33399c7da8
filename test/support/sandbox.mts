import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/api/server.mts';
import type { CredentialValues } from './n8n.mts';
import { processedData } from './processedData.mts';
import { resetProcessState } from '../../transport/processState.ts';

export const OWN_NUMBER = '+15005550100';

/** A sandbox for the tests of one file: started before them, reset before each, closed after them. */
export function useSandbox(options: SandboxOptions = {}) {
	let sandbox: Sandbox;
	const started = { requestsPerMinute: 0, ...options };
	beforeAll(async () => {
		sandbox = await startSandbox(started);
	});
	beforeEach(() => {
		sandbox.control.reset({ settings: true });
		resetProcessState();
		processedData.rows.clear();
	});
	afterAll(async () => await sandbox.close());
	return {
		get control() {
			return sandbox.control;
		},
		get url() {
			return sandbox.url;
		},
		get credential(): CredentialValues {
			return { accountKey: sandbox.accountKey, accountSecret: sandbox.accountSecret, baseUrl: sandbox.url };
		},
		/** Requests that reached the API, oldest first, `POST /v1.0/oauth2/tokens` included. */
		calls(path?: string) {
			return sandbox.control.requests().filter((request) => !path || request.path === path);
		},
	};
}

export const TOKENS = '/v1.0/oauth2/tokens';
export const OUTBOUND = '/v1.0/message/outbound';

/** Parameters of Number → Provision, which orders a number. */
export const PROVISION = {
	resource: 'number',
	operation: 'provision',
	numberType: 'mvno',
	messageType: 'p2p',
	messageEnabled: true,
	voiceEnabled: false,
	productType: 'Sms-Only',
	messageRouteId: { __rl: true, mode: 'id', value: 'MRID-5a4d0000-0000-4000-8000-000000000001' },
};

/** Calls `then` once `happened` says yes. */
export function when(happened: () => boolean, then: () => void): void {
	const look = setInterval(() => {
		if (!happened()) return;
		clearInterval(look);
		then();
	}, 10);
}

/** Parameters of Message → Send. */
export function send(to: string, body = 'Hello', additionalFields = {}) {
	const from = { __rl: true, mode: 'number', value: OWN_NUMBER };
	return { resource: 'message', operation: 'send', from, to, body, additionalFields };
}

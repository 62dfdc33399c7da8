/** The n8n that was started for all scenarios. */
export interface SharedN8n {
	url: string;
	/** of the owner's session */
	cookie: string;
}

/** The environment variable that tells the scenarios. */
export const N8N = 'TELEGENT_E2E_N8N';

export function sharedN8n(): SharedN8n {
	const told = process.env[N8N];
	if (!told) throw new Error('These scenarios need a running n8n. Start them with: npm run test:e2e');
	return JSON.parse(told) as SharedN8n;
}

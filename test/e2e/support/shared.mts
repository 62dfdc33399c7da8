/** An n8n that was started for the scenarios: each of jest's workers has its own. */
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
	const all = JSON.parse(told) as SharedN8n[];
	return all[(Number(process.env.JEST_WORKER_ID ?? 1) - 1) % all.length];
}

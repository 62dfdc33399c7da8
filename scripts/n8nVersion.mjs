import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Chooses the last n8n 1.x instead of the current one, in `npm run test:e2e` and `npm run test:kill`. */
export const OLD_N8N = '--n8n=1';

// In the environment, so that the programs that are started use the same one.
if (process.argv.includes(OLD_N8N)) process.env.TELEGENT_N8N = '1';

/** The n8n that is installed and started: 1 for the last 1.x, 2 for the current one. */
export const n8nMajor = process.env.TELEGENT_N8N === '1' ? 1 : 2;

/** The folder with its package.json and package-lock.json. */
export const n8nFolder = path.resolve(
	path.dirname(fileURLToPath(import.meta.url)),
	'../sandbox',
	n8nMajor === 1 ? 'n8n-1' : 'n8n',
);

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), 'pictures');

/** Small pictures to send from the phone simulator, by file name. */
export const pictures = new Map(
	readdirSync(FOLDER).map((name) => [name, readFileSync(path.join(FOLDER, name))]),
);

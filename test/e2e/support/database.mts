import { createRequire } from 'node:module';
import path from 'node:path';
import { n8nFolder } from '../../../scripts/setup.mjs';
import type { N8n } from '../../../sandbox/n8n/launch.mts';

interface Sqlite {
	Database: new (
		file: string,
		opened: (error: Error | null) => void,
	) => {
		all(query: string, values: unknown[], done: (error: Error | null, rows: unknown[]) => void): void;
		close(done: (error: Error | null) => void): void;
	};
}

/** Asks n8n's database, or changes it, while n8n does not run. */
async function query<T>({ userFolder }: N8n, text: string, ...values: unknown[]): Promise<T[]> {
	const fromN8n = createRequire(path.join(n8nFolder, 'package.json'));
	const { Database } = fromN8n('sqlite3') as Sqlite;
	return await new Promise((resolve, reject) => {
		const file = path.join(userFolder, '.n8n', 'database.sqlite');
		const database = new Database(file, (error) => error && reject(error));
		database.all(text, values, (error, rows) => {
			database.close((trouble) => {
				const wrong = error ?? trouble;
				if (wrong) reject(wrong);
				else resolve(rows as T[]);
			});
		});
	});
}

/** Loses what triggers store with their workflows, as a restored backup does. Gives how many had something stored. */
export async function loseStaticData(n8n: N8n): Promise<number> {
	const stored = await query<{ id: string }>(
		n8n,
		'SELECT id FROM workflow_entity WHERE staticData IS NOT NULL',
	);
	await query(n8n, 'UPDATE workflow_entity SET staticData = NULL');
	return stored.length;
}

/** How many executions of a workflow n8n has stored, of any mode and with any end. */
export async function countExecutions(n8n: N8n, workflowId: string): Promise<number> {
	const text = 'SELECT count(*) AS count FROM execution_entity WHERE workflowId = ?';
	const [{ count }] = await query<{ count: number }>(n8n, text, workflowId);
	return count;
}

/** All that n8n has stored, as text. */
export async function everythingIn(n8n: N8n): Promise<string> {
	const tables = await query<{ name: string }>(n8n, "SELECT name FROM sqlite_master WHERE type = 'table'");
	const rows: unknown[] = [];
	for (const { name } of tables) rows.push(await query(n8n, `SELECT * FROM "${name}"`));
	return JSON.stringify(rows);
}

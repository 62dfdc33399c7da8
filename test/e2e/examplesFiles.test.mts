import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { startSandbox } from '../../sandbox/api/server.mts';
import { EXAMPLES, exampleFile, readExample } from '../../sandbox/n8n/workflow.mts';
import { root } from '../../scripts/setup.mjs';

const docs = readFileSync(path.join(root, 'docs', 'examples.md'), 'utf8');
const fileOf = (name: string) => path.join(root, 'docs', 'images', `example-${name}.png`);

/** What a text may hold without becoming UCS-2 (3GPP TS 23.038, 6.2.1). */
const GSM = /[\n\r !-Z\\_a-z\u00a1\u00a3-\u00a5\u00a7\u00bf@$^{}[\]~|\u20ac]/g;
const isTelegent = ({ type }: { type: string }) => type.startsWith('n8n-nodes-telegent.');

test('every file of examples/ is known, and the other way round', () => {
	const files = readdirSync(path.join(root, 'examples')).map((file) => path.basename(file, '.json'));
	expect([...EXAMPLES].toSorted()).toEqual(files.toSorted());
});

describe.each(EXAMPLES)('the example %s', (name) => {
	const text = readFileSync(exampleFile(name), 'utf8');
	const { nodes, connections } = readExample(name);

	test('is told in docs/examples.md, with a small picture', () => {
		expect(docs).toContain(`images/example-${name}.png`);
		expect(docs).toContain(readExample(name).name.replace('Telegent: ', '## '));
		expect(statSync(fileOf(name)).size).toBeLessThan(120_000);
	});

	test('says how to try it and what to change, and connects what it has', () => {
		const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		const said = notes.map(({ parameters }) => String(parameters.content)).join('\n');
		expect(said).toContain('**Try it:**');
		expect(said).toContain('## With your own account');
		const names = nodes.map((node) => node.name);
		expect(new Set(names).size).toBe(names.length);
		for (const [from, outputs] of Object.entries(
			connections as Record<string, Record<string, Array<Array<{ node: string }>>>>,
		)) {
			expect(names).toContain(from);
			for (const { node } of Object.values(outputs).flat(2)) expect(names).toContain(node);
		}
	});

	test('has texts that one curly quote, dash or emoji would not make longer: only characters of GSM-7', () => {
		for (const { name: node, parameters, type } of nodes.filter(isTelegent))
			for (const key of ['body', 'message']) {
				const words = String(parameters[key] ?? '').replace(/\{\{.*?\}\}/g, '');
				expect(`${node} (${type}): ${words.replace(GSM, '')}`).toBe(`${node} (${type}): `);
			}
	});

	test('holds nothing that exists in one place only', async () => {
		expect(nodes.flatMap((node) => Object.keys(node))).not.toContain('credentials');
		expect(text).not.toMatch(/127\.0\.0\.1|localhost|\/work\/|\/tmp\//);
		const sandbox = await startSandbox({ exampleLines: true });
		const known = JSON.stringify(sandbox.control.state());
		await sandbox.close();
		for (const id of text.match(/[A-Z]+ID-[0-9a-f-]{36}/g) ?? []) expect(known).toContain(id);
		for (const number of text.match(/\+1500555\d{4}/g) ?? []) expect(known).toContain(number);
	});
});

import { parseOwnerNote, formatOwnerNote } from '../../../../nodes/shared/routes/ownerNote.ts';
import { digest, seal, unseal } from '../../../../nodes/shared/secrets.ts';
import { cleanWorkflowName, workflowLink } from '../../../../nodes/shared/routes/workflowName.ts';

const url = 'https://n8n.example/webhook/a/telegent';

const target = {
	url: 'https://a.example',
	method: 'GET',
	authentication: 'Basic',
	username: 'u',
	password: 'p',
};
const backup = {
	previousOwners: [
		{ settings: target, workflow: 'two' },
		{ settings: target, lost: true },
	],
	numbers: { '+1': 'MRID-1', '+2': null, '+3': 'MRID-1' },
};

describe('the workflow name in the note of a route', () => {
	const usual = {
		url: 'https://crm.example.com/api/v2/inbound-sms/telegent',
		method: 'POST',
		authentication: 'Basic',
		username: 'telegent',
		password: 'aB3dE6gH9jK2mN5p',
	};
	const ofUsual = (name?: string) =>
		formatOwnerNote(
			'8ZkQ2mN5pR7sT1vX',
			url,
			{ previousOwners: [{ settings: usual }], ...(name && { name }) },
			's',
		);
	const nameIn = (note: string) => parseOwnerNote(note, url, 's')?.backup?.name;

	test('of a usual route has at most 255 characters', () => {
		expect(ofUsual().length).toBeLessThanOrEqual(255);
	});

	test.each([
		['a short name, whole', 'Auto-reply', 'Auto-reply'],
		['a long name, shortened', 'Appointment reminders for the dental practice', /^Appointm.*…$/],
		['other scripts', 'Автоответчик для клиники', /^Авт.*…$/],
		['emoji, never half of one', '💬🚀💬🚀💬🚀💬🚀💬🚀💬🚀💬🚀💬🚀', /^[💬🚀]+…$/u],
		['quotes and line breaks', 'Say "hi"\n\u0000 all', 'Say "hi" all'],
		['marks that turn the text around', 'a\u202Eb\u2066c', 'a b c'],
		['half a character', 'a\uD83D', 'a'],
	])('of a usual route with a workflow name stays within 255 characters: %s', (_case, name, kept) => {
		const note = ofUsual(name);
		expect(note.length).toBeLessThanOrEqual(255);
		expect(nameIn(note)).toEqual(typeof kept === 'string' ? kept : expect.stringMatching(kept));
		// What was shortened once is not shortened again: a route that a test gives back is the same to the letter.
		expect(ofUsual(nameIn(note))).toBe(note);
	});

	test('has no workflow name when there is no room for it', () => {
		const crowded = { ...usual, url: `${usual.url}/` };
		const length = (path: string) => {
			const target = { ...crowded, url: crowded.url + path };
			return formatOwnerNote('8ZkQ2mN5pR7sT1vX', url, { previousOwners: [{ settings: target }] }, 's').length;
		};
		let path = '';
		while (length(`${path}y`) <= 255) path += 'y';
		const target = { ...crowded, url: crowded.url + path };
		const note = formatOwnerNote(
			'8ZkQ2mN5pR7sT1vX',
			url,
			{ previousOwners: [{ settings: target }], name: 'Auto-reply' },
			's',
		);
		expect([note.length <= 255, nameIn(note)]).toEqual([true, undefined]);
	});

	test('keeps the workflow name when it is too long anyway', () => {
		const note = formatOwnerNote('one', url, { ...backup, name: 'Auto-reply' }, 's');
		expect([note.length > 255, nameIn(note)]).toEqual([true, 'Auto-reply']);
	});

	test('with names is read as it was written', () => {
		const layers = [{ settings: target, workflow: 'two', name: 'Second' }, { settings: target }];
		const named = { previousOwners: layers, numbers: backup.numbers, name: 'First' };
		expect(parseOwnerNote(formatOwnerNote('one', url, named, 's'), url, 's')).toEqual({
			workflow: 'one',
			backup: named,
			stale: false,
		});
	});

	test('is compatible with versions that write no workflow name, in both directions', () => {
		// As those versions sealed it, and as they read it: three entries, seven values a layer, the note's own pattern.
		const values = ['https://a.example', 'GET', 'Basic', 'u', 'p', 'two', 0];
		const about = digest(url).slice(0, 8);
		const old = `n8n workflow one | ${seal([about, [values]], 's')}`;
		expect(parseOwnerNote(old, url, 's')).toEqual({
			workflow: 'one',
			backup: { previousOwners: [{ settings: target, workflow: 'two' }] },
			stale: false,
		});
		expect(
			formatOwnerNote('one', url, { previousOwners: [{ settings: target, workflow: 'two' }] }, 's'),
		).toBe(old);
		const layers = [{ settings: target, workflow: 'two', name: 'Second' }];
		const note = formatOwnerNote('one', url, { previousOwners: layers, name: 'Auto-reply' }, 's');
		const [, workflow, sealed] = /^n8n workflow (\S+)(?: \| (\S+))?$/.exec(note) ?? [];
		const [first, [[...layer]], numbers] = unseal(sealed, 's') as [string, unknown[][], unknown];
		expect([workflow, first, layer.slice(0, 7), Boolean(numbers)]).toEqual(['one', about, values, false]);
	});
});

describe('workflows in messages', () => {
	test.each([
		['in this n8n', 'https://n8n.example/webhook/a/telegent', 'https://n8n.example/workflow/one'],
		['in another n8n', 'https://other.example/webhook/a/telegent', undefined],
		['nowhere', null, undefined],
	])('%s', (_case, webhookUrl, link) => {
		expect(workflowLink('one', 'https://n8n.example/', webhookUrl)).toBe(link);
	});
	test('webhooks with a separate host', () => {
		const [webhook, own] = [
			'https://hooks.example/webhook/a/telegent',
			'https://hooks.example/webhook/b/telegent',
		];
		expect(workflowLink('one', 'https://n8n.example/n8n/', webhook, own)).toBe(
			'https://n8n.example/n8n/workflow/one',
		);
	});
	test('characters of a workflow name that a note keeps', () => {
		expect(cleanWorkflowName(undefined)).toBe('');
		expect(cleanWorkflowName(' \u200E ')).toBe('');
		expect(Array.from(cleanWorkflowName('💬'.repeat(100_000)))).toHaveLength(40);
	});
});

describe('owner notes', () => {
	const url = 'https://n8n.example/webhook/a/telegent';

	test('parsing returns what was formatted', () => {
		expect(parseOwnerNote(formatOwnerNote('one', url, backup, 's'), url, 's')).toEqual({
			workflow: 'one',
			backup,
			stale: false,
		});
	});
	test('a note for another URL is stale', () => {
		expect(
			parseOwnerNote(formatOwnerNote('one', url, backup, 's'), 'https://crm.example', 's'),
		).toMatchObject({
			stale: true,
		});
	});
	test('a note sealed with another account secret reveals only the workflow', () => {
		expect(parseOwnerNote(formatOwnerNote('one', url, backup, 'other'), url, 's')).toEqual({
			workflow: 'one',
			backup: undefined,
			stale: false,
		});
	});
	test.each([null, '', 'admin', 'n8n', 'n8n workflow', 'my n8n workflow x'])(
		'"%s" is not an owner note',
		(text) => {
			expect(parseOwnerNote(text, url, 's')).toBeUndefined();
		},
	);
});

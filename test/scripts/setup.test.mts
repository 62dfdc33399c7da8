import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isInstalled } from '../../scripts/setup.mjs';

const ELSEWHERE = process.platform === 'win32' ? 'linux' : 'win32';
const LOCKED = {
	'': { version: '0.1.0' },
	'node_modules/jest': { version: '30.5.2' },
	'node_modules/native': { version: '1.0.0', os: [process.platform], cpu: [process.arch] },
	'node_modules/native-elsewhere': { version: '1.0.0', os: [ELSEWHERE] },
};
const INSTALLED = {
	'node_modules/jest': { version: '30.5.2' },
	'node_modules/native': { version: '1.0.0' },
};

describe('The packages count as installed', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'telegent-setup-'));
	const record = path.join(folder, 'node_modules', '.package-lock.json');
	beforeAll(() => {
		mkdirSync(path.dirname(record));
		writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: LOCKED }));
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	const withRecord = (packages: object) => {
		writeFileSync(record, JSON.stringify({ packages }));
		return isInstalled(folder);
	};

	test('when npm recorded each locked package that this system needs', () => {
		expect(withRecord(INSTALLED)).toBe(true);
	});

	test('not when a package has another version than the locked one', () => {
		expect(withRecord({ ...INSTALLED, 'node_modules/jest': { version: '30.5.1' } })).toBe(false);
	});

	test('not when a package is missing, or was installed for another system', () => {
		const { 'node_modules/jest': jest, 'node_modules/native': native } = INSTALLED;
		expect(withRecord({ 'node_modules/native': native })).toBe(false);
		expect(withRecord({ 'node_modules/jest': jest })).toBe(false);
	});

	test('not when the install was interrupted: npm writes its record last', () => {
		rmSync(record);
		expect(isInstalled(folder)).toBe(false);
	});
});

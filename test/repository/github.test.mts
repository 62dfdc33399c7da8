import Ajv, { type JSONSchemaType } from 'ajv';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { engines, scripts } from '../../package.json';

/* What actionlint (in `npm run lint`) does not know: our own rules for workflows, and the other files of .github. */

const root = path.resolve(__dirname, '..', '..');
const github = path.join(root, '.github');

const read = <T,>(file: string) => parse(readFileSync(path.join(github, file), 'utf8')) as T;
const filesIn = (folder: string) => readdirSync(path.join(github, folder)).map((file) => `${folder}/${file}`);

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}

interface Job {
	uses?: string;
	needs?: string;
	permissions?: Record<string, string>;
	'timeout-minutes'?: number;
	strategy?: { matrix: { node?: number[] } };
	steps?: Step[];
}

interface Workflow {
	on: Record<string, unknown>;
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

const workflows = filesIn('workflows');
const ci = read<Workflow>('workflows/ci.yml');
const publish = read<Workflow>('workflows/publish.yml');

describe.each(workflows)('%s', (file) => {
	const workflow = read<Workflow>(file);
	const jobs = Object.values(workflow.jobs);
	const steps = jobs.flatMap((job) => job.steps ?? []);

	test('may only read the repository, unless a job asks for more', () => {
		expect(workflow.permissions).toEqual({ contents: 'read' });
	});

	test('uses only actions of GitHub, at a major version', () => {
		const actions = steps.flatMap(({ uses }) => uses ?? []);
		expect(actions.filter((action) => !/^actions\/[a-z-]+@v\d+$/.test(action))).toEqual([]);
	});

	test('leaves no token behind in the working copy', () => {
		const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
		expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
	});

	test('has a time limit for each job', () => {
		expect(jobs.filter((job) => !job.uses && !job['timeout-minutes'])).toEqual([]);
	});

	test('runs only scripts that exist', () => {
		const commands = steps.flatMap(({ run }) => run ?? []).join('\n');
		const names = [...commands.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
		expect(names.filter((name) => !(name in scripts))).toEqual([]);
		const files = [...commands.matchAll(/node (scripts\/\S+)/g)].map(([, name]) => name);
		expect(files.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
	});
});

describe('CI', () => {
	test('covers the oldest Node.js of package.json and the later versions with long-term support', () => {
		const { node } = ci.jobs.test.strategy?.matrix ?? {};
		expect(node).toEqual([20, 22, 24]);
		expect(engines.node).toBe(`>=${node?.[0]}`);
		expect(node).toContain(Number(readFileSync(path.join(root, '.nvmrc'), 'utf8')));
	});
});

describe('Publishing', () => {
	test('starts with a version tag only', () => {
		expect(publish.on).toEqual({ push: { tags: ['v*.*.*'] } });
	});

	test('waits for the release check and for CI', () => {
		expect(publish.jobs.ci).toMatchObject({ needs: 'check', uses: './.github/workflows/ci.yml' });
		expect(publish.jobs.npm.needs).toBe('ci');
		expect(publish.jobs.github.needs).toBe('npm');
	});

	test('gives npm a provenance statement', () => {
		expect(publish.jobs.npm.steps?.map(({ run }) => run)).toContain(
			'npm publish --provenance --access public',
		);
	});

	test('has one right more in each of two jobs, and none elsewhere', () => {
		const more = Object.entries({ ...ci.jobs, ...publish.jobs }).filter(([, job]) => job.permissions);
		expect(Object.fromEntries(more.map(([name, job]) => [name, job.permissions]))).toEqual({
			npm: { contents: 'read', 'id-token': 'write' },
			github: { contents: 'write' },
		});
	});
});

interface Form {
	name: string;
	description: string;
	labels?: string[];
	body: Array<{
		type: string;
		id?: string;
		attributes: {
			label?: string;
			description?: string;
			placeholder?: string;
			render?: string;
			value?: string;
		};
		validations?: { required: boolean };
	}>;
}

const text = { type: 'string', minLength: 1 } as const;
const optional = { type: 'string', nullable: true } as const;

/** GitHub's syntax of issue forms, as far as it is used here: an unknown key makes GitHub hide the whole form. */
const FORM: JSONSchemaType<Form> = {
	type: 'object',
	required: ['name', 'description', 'body'],
	additionalProperties: false,
	properties: {
		name: text,
		description: text,
		labels: { type: 'array', items: text, nullable: true },
		body: {
			type: 'array',
			minItems: 1,
			items: {
				type: 'object',
				required: ['type', 'attributes'],
				additionalProperties: false,
				properties: {
					type: { type: 'string', enum: ['markdown', 'input', 'textarea'] },
					id: { type: 'string', pattern: '^[a-zA-Z0-9_-]+$', nullable: true },
					attributes: {
						type: 'object',
						additionalProperties: false,
						properties: {
							label: optional,
							description: optional,
							placeholder: optional,
							render: optional,
							value: optional,
						},
					},
					validations: {
						type: 'object',
						required: ['required'],
						additionalProperties: false,
						properties: { required: { type: 'boolean' } },
						nullable: true,
					},
				},
			},
		},
	},
};

describe.each(filesIn('ISSUE_TEMPLATE').filter((file) => !file.endsWith('/config.yml')))('%s', (file) => {
	const form = read<Form>(file);

	test('is a form that GitHub shows', () => {
		const validate = new Ajv().compile(FORM);
		validate(form);
		expect(validate.errors ?? []).toEqual([]);
	});

	test('has a label and an ID of its own for each field', () => {
		const fields = form.body.filter(({ type }) => type !== 'markdown');
		expect(fields.filter(({ id, attributes }) => !id || !attributes.label)).toEqual([]);
		expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
	});
});

describe('Dependabot', () => {
	const { version, updates } = read<{
		version: number;
		updates: Array<{ 'package-ecosystem': string; directory: string; schedule: { interval: string } }>;
	}>('dependabot.yml');

	test('looks after the package, the sandbox’s n8n and the actions', () => {
		expect(version).toBe(2);
		expect(updates.map((one) => [one['package-ecosystem'], one.directory])).toEqual([
			['npm', '/'],
			['npm', '/sandbox/n8n'],
			['github-actions', '/'],
		]);
		expect(updates.map(({ schedule }) => schedule.interval)).toEqual(['weekly', 'monthly', 'monthly']);
	});

	test('finds a package.json with a lock file in each folder of npm', () => {
		const folders = updates.filter((one) => one['package-ecosystem'] === 'npm');
		const files = folders.flatMap(({ directory }) => [
			path.join(root, directory, 'package.json'),
			path.join(root, directory, 'package-lock.json'),
		]);
		expect(files.filter((file) => !existsSync(file))).toEqual([]);
	});
});

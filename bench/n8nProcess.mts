import { createRequire } from 'node:module';
import path from 'node:path';
import type {
	ICredentialsHelper,
	IDataObject,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';
import { additionalData, chainOf, ITEMS, itemsNode, resultOf, startData } from '../test/support/n8n/host.mts';
import { sendBare } from './bare.mts';
import { speedUp } from './clock.mts';
import { MemoryWatch } from './memory.mts';
import type { Job, Result } from './jobs.mts';
import { measured } from './measured.mts';
import { chains } from './workflows.mts';

/**
 * A process as n8n's own: the n8n-core, n8n-workflow and nodes of sandbox/n8n, the expression engine that n8n starts
 * with, and this package beside them as an installed community package. It does the jobs that its parent sends, one
 * after another. Runs in n8n's own Node.js; ends with its parent.
 *
 * Arguments: the folder of sandbox/n8n, the folder of the built package, how many times as fast the clock runs.
 */
const [n8nFolder, packageFolder, speed, engine] = process.argv.slice(2);
speedUp(Number(speed));

const fromN8n = createRequire(path.join(n8nFolder, 'package.json'));
const fromPackage = createRequire(path.join(packageFolder, 'package.json'));
fromN8n('reflect-metadata');
const { Expression, NodeHelpers, Workflow } = fromN8n('n8n-workflow') as typeof import('n8n-workflow');
const { ExecutionLifecycleHooks, WorkflowExecute } = fromN8n('n8n-core') as typeof import('n8n-core');
const n8n = { ExecutionLifecycleHooks, Workflow, WorkflowExecute };

function packageClass<T>(file: string, name: string): T {
	const Class = (fromPackage(`./dist/${file}`) as Record<string, new () => T>)[name];
	return new Class();
}

function baseClass<T>(file: string, name: string): T {
	const Class = (fromN8n(`n8n-nodes-base/dist/nodes/${file}`) as Record<string, new () => T>)[name];
	return new Class();
}

/** Gives the list again, after a node that ran once. */
const again: INodeType = {
	...itemsNode,
	async execute() {
		const proxy = this.getWorkflowDataProxy(0) as { $items: (node: string) => INodeExecutionData[] };
		return [proxy.$items('Items')];
	},
};

const types: Record<string, INodeType | IVersionedNodeType> = {
	[ITEMS.type]: itemsNode,
	'bench.list': again,
	'n8n-nodes-telegent.telegent': packageClass<INodeType>('nodes/Telegent/Telegent.node.js', 'Telegent'),
	'n8n-nodes-base.twilio': baseClass<INodeType>('Twilio/Twilio.node.js', 'Twilio'),
	'n8n-nodes-base.httpRequest': baseClass<IVersionedNodeType>(
		'HttpRequest/HttpRequest.node.js',
		'HttpRequest',
	),
};

const nodeTypes = {
	getByName: (name: string) => types[name],
	getByNameAndVersion: (name: string, version?: number) =>
		NodeHelpers.getVersionedNodeType(types[name], version),
	getKnownTypes: () => ({}),
} as INodeTypes;

const telegentApi = packageClass<import('n8n-workflow').ICredentialType>(
	'credentials/TelegentApi.credentials.js',
	'TelegentApi',
);
const { resetProcessState } = fromPackage('./dist/transport/processState.js') as {
	resetProcessState: () => void;
};

/**
 * Hands out credentials at once, where the real n8n asks its database and decrypts: for Telegent once a run, for
 * Twilio twice a message. The Twilio node's address is fixed; here, where n8n adds its password, it is also led to the
 * local server. `asTelegent` makes a Telegent send of it, so that it can be measured against the sandbox.
 */
function credentialsHelper(job: Job, watch: MemoryWatch | undefined): ICredentialsHelper {
	const values: Record<string, IDataObject> = {
		telegentApi: {
			accountKey: job.accountKey,
			accountSecret: job.accountSecret,
			baseUrl: job.url,
			requestsPerMinute: job.requestsPerMinute ?? 0,
			defaultCountryCode: '1',
		},
		twilioApi: { authType: 'authToken', accountSid: 'ACbench', authToken: 'bench' },
	};
	return {
		getParentTypes: () => [],
		preAuthentication: async () => undefined,
		getDecrypted: async (_data: unknown, _node: unknown, type: string) => ({ ...values[type] }),
		getCredentialsProperties: () => [],
		isCredentialUsableByNode: () => true,
		async authenticate(data: never, type: string, request: IDataObject & { uri?: string }) {
			await watch?.beat();
			if (type === 'telegentApi')
				return await (telegentApi.authenticate as (...all: unknown[]) => unknown)(data, request);
			if (job.asTelegent) return asTelegent(request, job);
			request.auth = { user: 'ACbench', pass: 'bench' };
			request.uri = request.uri?.replace('https://api.twilio.com', job.url);
			return request;
		},
	} as unknown as ICredentialsHelper;
}

function asTelegent({ form }: IDataObject, job: Job): IDataObject {
	const { From, To, Body } = form as IDataObject;
	return {
		method: 'POST',
		uri: `${job.url}/v1.0/message/outbound`,
		headers: { Authorization: `Bearer ${job.token}` },
		body: { From, To: [{ Number: To }], Body },
		json: true,
	};
}

const person = (n: number) => `+1801${String(5550000 + n).padStart(7, '0')}`;

function list({ count, first = 0 }: Job): INodeExecutionData[] {
	const items = Array.from({ length: count }, (_, i) => ({
		json: { to: person(first + i), text: `Message ${first + i}: your order is on its way` },
	}));
	// As n8n reads them: V8 stores concatenated strings differently from those parsed from JSON.
	return JSON.parse(JSON.stringify(items)) as INodeExecutionData[];
}

async function execute(job: Job): Promise<Result> {
	resetProcessState();
	const watch = job.memory ? new MemoryWatch(Math.ceil(job.count / 40)) : undefined;
	const chain = chains[job.kind as keyof typeof chains](job);
	const workflow = chainOf(n8n, nodeTypes, chain, { active: true });
	const executor = new WorkflowExecute(
		additionalData(n8n, credentialsHelper(job, watch), { mode: 'trigger' }),
		'trigger',
		startData(workflow, list(job)),
	);
	await watch?.start();
	const { value: run, ...spent } = await measured(
		() => executor.processRunExecutionData(workflow),
		job.profile,
	);
	await watch?.sample();
	const { error, executionTime = 0, items } = resultOf(run.data, chain[chain.length - 1].name);
	const succeeded = items.filter(({ json }) => json.error === undefined).length;
	return {
		...spent,
		nodeMs: executionTime,
		succeeded,
		failed: items.length - succeeded,
		error: error?.message,
		memory: await watch?.result(items),
	};
}

process.on('message', (job: Job) => {
	const work = job.kind === 'bare' ? sendBare(job, list(job)) : execute(job);
	work.then(
		(result) => process.send?.({ result }),
		(error: Error) => process.send?.({ error: error.stack }),
	);
});
process.on('disconnect', () => process.exit(0));

// The engine and its settings that n8n starts with, where nothing else is configured.
await Expression.initExpressionEngine({
	engine: engine as 'vm',
	poolSize: 1,
	maxCodeCacheSize: 1024,
	bridgeTimeout: 5000,
	bridgeMemoryLimit: 128,
	lazyAcquire: false,
	compileCache: false,
} as Parameters<typeof Expression.initExpressionEngine>[0]);
process.send?.({ ready: Expression.getActiveImplementation() });

import type { Mutation } from '../mutation.mts';

const engine = (file: string, ...tests: string[]) => ({
	file: `nodes/Telegent/engine/${file}.ts`,
	tests: tests.map((test) => `test/nodes/Telegent/${test}.test.mts`),
});
const record = engine('runRecord', 'engine/runRecord', 'send/retriedExecution');
const entry = engine('runEntry', 'engine/n8n1');
const claims = engine('operationClaims', 'engine/operationClaims');
const table = engine('claimTable', 'send/sendOnce', 'engine/operationClaims');
const keys = engine('claimKeys', 'engine/claimKeys');
const policy = engine('toolPolicy', 'engine/toolPolicy', 'engine/tool');
const sendItem = engine('sendItem', 'engine/outcomes');

export const engineParts: Mutation[] = [
	{
		...{ ...record, promise: 'retried', breaks: 'keeps results of hooks that sent nothing' },
		find: 'else if (!settled.withoutRequest) run.done[key] =',
		replace: 'else run.done[key] =',
	},
	{
		...{ ...record, promise: 'retried', breaks: 'forgets what was sent before Retry On Fail' },
		...{ find: 'if (!mayBeRepeated) delete runs[runIndex];', replace: 'delete runs[runIndex];' },
		tests: ['test/nodes/Telegent/engine/runRecord.test.mts', 'test/nodes/Telegent/engine/outcomes.test.mts'],
	},
	{
		...{ ...record, promise: 'retried', breaks: 'looks a message up before Telegent lists it' },
		find: "if (context.outcome === 'unsure') run.unknownAt = Date.now();",
		replace: '',
	},
	{
		...{ ...record, promise: 'retried', breaks: 'sends with a second retry what the first one sent' },
		find: 'const run = (retries && stored && retriedRuns.get(stored.id)) || stored || began;',
		replace: 'const run = stored || began;',
	},
	{
		...{ ...record, promise: 'retried', breaks: 'lets two retries of an execution run at the same time' },
		find: 'lock: stored ? run.id : JSON.stringify([context.getWorkflow().id, node.id]),',
		replace: '',
	},
	{
		...{ ...record, promise: 'retried', breaks: 'hides that an outcome was unknown' },
		find: 'error.context.outcome = outcome;\n\treturn error;',
		replace: "error.context.outcome = 'notDone';\n\treturn error;",
	},
	{
		...{ ...record, promise: 'retried', breaks: "mixes up a tool's calls of two executions" },
		find: 'JSON.stringify([context.getWorkflow().id, context.getExecutionId(), id, name])',
		replace: 'JSON.stringify([context.getWorkflow().id, id, name])',
	},
	{
		...{ ...entry, promise: 'retried', breaks: 'sends again what a worker of n8n 1 had begun' },
		...{ find: "state.value !== 'new'", replace: "state.value === 'done'" },
	},
	{
		...{ ...entry, promise: 'retried', breaks: 'leaves the entry of a run that ended' },
		...{ find: 'table.release(entry);', replace: '' },
	},
	{
		...{ ...claims, promise: 'retried', breaks: 'orders again what a crashed execution may have ordered' },
		find: 'return { error: mayHaveBeenDone(item) };',
		replace: 'return undefined;',
	},
	{
		...{ ...claims, promise: 'retried', breaks: 'refuses for good what surely was not done' },
		...{ find: "if (outcome === 'notDone') this.table.release(key);", replace: '' },
	},
	{
		...{ ...claims, promise: 'retried', breaks: 'orders again what a worker of n8n 1 had begun' },
		find: "const continues = this.setup.record?.earlier !== undefined || thisRun !== 'new';",
		...{ replace: 'const continues = this.setup.record?.earlier !== undefined;' },
		tests: [
			'test/nodes/Telegent/engine/operationClaims.test.mts',
			'test/nodes/Telegent/engine/n8n1.test.mts',
		],
	},
	{
		...{ ...claims, promise: 'retried', breaks: 'keeps claims of a run that ended' },
		find: 'if (!continues) for (const key of this.claimed.values()) this.table.release(key);',
		replace: '',
	},
	{
		...{ ...claims, promise: 'retried', breaks: 'takes an item for another one with the same content' },
		...{
			find: 'JSON.stringify([route, index, body, query])',
			replace: 'JSON.stringify([route, body, query])',
		},
	},
	{
		...{ ...keys, promise: 'retried', breaks: 'sends what another process claimed at the same moment' },
		...{
			find: 'if (attempt > 1 && known.has(marker)) return others;',
			replace: 'if (attempt > 1) return others;',
		},
	},
	{
		...{ ...keys, promise: 'retried', breaks: 'claims what another process overwrites each time' },
		...{ find: 'return new Set([...others, ...open]);', replace: 'return others;' },
	},
	{
		...{ ...keys, promise: 'retried', breaks: 'loses what was sent to a call of another process' },
		...{ find: 'if (attempt > 1 && known.has(marker)) return;', replace: 'return;' },
	},
	{
		...{ ...table, promise: 'retried', breaks: 'gives the same claim twice where two ask at once' },
		...{ find: "if ('value' in states) states.value.delete(key);", replace: '' },
	},
	{
		...{ ...table, promise: 'retried', breaks: 'marks as done everything that it asks about' },
		find: 'const written = keys.map(doneEntry).filter((entry) => !done.has(entry));',
		replace: 'const written: string[] = [];',
	},
	{
		...{ ...engine('unconfirmed', 'engine/outcomes'), promise: 'once' },
		breaks: 'takes an empty response for success',
		find: "if (safety !== 'once' || route.startsWith('DELETE ') || !records.every(isEmpty)) return;",
		replace: 'if (records) return;',
	},
	{
		...{ ...engine('unconfirmed', 'engine/outcomes'), promise: 'once' },
		breaks: 'takes an unreadable response for not done',
		find: "const outcome = safety === 'once' ? 'unsure' : 'notDone';",
		replace: "const outcome = 'notDone';",
	},
	{
		...{ ...sendItem, promise: 'once', breaks: 'reports what Telegent did as not done' },
		...{ find: "error.context.outcome = 'done';", replace: '' },
	},
	{
		...{ ...sendItem, promise: 'once', breaks: 'looks for messages that Telegent rejected' },
		...{ find: "if (outcomeOfError(error) !== 'unsure') return { error };", replace: '' },
		only: 'Check First',
		tests: ['test/nodes/Telegent/send/send.test.mts'],
	},
	{
		...{ ...policy, promise: 'tool', breaks: 'lets the model set its own limits' },
		...{ find: 'if (tool) assertLimitsNotModelControlled(context);', replace: '' },
	},
	{
		...{ ...policy, promise: 'tool', breaks: 'lets the model set the safeguards' },
		find: "const LIMIT_PARAMETERS = ['allowCostlyOrFinal', 'dryRun', 'safeguards'];",
		replace: "const LIMIT_PARAMETERS = ['allowCostlyOrFinal', 'dryRun'];",
	},
	{
		...{ ...policy, promise: 'tool', breaks: "trusts the node's own parameters" },
		...{ find: 'return name === own || /\\\\|\\$\\{/.test', replace: 'return /\\\\|\\$\\{/.test' },
	},
	{
		...{ ...policy, promise: 'tool', breaks: 'allows what costs money unless the first item costs some' },
		find: 'context.getInputData().map((_, index) => stakesOf(operation, parameters(index)));',
		replace: '[stakesOf(operation, parameters(0))];',
	},
	{
		...{ ...policy, promise: 'tool', breaks: 'carries out what a dry run shows' },
		find: "if (dryRun && operation.safety !== 'read') return { hooks: dryRunHooks(operation) };",
		replace: '',
	},
];

import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { shape } from '../engine/answers';
import type { Operation, Stakes, Steps } from '../engine/operation';

/** Parameters that bind the model, and so must not come from it. */
const BINDING = ['allowCostlyOrFinal', 'dryRun', 'safeguards'];
/** What the model's words can reach: `$json` of a tool is what the model gave it. */
const FROM_MODEL = /\$(fromai|json|input|data|binary)\b/i;

const WHY: Record<Stakes, string> = {
	final: 'it cannot be undone',
	money: 'it can cost money',
};

/** Whether a model calls the node: as a tool of an agent, or in n8n's own agents, which run nodes without a workflow. */
export function isTool(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool') || context.getMode() === 'internal';
}

/**
 * Whether an error is an answer, as n8n's newer agents take it. The older ones would end their run, and none would hear
 * more than the message: not that a message may have gone out, for instance.
 */
export function answersErrors(context: IExecuteFunctions): boolean {
	const { onError, type } = context.getNode();
	// A person's review that could not be asked for is no answer.
	return isTool(context) && !type.endsWith('HitlTool') && onError !== 'stopWorkflow';
}

/**
 * The answer for a model that calls what costs money or is final, where the person has not allowed that. It is an
 * answer and no error, because an error ends the run of many agents.
 * @throws NodeOperationError where a parameter that binds the model is left to the model
 */
export function refusal(context: IExecuteFunctions, operation: Operation): IDataObject | undefined {
	if (!isTool(context)) return undefined;
	bindingIsOurs(context);
	const stakes = context.getInputData().map((_, index) => stakesOf(context, operation, index));
	const [highest] = stakes.filter((one) => one !== undefined);
	const allowed = ['allowCostlyOrFinal', 'dryRun'].some(
		(name) => context.getNodeParameter(name, 0, false) === true,
	);
	if (!highest || allowed) return undefined;
	const { name } = context.getNode();
	return {
		status: 'refused',
		reason:
			`"${operation.action}" is not allowed here, because ${WHY[highest]}. Nothing was done, and trying again changes nothing. ` +
			`A person can allow it in the node "${name}" with Allow Costly or Final Operations.`,
	};
}

function stakesOf(context: IExecuteFunctions, { stakes }: Operation, index: number): Stakes | undefined {
	if (typeof stakes !== 'function') return stakes;
	return stakes((name) => context.getNodeParameter(name, index, null) ?? undefined);
}

function bindingIsOurs(context: IExecuteFunctions): void {
	const { parameters } = context.getNode();
	const given = BINDING.map((name) => JSON.stringify(parameters[name] ?? '')).join(' ');
	if (!FROM_MODEL.test(given)) return;
	throw new NodeOperationError(
		context.getNode(),
		'The limits of this tool depend on what the model says, so they would bind nobody',
		{
			description:
				"Nothing was done. Take $fromAI, $json and $input out of Safeguards, Dry Run and Allow Costly or Final Operations. Another node’s data is fine: {{ $('Trigger').item.json.From }}.",
		},
	);
}

/** In place of an operation's own steps where a tool is only tried out: what would have been sent is the answer. */
export function dryRun(context: IExecuteFunctions, operation: Operation): Steps | undefined {
	if (operation.safety === 'read' || context.getNodeParameter('dryRun', 0, false) !== true) return undefined;
	return {
		prepare: ({ sent }) => ({
			status: 'dryRun',
			reason: `"${operation.action}" was only tried out. Nothing was done.`,
			request: shape(sent, operation, false, false),
		}),
	};
}

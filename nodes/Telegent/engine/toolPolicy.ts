import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { simplifyAndMask } from './response';
import { payloadOf, type Item, type Operation, type OperationHooks, type Stakes } from './operation';
import type { Read } from './parameters';
import { toBoolean } from '../../shared/values';
import { withLabel } from '../../shared/wording';
import { isTool } from './caller';

/** Parameters that limit the model, and so must not come from it. */
const LIMIT_PARAMETERS = ['allowCostlyOrFinal', 'dryRun', 'safeguards'];
/**
 * Names in an expression that the model does not control. It controls all others: `$json` and `$input` of a tool are the
 * model's input, and so are the node's own parameters, by `$parameter` or by the node's name.
 */
const NOT_FROM_MODEL =
	/^\$(?:average|env|execution|if|ifEmpty|itemIndex|jmesPath|jmespath|max|min|mode|not|now|runIndex|secrets|today|vars|workflow)$/;
/** A node that an expression names: `$('Trigger')`, `$node["Trigger"]`, `$node.Trigger`, `$items("Trigger")`. */
const NAMED_NODE =
	/\$(?:(?:node\s*\[|items\s*\(|\()\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1(?=\s*[\]),])|node\.(\w+))/g;

const WHY: Record<Stakes, string> = {
	final: "it can't be undone",
	money: 'it can cost money',
};

/** What the limits of a tool make of its call: an output item instead of the operation, or hooks instead of its own. */
export interface ToolPolicy {
	refusal?: IDataObject;
	hooks?: OperationHooks;
}

/**
 * Refuses operations that cost money or are final, unless the tool allows them, and carries none out in a dry run. A
 * refusal is an output item and not an error, because an error ends the run of many agents.
 * @param parameters reader of the node's parameters for each item
 * @throws NodeOperationError where a parameter that limits the model is controlled by the model
 */
export function toolPolicy(
	context: IExecuteFunctions,
	operation: Operation,
	parameters: (index: number) => Read,
): ToolPolicy {
	const tool = isTool(context);
	if (tool) assertLimitsNotModelControlled(context);
	if (!tool && operation.safety === 'read') return {};
	const read = parameters(0);
	const dryRun = isDryRun(context, read);
	if (dryRun && operation.safety !== 'read') return { hooks: dryRunHooks(operation) };
	if (!tool || dryRun || isClearlyTrue(read('allowCostlyOrFinal'))) return {};
	const stakes = context.getInputData().map((_, index) => stakesOf(operation, parameters(index)));
	const highest = stakes.find((one) => one !== undefined);
	return highest ? { refusal: refusalFor(context, operation, highest) } : {};
}

function refusalFor(context: IExecuteFunctions, operation: Operation, stakes: Stakes): IDataObject {
	const { name } = context.getNode();
	return {
		status: 'refused',
		reason:
			`"${operation.action}" isn't allowed for this tool, because ${WHY[stakes]}. Nothing was done. Don't try again. ` +
			`To allow it, a person must turn on 'Allow Paid or Irreversible Operations' in the "${name}" node.`,
	};
}

/** Whether a switch is on; a value that is neither on nor off counts as off. */
function isClearlyTrue(given: unknown): boolean {
	try {
		return toBoolean(given);
	} catch {
		return false;
	}
}

/** @throws NodeOperationError where it is neither on nor off */
function isDryRun(context: IExecuteFunctions, read: Read): boolean {
	try {
		return toBoolean(read('dryRun') ?? false);
	} catch (error) {
		const description = "Nothing was done. Turn 'Dry Run' on or off.";
		const message = withLabel('Dry Run', (error as Error).message);
		throw new NodeOperationError(context.getNode(), message, { description });
	}
}

function stakesOf({ stakes }: Operation, read: Read): Stakes | undefined {
	return typeof stakes === 'function' ? stakes(read) : stakes;
}

function assertLimitsNotModelControlled(context: IExecuteFunctions): void {
	const { name, parameters } = context.getNode();
	const given = LIMIT_PARAMETERS.flatMap((binding) => textsIn(parameters[binding]));
	const found = given.flatMap((text) => modelControlledRefs(text, name));
	if (found.length === 0) return;
	throw new NodeOperationError(
		context.getNode(),
		"The model could change this tool's limits, so the tool wasn't run",
		{
			description: `Nothing was done. Remove ${[...new Set(found)].join(', ')} from 'Safeguards', 'Dry Run' and 'Allow Paid or Irreversible Operations', because the model controls it. Data from another node is fine, for example {{ $('Trigger').item.json.From }}.`,
		},
	);
}

/** All texts in a value, however deep: where n8n allows no expression, it leaves one without its `=`. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/**
 * Names in an expression that the model may control, such as `$json`. Pure.
 * @param own name of the node itself
 */
export function modelControlledRefs(expression: string, own: string): string[] {
	const rest = expression.replace(NAMED_NODE, (all, _quote, quoted?: string, plain?: string) => {
		const name = quoted?.replace(/\\(["'`\\])/g, '$1') ?? plain;
		return name === own || /\\|\$\{/.test(name ?? '') ? all : '';
	});
	return (rest.match(/\$(?:[A-Za-z_]\w*|\()/g) ?? []).filter((word) => !NOT_FROM_MODEL.test(word));
}

/** Hooks that replace those of the operation in a dry run: each item's output is the request that was not made. */
function dryRunHooks(operation: Operation): OperationHooks {
	return {
		beforeQueue: (item) => ({
			status: 'dryRun',
			reason: `'Dry Run' is on, so "${operation.action}" wasn't run. Nothing was done.`,
			request: simplifyAndMask(shownRequest(item, operation), operation, false, false),
		}),
	};
}

/** What would be sent; for API Request, whose route the parameters decide, the route too. */
function shownRequest(item: Item, operation: Operation): IDataObject {
	if (operation.value !== 'request') return payloadOf(item);
	const { body, query = {}, route } = item.request;
	const [Method, Path] = route.split(' ');
	const QueryParameters = Object.entries(query).map(([Name, Value]) => ({ Name, Value }));
	return { Method, Path, QueryParameters, ...(body && { RequestBody: body }) };
}

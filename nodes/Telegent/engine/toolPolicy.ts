import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { simplifyAndMask } from './response';
import { payloadOf, type Item, type Operation, type OperationHooks, type Stakes } from './operation';
import { parametersOf, type Read } from './parameters';
import { toBoolean } from '../../shared/values';
import { isTool } from './caller';

/** Parameters that bind the model, and so must not come from it. */
const LIMIT_PARAMETERS = ['allowCostlyOrFinal', 'dryRun', 'safeguards'];
/**
 * What an expression can name that holds nothing of the model's. Everything else may: `$json` and `$input` of a tool are
 * what the model gave it, and so are the node's own parameters, by `$parameter` or its name.
 */
const NOT_FROM_MODEL =
	/^\$(?:average|env|execution|if|ifEmpty|itemIndex|jmesPath|jmespath|max|min|mode|not|now|runIndex|secrets|today|vars|workflow)$/;
/** A node that an expression names: `$('Trigger')`, `$node["Trigger"]`, `$node.Trigger`, `$items("Trigger")`. */
const NAMED_NODE =
	/\$(?:(?:node\s*\[|items\s*\(|\()\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1(?=\s*[\]),])|node\.(\w+))/g;

const WHY: Record<Stakes, string> = {
	final: 'it cannot be undone',
	money: 'it can cost money',
};

/**
 * The answer for a model that calls what costs money or is final, where the person has not allowed that. It is an
 * answer and no error, because an error ends the run of many agents.
 * @throws NodeOperationError where a parameter that binds the model is left to the model
 */
export function toolRefusal(context: IExecuteFunctions, operation: Operation): IDataObject | undefined {
	if (!isTool(context)) return undefined;
	assertLimitsNotModelControlled(context);
	const read = parametersOf(context);
	const stakes = context.getInputData().map((_, index) => stakesOf(operation, read(index)));
	const [highest] = stakes.filter((one) => one !== undefined);
	const allowed =
		isDryRun(context) || isClearlyTrue(context.getNodeParameter('allowCostlyOrFinal', 0, false));
	if (!highest || allowed) return undefined;
	const { name } = context.getNode();
	return {
		status: 'refused',
		reason:
			`"${operation.action}" is not allowed here, because ${WHY[highest]}. Nothing was done, and trying again changes nothing. ` +
			`A person can allow it in the node "${name}" with Allow Costly or Final Operations.`,
	};
}

/** Only a clear yes allows. */
function isClearlyTrue(given: unknown): boolean {
	try {
		return toBoolean(given);
	} catch {
		return false;
	}
}

/** @throws NodeOperationError where it is neither on nor off */
function isDryRun(context: IExecuteFunctions): boolean {
	const given = context.getNodeParameter('dryRun', 0, false);
	try {
		return toBoolean(given);
	} catch (error) {
		const description = 'Nothing was done. Switch it on or off.';
		throw new NodeOperationError(context.getNode(), `Dry Run: ${(error as Error).message}`, { description });
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
		'The limits of this tool depend on what the model says, so they would bind nobody',
		{
			description: `Nothing was done. Take ${[...new Set(found)].join(', ')} out of Safeguards, Dry Run and Allow Costly or Final Operations: the model can reach it. Another node’s data is fine: {{ $('Trigger').item.json.From }}.`,
		},
	);
}

/** All texts in a value, however deep: where n8n allows no expression, it leaves one without its `=`. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/**
 * What an expression names that the model's words may reach, such as `$json`. Pure.
 * @param own name of the node itself
 */
export function modelControlledRefs(expression: string, own: string): string[] {
	const rest = expression.replace(NAMED_NODE, (all, _quote, quoted?: string, plain?: string) => {
		const name = quoted?.replace(/\\(["'`\\])/g, '$1') ?? plain;
		return name === own || /\\|\$\{/.test(name ?? '') ? all : '';
	});
	return (rest.match(/\$(?:[A-Za-z_]\w*|\()/g) ?? []).filter((word) => !NOT_FROM_MODEL.test(word));
}

/** In place of an operation's own steps in a dry run of a tool: what would have been sent is the answer. */
export function dryRunHooks(context: IExecuteFunctions, operation: Operation): OperationHooks | undefined {
	if (operation.safety === 'read' || !isDryRun(context)) return undefined;
	return {
		beforeQueue: (item) => ({
			status: 'dryRun',
			reason: `'Dry Run' is on, so "${operation.action}" wasn't carried out. Nothing was done.`,
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

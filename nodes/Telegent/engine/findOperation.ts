import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import type { Operation, Resource } from './operation';
import type { Read } from './parameters';

/**
 * The operation that the node's parameters Resource and Operation name.
 * @throws NodeOperationError where there is none, such as in a workflow from a newer version of this package
 */
export function findOperation(context: IExecuteFunctions, resources: Resource[], read: Read): Operation {
	const resource = String(read('resource'));
	const entry = resources.find(({ value }) => value === resource);
	// n8n has no value for the operation of a resource that it does not know: the parameter is hidden then.
	if (!entry) throw unknownResource(context, resource);
	const value = String(read('operation'));
	const operation = entry.operations.find((one) => one.value === value);
	if (operation) return operation;
	const message = `The Telegent node has no operation "${value}" for the resource "${resource}"`;
	const description =
		"Nothing was done. Select 'Resource' and 'Operation' again. The workflow may come from a newer version of this node.";
	throw new NodeOperationError(context.getNode(), message, { description });
}

function unknownResource(context: IExecuteFunctions, resource: string): NodeOperationError {
	return new NodeOperationError(context.getNode(), `The Telegent node has no resource "${resource}"`, {
		description:
			"Nothing was done. Select 'Resource' again. The workflow may come from a newer version of this node.",
	});
}

import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import type { Operation, Resource } from './operation';
import type { Read } from './parameters';

/**
 * The operation that the node's parameters Resource and Operation name.
 * @throws NodeOperationError where there is none, such as in a workflow from a newer version of this package
 */
export function findOperation(context: IExecuteFunctions, resources: Resource[], read: Read): Operation {
	const resource = String(read('resource'));
	const value = String(read('operation'));
	const operations = resources.find((entry) => entry.value === resource)?.operations ?? [];
	const operation = operations.find((entry) => entry.value === value);
	if (operation) return operation;
	const message = `The Telegent node has no operation "${value}" for the resource "${resource}"`;
	const description =
		"Nothing was done. Select 'Resource' and 'Operation' again. The workflow may come from a newer version of this node.";
	throw new NodeOperationError(context.getNode(), message, { description });
}

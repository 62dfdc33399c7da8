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
	const operations = resources.find((entry) => entry.value === resource)?.operations;
	const operation = operations?.find((entry) => entry.value === value);
	if (operation) return operation;
	// The operation of an unknown resource is hidden, so n8n gives no value for it.
	const message = operations
		? `The Telegent node has no operation "${value}" of "${resource}"`
		: `The Telegent node has no resource "${resource}"`;
	const description =
		'Choose resource and operation again. The workflow may come from a newer version of this node.';
	throw new NodeOperationError(context.getNode(), message, { description });
}

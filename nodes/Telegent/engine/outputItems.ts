import type { IDataObject, INodeExecutionData, IPairedItemData } from 'n8n-workflow';
import type { OperationHooks } from './operation';

/** Records as output items that are paired with the input item they come from. */
export function linkedItems(records: IDataObject[], item: number): INodeExecutionData[] {
	return records.map((json) => ({ json, pairedItem: { item } }));
}

/**
 * The items of each of the node's outputs. Items on further outputs keep their binary data: the workflow may send them
 * to this node again.
 */
export function splitByOutput(
	items: INodeExecutionData[],
	input: INodeExecutionData[],
	hooks: OperationHooks,
): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = [[]];
	for (const item of items) {
		const output = hooks.output?.(item.json) ?? 0;
		const { binary } = input[(item.pairedItem as IPairedItemData).item] ?? {};
		while (outputs.length <= output) outputs.push([]);
		outputs[output].push(output > 0 && binary ? { ...item, binary } : item);
	}
	return outputs;
}

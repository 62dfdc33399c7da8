import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { describe as describeNode } from '../../nodes/Telegent/describe.ts';
import { resources } from '../../nodes/Telegent/resources/index.ts';
import { properties as triggerProperties } from '../../nodes/TelegentTrigger/fields.ts';

/*
 * What one adds to a collection one wants: a switch is on when it is added. n8n stores it with its value, so that a
 * default concerns new ones only; in a group (a fixed collection) and outside it leaves out what has its default, so
 * that there a default must never change.
 */

/** Switches that are off when added, by name, each with the reason. */
const OFF_WHEN_ADDED: Record<string, string> = {};

function switchesIn(fields: INodeProperties[], added = false): INodeProperties[] {
	return fields.flatMap((field) => {
		if (field.type === 'boolean') return added ? [field] : [];
		const options = (field.options ?? []) as Array<INodeProperties | INodePropertyCollection>;
		if (field.type === 'collection') return switchesIn(options as INodeProperties[], true);
		if (field.type !== 'fixedCollection') return [];
		return options.flatMap((group) => switchesIn((group as INodePropertyCollection).values));
	});
}

test.each([
	['Telegent', describeNode(resources)],
	['Telegent Trigger', triggerProperties],
])('%s: a switch that one adds to a collection is on', (_node, properties) => {
	const switches = switchesIn(properties);
	expect(switches.length).toBeGreaterThan(3);
	const off = switches.filter(({ default: on, name }) => on !== true && !(name in OFF_WHEN_ADDED));
	expect(off.map(({ displayName }) => displayName)).toEqual([]);
});

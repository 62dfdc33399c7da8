import type { INodeProperties } from 'n8n-workflow';
import { optionsCollection } from '../../shared/form/fields';
import type { Item } from '../engine/operation';
import { readSwitch } from '../engine/parameters';

const LABEL = 'Delete Even If in Use';

/** The options of operations that refuse to delete what a workflow uses. */
export const deleteInUseOptions = (description: string): INodeProperties => ({
	...optionsCollection,
	options: [
		{
			displayName: LABEL,
			name: 'deleteInUse',
			type: 'boolean',
			// On when added: it is added to be used.
			default: true,
			description,
		},
	],
});

/** Whether the user chose to delete it even if it is in use. @throws ParameterError */
export const deletesInUse = ({ options }: Item): boolean => readSwitch(LABEL, options.deleteInUse);

import type { INodeParameters } from 'n8n-workflow';

interface Output {
	type: 'main';
	displayName?: string;
}

/**
 * The node's outputs for its parameters. n8n evaluates it from its text, so it uses nothing from outside: types are
 * written out.
 */
function outputsFor({ operation, resource, safeguards }: INodeParameters): Output[] {
	const group = safeguards as { quietHours?: { hours?: { otherwise?: string } } } | undefined;
	const second = group?.quietHours?.hours?.otherwise === 'secondOutput';
	const names = resource === 'message' && operation === 'send' && second ? ['Sent', 'Held'] : [];
	return names.length === 0
		? [{ type: 'main' }]
		: names.map((displayName): Output => ({ type: 'main', displayName }));
}

/** What the node's description gives as its outputs. */
export const outputs = `={{ (${outputsFor.toString()})($parameter) }}` as const;

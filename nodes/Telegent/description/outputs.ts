import type { INodeParameters } from 'n8n-workflow';

interface Output {
	type: 'main';
	displayName?: string;
}

/**
 * The node's outputs for its parameters. n8n evaluates it from its text, so it uses nothing from outside: types are
 * written out.
 */
function outputsFor({ operation, options, resource, safeguards }: INodeParameters): Output[] {
	const group = safeguards as { quietHours?: { hours?: { otherwise?: string } } } | undefined;
	const names: string[] = [];
	if (resource === 'message' && operation === 'send') {
		if (group?.quietHours?.hours?.otherwise === 'secondOutput') names.push('Held');
		if ((options as { waitForDelivery?: object } | undefined)?.waitForDelivery) names.push('Not Delivered');
		if (names.length > 0) names.unshift('Sent');
	}
	return names.length === 0
		? [{ type: 'main' }]
		: names.map((displayName): Output => ({ type: 'main', displayName }));
}

/** What the node's description gives as its outputs. */
export const outputs = `={{ (${outputsFor.toString()})($parameter) }}` as const;

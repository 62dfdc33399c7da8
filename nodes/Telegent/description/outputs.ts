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
	const chosen = (options ?? {}) as { separatePending?: boolean; waitForDelivery?: object };
	const forSend = () => {
		const names: string[] = [];
		if (group?.quietHours?.hours?.otherwise === 'secondOutput') names.push('Held');
		if (chosen.waitForDelivery) names.push('Not Delivered');
		return names.length > 0 ? ['Sent', ...names] : names;
	};
	const named: Record<string, () => string[]> = {
		'message send': forSend,
		'number getOrder': () => (chosen.separatePending ? ['Finished', 'Still Pending'] : []),
	};
	const names = named[`${String(resource)} ${String(operation)}`]?.() ?? [];
	return names.length === 0
		? [{ type: 'main' }]
		: names.map((displayName): Output => ({ type: 'main', displayName }));
}

/** What the node's description gives as its outputs. */
export const outputs = `={{ (${outputsFor.toString()})($parameter) }}` as const;

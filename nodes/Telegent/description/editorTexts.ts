import type { IBuilderHint, INodeParameters, INodeTypeDescription, NodeHint } from 'n8n-workflow';

/* What n8n shows of the node outside its form. */

/**
 * What n8n shows in place of the output of a node that waits. n8n evaluates it from its text, so it uses nothing from outside.
 * @param parameters as they were entered: the editor has no items here, so an expression on them would throw
 */
function waitingText(parameters: INodeParameters): string {
	if (parameters.operation !== 'sendAndWait') return '';
	const to = String(parameters.to ?? '').trim();
	const person = /^\+?[\d\s().-]{7,25}$/.test(to) ? to : 'the recipient';
	const amount = Number(parameters.waitAmount);
	const unit = /^(minute|hour|day)s$/.exec(String(parameters.waitUnit))?.[1];
	const time = unit && amount > 0 ? `, for up to ${amount} ${unit}${amount === 1 ? '' : 's'}` : '';
	return `Waiting for a reply from ${person}${time}`;
}

const waitingNodeTooltip = `={{ (${waitingText.toString()})($rawParameter) }}`;

const hints: NodeHint[] = [
	{
		// n8n's own hint for several items says that the first one counts: true for its nodes, but not for this one.
		message:
			"Each execution can wait for only one person. With several recipients, or several input items while 'Execute Once' is off, this node sends nothing and stops. To ask several people, call a sub-workflow with this node once per item.",
		type: 'warning',
		location: 'outputPane',
		whenToDisplay: 'always',
		// The recipients first: without input items, n8n throws at $input.
		displayCondition:
			'={{ $parameter.operation === "sendAndWait" && (/[,;]/.test($parameter.to) || $input.all().length > 1) }}',
	},
];

/** For n8n's AI workflow builder. */
const nodeBuilderHint: IBuilderHint = {
	searchHint:
		"Sends SMS and MMS from Telegent numbers, and manages numbers, routes, SIMs and subscribers. To start a workflow with incoming messages, use the Telegent Trigger. For a list, pass one item per recipient to one node with resource message and operation send: the node keeps to the account's rate limit, so add no loop and no Wait node. To ask a person and continue with the reply, use operation sendAndWait, for one person per execution. Leave Retry On Fail off: the node retries by itself what is safe to retry. Write phone numbers as +18015550123.",
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-telegent.telegentTrigger',
			relationHint:
				'Starts the workflow when a message, delivery receipt, call event or order update arrives',
		},
		{
			nodeType: 'n8n-nodes-telegent.telegentTool',
			relationHint: "The tool version for an AI Agent, with limits that the model can't change",
		},
	],
};

export const nodeTexts = {
	waitingNodeTooltip,
	hints,
	builderHint: nodeBuilderHint,
} satisfies Partial<INodeTypeDescription>;

import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../engine/operation';

/* Fields that only the tool for n8n's AI Agent shows (display option `@tool`). */

const TOOL = '@tool';
const ONLY_TOOL = { show: { [TOOL]: [true] } };

const allowCostlyOrFinal: INodeProperties = {
	displayName: 'Allow Paid or Irreversible Operations',
	name: 'allowCostlyOrFinal',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	displayOptions: ONLY_TOOL,
	description:
		"Whether the model can run operations that cost money or can't be undone. If off, they're refused and the agent continues.",
};

const toolDryRun: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	displayOptions: ONLY_TOOL,
	description: 'Whether to return the request that would be sent to Telegent, without sending it',
};

const toolDescription: INodeProperties = {
	displayName: 'Tool Description',
	name: 'toolDescription',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: '',
	displayOptions: ONLY_TOOL,
	description: 'The text the model reads to decide when and how to use this tool',
};

/** n8n uses it for the human review of tool calls, not as a tool: the model must not choose whom to ask. */
const REVIEW = 'sendAndWait';

/** The fields that an operation has only as a tool. */
export function toolFields(operation: Operation): INodeProperties[] {
	const { fields, safety, stakes, value } = operation;
	if (value === REVIEW) return [];
	const guarded = safety !== 'read' && !fields.some(({ name }) => name === 'safeguards');
	return [
		// n8n's own text, "Send a message in Telegent", has too little information for a model.
		{ ...toolDescription, default: descriptionForModel(operation) },
		...(stakes ? [allowCostlyOrFinal] : []),
		...(guarded ? [toolDryRun] : []),
	];
}

const STAKES = {
	final: "This can't be undone.",
	money: 'This can cost money.',
};

/** The tool description for the model: the operation's own, its effects, and its costs. Pure. */
export function descriptionForModel({ description, forModel, safety, stakes }: Operation): string {
	const sentence = /[.!?]$/.test(description) ? description : `${description}.`;
	const parts = [
		`Telegent (phone numbers and text messages): ${sentence}`,
		forModel,
		safety === 'read' ? 'Read-only: nothing is sent or changed.' : undefined,
		typeof stakes === 'string' ? STAKES[stakes] : undefined,
		stakes
			? "It may be refused: the response then has the status refused and a reason. Don't try again then."
			: undefined,
	];
	return parts.filter(Boolean).join(' ');
}

/** As a tool, required texts without a default have a `$fromAI` expression as default, so that the model fills them in. */
export function asToolToo(field: INodeProperties, { request, value }: Operation): INodeProperties[] {
	const { default: preset, required, type, typeOptions } = field;
	const free = required && type === 'string' && preset === '' && typeOptions?.password !== true;
	if (!free || request || value === REVIEW) return [field];
	const { hide, show } = field.displayOptions ?? {};
	return [
		{ ...field, displayOptions: { ...(show && { show }), hide: { ...hide, [TOOL]: [true] } } },
		{
			...field,
			default: fromAiExpression(field),
			displayOptions: { ...(hide && { hide }), show: { ...show, [TOOL]: [true] } },
		},
	];
}

/** As the editor writes it for "Let the model define this parameter", so that it shows it like that. */
function fromAiExpression({ description = '', displayName }: INodeProperties): string {
	const key = displayName.replace(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 64);
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${description.replace(/[`$\\]/g, '')}\`, 'string') }}`;
}

import type { INodeProperties, INodePropertyMode, INodePropertyRegexValidation } from 'n8n-workflow';

/*
 * What n8n checks of a value that was typed into a resource locator: at once in the editor, and again before an
 * execution, which it refuses. So only what can never be right is refused here. Empty values pass: n8n demands those
 * that are required, and an optional locator may stay empty. n8n matches the whole value, and no expressions.
 */

const rule = (regex: string, errorMessage: string): INodePropertyRegexValidation => ({
	type: 'regex',
	properties: { regex, errorMessage },
});

/** By the label of the mode. */
const RULES: Record<string, INodePropertyRegexValidation> = {
	'By ID': rule(
		String.raw`\s*\S*\s*`,
		'An ID has no spaces',
	),
	// Full-width digits are digits too (e164.ts). The shortest national numbers have four.
	'By Number': rule(
		String.raw`(?:\s*(?:[Tt][Ee][Ll]:)?(?:[^A-Za-z\d０-９]*[\d０-９]){4,20}[^A-Za-z\d０-９]*|\s*)`,
		'Not a phone number. Use the format +18015550100.',
	),
};

/** The field, and those inside it, with the checks of their locators. */
export function withValidation(field: INodeProperties): INodeProperties {
	const { modes, options } = field;
	return {
		...field,
		...(modes && { modes: modes.map(validated) }),
		...(options && { options: options.map((option) => insideOf(option)) }),
	};
}

type Option = NonNullable<INodeProperties['options']>[0];

function insideOf(option: Option): Option {
	if ('values' in option) return { ...option, values: option.values.map(withValidation) };
	return 'displayName' in option ? withValidation(option) : option;
}

function validated(mode: INodePropertyMode): INodePropertyMode {
	const own = mode.type === 'string' ? RULES[mode.displayName] : undefined;
	return own ? { ...mode, validation: [own] } : mode;
}

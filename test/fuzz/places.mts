import type { INodeParameters, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { entries } from '../contract/cases.mts';
import { formsFor, type Form } from '../faults/operations.mts';
import { sendAndWait } from '../support/n8n/waitHost.mts';
import { OWN_NUMBER } from '../support/sandbox.mts';

/* Every parameter that an expression can fill, in a form whose other parameters are valid. */

export interface Place {
	form: Form;
	/** Names of the parameters from the outside to the inside; a number is an index. */
	path: Array<string | number>;
	field: INodeProperties;
}

const EXPRESSION = '={{ $json.given }}';
const NO_VALUE = ['notice', 'button', 'curlImport', 'callout'];
const TEXT = {
	from: { __rl: true, mode: 'number', value: OWN_NUMBER },
	...{ to: '+12025550142', body: 'Hi', message: 'Hi' },
};

/** Operations that make no request of the contract's, or several. */
const OTHERS: Record<string, INodeParameters> = {
	'message.sendAndWait': sendAndWait('+12025550142'),
	'conversation.get': { phoneNumber: TEXT.from, otherParty: '+12025550142' },
};

export function placesOf(seed: number): Place[] {
	const forms = formsFor(seed);
	return entries.flatMap(([name, entry, resource]) => {
		const found = forms.find((one) => one.name === name || one.name === `${name} POST`);
		const form: Form = found ?? {
			...{ group: resource.value, name, route: '', class: 'read', items: [{}] },
			parameters: { resource: resource.value, operation: entry.value, ...TEXT, ...OTHERS[name] },
		};
		return unique(entry.fields.flatMap((field) => inside(field, []))).map(([path, field]) => ({
			...{ form, path, field },
		}));
	});
}

type Found = [path: Place['path'], field: INodeProperties];

/** Fields that look different after another choice have one name. */
const unique = (found: Found[]): Found[] => [
	...new Map(found.map((one) => [one[0].join('.'), one])).values(),
];

function inside(field: INodeProperties, above: Place['path']): Found[] {
	if (NO_VALUE.includes(field.type)) return [];
	const path = [...above, field.name];
	const own: Found[] = field.noDataExpression ? [] : [[path, field]];
	if (field.type === 'collection')
		return [...own, ...(field.options as INodeProperties[]).flatMap((inner) => inside(inner, path))];
	if (field.type !== 'fixedCollection') return own;
	const index = field.typeOptions?.multipleValues ? [0] : [];
	const groups = field.options as INodePropertyCollection[];
	return [
		...own,
		...groups.flatMap(({ name, values }) =>
			values.flatMap((inner) => inside(inner, [...path, name, ...index])),
		),
	];
}

/** The form with this parameter from an expression. */
export function withExpression({ field, form, path }: Place): INodeParameters {
	const parameters = structuredClone(form.parameters);
	type Holder = Record<string | number, unknown>;
	let holder = parameters as Holder;
	for (const [at, key] of path.slice(0, -1).entries()) {
		if (typeof holder[key] !== 'object' || holder[key] === null)
			holder[key] = typeof path[at + 1] === 'number' ? [{}] : {};
		holder = holder[key] as Holder;
	}
	const mode = field.modes?.find(({ type }) => type !== 'list')?.name ?? 'list';
	holder[path.at(-1) as string] =
		field.type === 'resourceLocator' ? { __rl: true, mode, value: EXPRESSION } : EXPRESSION;
	return parameters;
}

import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Operation, QueryParameter, Schema } from './contract.mts';
import type { FieldErrors } from './errors.mts';

type Part = 'body' | 'query';

const formats = {
	uri: (text: string) => URL.canParse(text),
	email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
	int32: true as const,
};
const FORMAT_NAMES: Record<string, string> = { uri: 'fully-qualified URL', email: 'e-mail address' };

const bodyAjv = new Ajv({ allErrors: true, strict: false, formats });
/** Query parameters arrive as text. */
const queryAjv = new Ajv({ allErrors: true, strict: false, formats, coerceTypes: true });

const compiled = new Map<string, ValidateFunction>();

/** Fields that may be empty although they are required: an MMS needs no words. */
const MAY_BE_EMPTY = new Set(['Body']);

function fieldSchema(name: string, schema: Schema, isRequired: boolean, strict: boolean): object {
	const { properties, items, required, type, format, enum: values, minLength, maxLength } = schema;
	const nullable = !isRequired || schema.nullable === true;
	const kind = type ?? (properties ? 'object' : undefined);
	const notEmpty = isRequired && kind === 'string' && !MAY_BE_EMPTY.has(name);
	return {
		...(kind && { type: nullable ? [kind, 'null'] : kind }),
		...(format && { format }),
		...(values && { enum: nullable ? [...values, null] : values }),
		...((minLength ?? notEmpty) && { minLength: minLength ?? 1 }),
		...(maxLength && { maxLength }),
		...(properties && objectParts(properties, required, strict)),
		...(items && { items: fieldSchema(name, items, true, strict) }),
	};
}

function objectParts(properties: Record<string, Schema>, required: string[] = [], strict: boolean): object {
	const fields = Object.entries(properties).map(([name, schema]) => [
		name,
		fieldSchema(name, schema, required.includes(name), strict),
	]);
	return { properties: Object.fromEntries(fields), required, ...(strict && { additionalProperties: false }) };
}

const bodySchema = ({ properties = {}, required }: Schema, strict: boolean): object => ({
	type: 'object',
	...objectParts(properties, required, strict),
});

function querySchema(parameters: QueryParameter[], strict: boolean): object {
	const properties = Object.fromEntries(
		parameters.map(({ name, type, enum: values }) => [name, { type, ...(values && { enum: values }) }]),
	);
	const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
	return { type: 'object', properties, required, ...(strict && { additionalProperties: false }) };
}

function validator(operation: Operation, part: Part, strict: boolean): ValidateFunction {
	const key = `${operation.method} ${operation.path} ${part} ${strict}`;
	const known = compiled.get(key);
	if (known) return known;
	const validate =
		part === 'body'
			? bodyAjv.compile(bodySchema(operation.body ?? {}, strict))
			: queryAjv.compile(querySchema(operation.query ?? [], strict));
	compiled.set(key, validate);
	return validate;
}

/** `/To/0/Number` → `To[0].Number` */
function fieldName({ instancePath, keyword, params }: ErrorObject): string {
	const leaf = keyword === 'required' ? params.missingProperty : params.additionalProperty;
	const parts = [...instancePath.split('/').slice(1), ...(leaf === undefined ? [] : [String(leaf)])];
	return parts.map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : index ? `.${part}` : part)).join('');
}

function sentence(error: ErrorObject, field: string): string {
	const { keyword, params } = error;
	if (keyword === 'required' || keyword === 'minLength') return `The ${field} field is required.`;
	if (keyword === 'type')
		return `The ${field} field must be of type ${[params.type].flat().filter((type) => type !== 'null')}.`;
	if (keyword === 'enum')
		return `The ${field} field must be one of: ${params.allowedValues.filter((value: unknown) => value !== null).join(', ')}.`;
	if (keyword === 'format') return `The ${field} field is not a valid ${FORMAT_NAMES[params.format]}.`;
	if (keyword === 'maxLength')
		return `The field ${field} must be a string with a maximum length of ${params.limit}.`;
	return `The ${field} field is not part of this request.`;
}

/** What is wrong with a request by the contract; empty when nothing is. Query values are coerced in place. */
export function contractErrors(
	operation: Operation,
	part: Part,
	value: object,
	strict: boolean,
): FieldErrors {
	const validate = validator(operation, part, strict);
	const errors: FieldErrors = {};
	if (validate(value)) return errors;
	for (const error of validate.errors ?? []) {
		const field = fieldName(error);
		const text = sentence(error, field);
		if (!errors[field]?.includes(text)) (errors[field] ??= []).push(text);
	}
	return errors;
}

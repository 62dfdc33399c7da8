import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import ts from 'typescript';
import type { Operation, Resource } from '../../nodes/Telegent/engine/operation.ts';
import type { Text } from './wordingRules.mts';

/* The texts that users read: of the forms, and in the sources. */

type Choice = INodePropertyOptions | INodeProperties | INodePropertyCollection;

/** All texts of fields, with those inside collections and locators. */
export function textsOfFields(fields: INodeProperties[], above: string): Text[] {
	return fields.flatMap((field) => {
		const place = `${above}.${field.name}`;
		const { description, displayName, hint, placeholder, type } = field;
		const texts: Array<[Text['kind'], string | undefined]> = [
			[type === 'notice' ? 'notice' : 'label', type === 'hidden' ? undefined : displayName],
			['description', withoutExpressionHelp(description)],
			['hint', hint],
			['placeholder', placeholder],
		];
		return [
			...texts.flatMap(([kind, text]) => (text ? [{ place, kind, text, type }] : [])),
			...(field.modes ?? []).flatMap((mode) => textsOfMode(mode, place)),
			...((field.options ?? []) as Choice[]).flatMap((choice) => textsOfChoice(choice, place)),
		];
	});
}

/** What n8n shows of a node outside its form: in the node panel, on the canvas, in the trigger's panel, as hints. */
export function textsOfDescription({
	activationMessage,
	description,
	displayName,
	eventTriggerDescription,
	hints = [],
	triggerPanel,
}: INodeTypeDescription): Text[] {
	const panel = typeof triggerPanel === 'object' ? triggerPanel : {};
	const parts: Array<[Text['kind'], string, string | undefined]> = [
		['description', 'description', description],
		['hint', 'eventTriggerDescription', eventTriggerDescription],
		['hint', 'activationMessage', activationMessage],
		...hints.map(({ message }): (typeof parts)[0] => ['hint', 'hints', message]),
		...[panel.executionsHelp, panel.activationHint].flatMap((help) =>
			Object.values(typeof help === 'object' ? help : {}).map((text): (typeof parts)[0] => [
				'notice',
				'triggerPanel',
				text,
			]),
		),
		['notice', 'triggerPanel.header', panel.header],
	];
	return parts.flatMap(([kind, part, text]) =>
		text ? [{ place: `${displayName} ${part}`, kind, text: text.replace(/<[^>]+>/g, '') }] : [],
	);
}

/** n8n's linter demands these sentences word for word. */
const withoutExpressionHelp = (text?: string) => text?.replace(/\. Choose from the list, or specify .*$/, '');

function textsOfMode(
	{ displayName, placeholder, type }: NonNullable<INodeProperties['modes']>[0],
	above: string,
) {
	const label: Text = { place: `${above} mode`, kind: 'label', text: displayName };
	return placeholder ? [label, { ...label, kind: 'placeholder', text: placeholder, type } as Text] : [label];
}

function textsOfChoice(choice: Choice, above: string): Text[] {
	if ('values' in choice) {
		const label: Text = { place: above, kind: 'label', text: choice.displayName };
		return [label, ...textsOfFields(choice.values, above)];
	}
	if ('displayName' in choice) return textsOfFields([choice], above);
	const place = `${above}=${String(choice.value)}`;
	const text: Text = { place, kind: 'label', text: choice.name };
	return choice.description ? [text, { place, kind: 'description', text: choice.description }] : [text];
}

/** Resources whose operations name them in other words. */
const SUBJECTS: Record<string, string[]> = { numberPorting: ['port'], sim: ['SIM'] };

/** The texts of a resource and its operations, without those of their fields. */
export function textsOfResource({ description, name, operations, value }: Resource): Text[] {
	const subject = SUBJECTS[value] ?? [name];
	return [
		{ place: value, kind: 'label', text: name },
		{ place: value, kind: 'description', text: description },
		...operations.flatMap((operation) => textsOfOperation(operation, value, subject)),
	];
}

function textsOfOperation(
	{ action, description, name, value }: Operation,
	above: string,
	subject: string[],
): Text[] {
	const place = `${above}.${value}`;
	return [
		{ place, kind: 'label', text: name },
		{ place, kind: 'action', text: action },
		{ place, kind: 'operation', text: description, operation: value, subject },
	];
}

/** Texts in TypeScript files below these folders that look like prose, with at least so many words. */
export function textsInSources(places: string[], minWords = 3): Text[] {
	return places.flatMap(filesIn).flatMap((file) => {
		const found: Text[] = [];
		const visit = (node: ts.Node): void => {
			const text = proseIn(node, minWords);
			if (text) found.push({ place: `${file}: ${text.slice(0, 60)}`, kind: 'message', text });
			ts.forEachChild(node, visit);
		};
		visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
		return found;
	});
}

function filesIn(place: string): string[] {
	if (!statSync(place).isDirectory()) return [place];
	const names = readdirSync(place, { recursive: true }) as string[];
	// Patterns of what people write are no texts of ours.
	const ours = (name: string) => name.endsWith('.ts') && !name.endsWith('optOutPhrases.ts');
	return names.filter(ours).map((name) => path.join(place, name));
}

/** The text of a literal, with `…` for what a template inserts, if it has the words of a sentence. */
function proseIn(node: ts.Node, minWords: number): string | undefined {
	const text = ts.isStringLiteralLike(node)
		? node.text
		: ts.isTemplateExpression(node)
			? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')
			: '';
	const words = text.match(/(?<=^|[\s('"])[A-Za-z'’-]+(?=[\s.,:;!?)'"]|$)/g) ?? [];
	// Expressions, code, and lists of words that replies are compared with.
	const other = /^\s*=?\{\{|=>|(,[a-z' ]+){5}/.test(text);
	return words.length >= minWords && !other ? text : undefined;
}

/** Strings that are passed to functions of these names, such as labels of fields that a message begins with. */
export function stringsGivenTo(
	functions: string[],
	places: string[],
): Array<{ place: string; text: string }> {
	return places.flatMap(filesIn).flatMap((place) => {
		const found: Array<{ place: string; text: string }> = [];
		const visit = (node: ts.Node): void => {
			if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && functions.includes(calleeOf(node)))
				for (const argument of node.arguments ?? [])
					if (ts.isStringLiteral(argument)) found.push({ place, text: argument.text });
			ts.forEachChild(node, visit);
		};
		visit(ts.createSourceFile(place, readFileSync(place, 'utf8'), ts.ScriptTarget.Latest, true));
		return found;
	});
}

function calleeOf({ expression }: ts.CallExpression | ts.NewExpression): string {
	return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

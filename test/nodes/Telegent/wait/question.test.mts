import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import {
	loadQuestion,
	saveQuestion,
	type PendingQuestion,
} from '../../../../nodes/Telegent/wait/question.ts';

const question = { from: '+15005550100', to: '+12025550142', messageId: 'M1' } as PendingQuestion;

/** The data that n8n keeps for a node, and the two contexts that reach it. */
function nodeNamed(name: string) {
	const data: IDataObject = {};
	const expressions: string[] = [];
	const execution = { getContext: () => data } as unknown as IExecuteFunctions;
	const webhook = {
		getNode: () => ({ name }),
		evaluateExpression: (expression: string) => {
			expressions.push(expression);
			const [, quoted, key] = /^\{\{ \$node\[(".*")\]\.context\[(".*")\] \}\}$/s.exec(expression) ?? [];
			return JSON.parse(quoted) === name ? data[JSON.parse(key) as string] : undefined;
		},
	} as unknown as IWebhookFunctions;
	return { data, execution, expressions, webhook };
}

describe('the pending question of a node', () => {
	test.each(['Telegent', 'Ask "Ana"', "it's", 'a\\b', 'line\nbreak', '{{ $json.x }}', '}} {{'])(
		'is found again when the node is named %j',
		(name) => {
			const { execution, expressions, webhook } = nodeNamed(name);
			saveQuestion(execution, question);
			expect(loadQuestion(webhook)).toEqual(question);
			expect(expressions[0].slice(2, -2)).not.toMatch(/[{}]/);
		},
	);

	test('is undefined when nothing is awaited', () => {
		expect(loadQuestion(nodeNamed('Telegent').webhook)).toBeUndefined();
	});

	test('is stored as text, so that n8n restores it unchanged', () => {
		const { data, execution } = nodeNamed('Telegent');
		saveQuestion(execution, question);
		expect(Object.values(data)).toEqual([JSON.stringify(question)]);
	});
});

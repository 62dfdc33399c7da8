import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import {
	codeOf,
	FORM_FILE,
	FORM_TEXTS,
	isLong,
	isSentence,
	LOG_CALL,
	MESSAGE_CALL,
	tidy,
} from './messageTexts.mts';

/* The messages that people can see, read from the code of the package. */

/** A message and what it tells people to do. Values that are known only later stand as `…`. */
export interface Message {
	/** Source file, relative to the repository. */
	file: string;
	text: string;
	/** What the code itself says to do about it; empty where it says nothing. */
	advice: string;
}

/** All messages of the package, in the order of files and lines, each once. */
export function messagesOf(root: string, folders = ['credentials', 'transport', 'nodes']): Message[] {
	const files = folders.flatMap((folder) => sourceFiles(path.join(root, folder)));
	const sources = files.map((file) =>
		ts.createSourceFile(path.relative(root, file), readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true),
	);
	const constants = new Map(sources.flatMap(constantsOf));
	const inlined = new Set<ts.Node>();
	const found = sources.flatMap((source) => new Finder(source, constants, inlined).find());
	const seen = new Set<string>();
	return found
		.filter(({ node }) => !inlined.has(node))
		.map(({ advice, file, text }) => ({ file, text, advice }))
		.filter(({ advice, text }) => {
			const key = `${text}\n${advice}`;
			return !seen.has(key) && Boolean(seen.add(key));
		});
}

function sourceFiles(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort();
}

/** The initializers of a file's constants, by name. */
const constantsOf = (source: ts.SourceFile) => declaredIn(source.statements);

function declaredIn(statements: Iterable<ts.Statement>): Array<[string, ts.Expression]> {
	return [...statements].flatMap((statement) =>
		ts.isVariableStatement(statement)
			? statement.declarationList.declarations.flatMap(({ initializer, name }) =>
					ts.isIdentifier(name) && initializer ? [[name.text, initializer] as [string, ts.Expression]] : [],
				)
			: [],
	);
}

/** Whether a literal is what a function gives back, a part of that, or a constant: not an argument of a call. */
function isOwnText(node: ts.Node): boolean {
	for (let one = node; one.parent; one = one.parent) {
		const { parent } = one;
		if (ts.isReturnStatement(parent) || ts.isVariableDeclaration(parent) || ts.isArrowFunction(parent))
			return true;
		if (ts.isPropertyAssignment(parent)) return true;
		// In `[…].join(' ')` and `'…'.trim()` it is what the method is called on.
		const isArgument =
			(ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== one;
		if (isArgument) return false;
	}
	return false;
}

class Finder {
	private readonly found: Array<Message & { node: ts.Node }> = [];

	private readonly used = new Set<ts.Node>();

	/** Initializers of constants that were looked up since the last message began. */
	private read = new Set<ts.Node>();

	constructor(
		private readonly source: ts.SourceFile,
		/** Initializers of the constants of all files, by name. */
		private readonly constants: Map<string, ts.Expression>,
		/** Initializers that are part of another message. */
		private readonly inlined: Set<ts.Node>,
	) {}

	find(): Array<Message & { node: ts.Node }> {
		this.visit(this.source);
		return this.found;
	}

	private visit(node: ts.Node): void {
		if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
		if (ts.isNewExpression(node) || ts.isCallExpression(node)) this.visitCall(node);
		else if (ts.isArrayLiteralExpression(node)) this.visitTuple(node);
		else if (ts.isPropertyAssignment(node) && this.isTestMessage(node)) this.add([node.initializer]);
		else if (ts.isPropertyAssignment(node) && this.isFormText(node)) return;
		else if (ts.isPropertyAssignment(node) && ts.isNumericLiteral(node.name))
			this.visitStatus(node, node.name);
		else if (this.isFallback(node)) this.add([node]);
		ts.forEachChild(node, (child) => this.visit(child));
	}

	private isFallback(node: ts.Node): node is ts.Expression {
		if (!isText(node) || this.isUsed(node) || FORM_FILE.test(this.source.fileName) || !isOwnText(node))
			return false;
		// A constant in lowercase that no message contains is what the code looks for, not what it says.
		if (
			ts.isVariableDeclaration(node.parent) &&
			node.parent.name.getText(this.source) !== 'reason' &&
			/^[a-z]/.test(this.variants(node)[0])
		)
			return false;
		// What begins with punctuation is the end of another message.
		return this.variants(node).some((text) => !/^[.,;]/.test(text) && isLong(text));
	}

	/** `404: advice`. */
	private visitStatus(node: ts.PropertyAssignment, status: ts.NumericLiteral): void {
		if (!this.variants(node.initializer).some(isSentence)) return;
		this.markUsed(node.initializer);
		this.push(`HTTP status ${status.text}`, this.joined(node.initializer));
	}

	/** `new XError(node, message, {description})`, `registrationError(ctx, message, nextStep)`. */
	private visitCall(node: ts.NewExpression | ts.CallExpression): void {
		const callee = node.expression.getText(this.source);
		const isThrown = ts.isNewExpression(node) && ts.isThrowStatement(node.parent);
		if (!isThrown && !MESSAGE_CALL.test(callee) && !LOG_CALL.test(callee)) return;
		const given = (node.arguments ?? []).flatMap((argument) =>
			ts.isObjectLiteralExpression(argument) ? this.describedIn(argument) : [argument],
		);
		const sentences = given.filter((argument) => this.variants(argument).some(isSentence));
		if (sentences.length > 0) this.add(sentences.slice(0, 2));
	}

	private describedIn(object: ts.ObjectLiteralExpression): ts.Expression[] {
		return object.properties.flatMap((property) => {
			const name = property.name?.getText(this.source);
			if (name !== 'description' && name !== 'message') return [];
			if (ts.isPropertyAssignment(property)) return [property.initializer];
			return ts.isShorthandPropertyAssignment(property) ? [property.name] : [];
		});
	}

	/** `[message, nextStep]`, or what some advice is for (a pattern of Telegent's words, a path) and the advice. */
	private visitTuple(node: ts.ArrayLiteralExpression): void {
		const [first, second, third] = node.elements;
		if (node.elements.length < 2 || node.elements.length > 3) return;
		if (!this.variants(second).some(isSentence)) return;
		const subject = this.subjectOf(first, third);
		if (subject !== undefined) {
			this.markUsed(second);
			this.push(subject, this.joined(second));
		} else if (node.elements.length === 2 && this.variants(first).some(isSentence)) this.add([first, second]);
	}

	/** What the advice of a tuple is for, in words; undefined where its first element is a message. */
	private subjectOf(first: ts.Expression, path?: ts.Expression): string | undefined {
		const [text] = this.variants(first);
		if (ts.isRegularExpressionLiteral(first)) {
			const where = path ? `, for a request to \`${this.variants(path)[0]}\`` : '';
			return `Telegent's message matches ${codeOf(first.text)}${where}`;
		}
		if (text === '') return 'The outcome of any other request is unknown';
		return text.startsWith('/') ? `The outcome of a request to \`${text}\` is unknown` : undefined;
	}

	/** `{ key, value, message }`: what n8n says if the response to a credential's test has this value. */
	private isTestMessage(node: ts.PropertyAssignment): boolean {
		const siblings = node.parent.properties.map((property) => property.name?.getText(this.source));
		return node.name.getText(this.source) === 'message' && siblings.includes('key');
	}

	private isFormText(node: ts.PropertyAssignment): boolean {
		const name = node.name.getText(this.source);
		if (!FORM_TEXTS.has(name) || this.isUsed(node.initializer) || ts.isArrowFunction(node.initializer))
			return false;
		if (name !== 'message' && name !== 'description') return true;
		const siblings = node.parent.properties.map((property) => property.name?.getText(this.source));
		return (
			FORM_FILE.test(this.source.fileName) || siblings.includes('displayName') || siblings.includes('value')
		);
	}

	private isUsed(node: ts.Node): boolean {
		for (let one: ts.Node | undefined = node; one; one = one.parent) if (this.used.has(one)) return true;
		return false;
	}

	private markUsed(node: ts.Node): void {
		this.used.add(node);
		const constant = this.constantOf(node);
		if (constant) this.used.add(constant);
	}

	/** What a name stands for: a constant of an enclosing block, else one of a file's own. */
	private constantOf(name: ts.Node): ts.Expression | undefined {
		if (!ts.isIdentifier(name)) return undefined;
		for (let scope: ts.Node | undefined = name.parent; scope; scope = scope.parent) {
			if (!ts.isBlock(scope) && !ts.isCaseClause(scope)) continue;
			const local = declaredIn(scope.statements).find(([declared]) => declared === name.text);
			if (local) return local[1];
		}
		return this.constants.get(name.text);
	}

	private add([text, advice]: ts.Expression[]): void {
		this.read = new Set();
		const description = advice ? this.joined(advice) : '';
		const texts = this.variants(text).filter(isSentence);
		this.markUsed(text);
		if (advice) this.markUsed(advice);
		for (const one of texts) this.push(one, description, text);
		for (const constant of this.read) this.inlined.add(constant);
	}

	private push(text: string, advice: string, node: ts.Node = this.source): void {
		this.found.push({ file: this.source.fileName, text: tidy(text), advice: tidy(advice), node });
	}

	private joined(expression: ts.Expression): string {
		return [...new Set(this.variants(expression).filter((one) => one !== '' && one !== '…'))].join(' Or: ');
	}

	/** What an expression can be as text; `…` stands for what is known only later. */
	private variants(node: ts.Expression, depth = 0): string[] {
		if (depth > 6) return ['…'];
		const inner = (child: ts.Expression) => this.variants(child, depth + 1);
		if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
		if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return inner(node.expression);
		if (ts.isConditionalExpression(node)) return [...inner(node.whenTrue), ...inner(node.whenFalse)];
		if (ts.isTemplateExpression(node)) {
			const spans = node.templateSpans.map(
				({ expression, literal }) => `${this.span(expression)}${literal.text}`,
			);
			return [`${node.head.text}${spans.join('')}`];
		}
		if (ts.isBinaryExpression(node)) {
			if (node.operatorToken.kind === ts.SyntaxKind.PlusToken)
				return inner(node.left).flatMap((left) => inner(node.right).map((right) => `${left}${right}`));
			return [...inner(node.left), ...inner(node.right)];
		}
		if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
			return inner(node.expression.expression);
		if (ts.isArrayLiteralExpression(node)) return [this.sequence(node.elements, depth)];
		const constant = this.constantOf(node);
		if (constant) this.read.add(constant);
		return constant ? inner(constant) : ['…'];
	}

	/** Texts one after the other, as `join(' ')` makes them. */
	private sequence(elements: readonly ts.Expression[], depth: number): string {
		return elements.map((element) => this.variants(element, depth + 1)[0]).join(' ');
	}

	/** A value in a template: its text where it is a constant, else `…`. */
	private span(expression: ts.Expression): string {
		const constant = this.constantOf(expression);
		if (!constant) return '…';
		this.read.add(constant);
		if (ts.isNumericLiteral(constant)) return constant.text.replace(/_/g, '');
		return isText(constant) ? this.variants(constant, 1)[0] : '…';
	}
}

function isText(
	node: ts.Node,
): node is ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateExpression {
	if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)) return true;
	return ts.isStringLiteral(node) && !ts.isTypeNode(node.parent) && !ts.isExpressionStatement(node.parent);
}

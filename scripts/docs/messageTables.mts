import { messagesOf, type Message } from './messages.mts';

/* The messages of the package as tables for docs/troubleshooting.md. */

/** Which table a message of a file belongs to: the first beginning of its path that fits. */
const GROUPS: Array<[path: string, group: string]> = [
	['credentials/', 'credential'],
	['transport/token.ts', 'credential'],
	['transport/errorHints.ts', 'refused'],
	['transport/', 'connection'],
	['nodes/Telegent/engine/toolPolicy.ts', 'tool'],
	['nodes/Telegent/engine/', 'items'],
	['nodes/Telegent/send/', 'send'],
	['nodes/Telegent/wait/', 'wait'],
	['nodes/shared/questions/', 'wait'],
	['nodes/Telegent/orders/', 'orders'],
	['nodes/Telegent/resources/', 'values'],
	['nodes/Telegent/routes/', 'routes'],
	['nodes/shared/routes/', 'routes'],
	['nodes/TelegentTrigger/delivery/', 'delivery'],
	['nodes/shared/inbound/', 'delivery'],
	['nodes/TelegentPollTrigger/', 'publish'],
	['nodes/TelegentTrigger/', 'publish'],
	['nodes/shared/publicUrl.ts', 'publish'],
	['nodes/shared/phone/', 'phone'],
	['nodes/shared/linearRegExp.ts', 'pattern'],
	['nodes/shared/pages.ts', 'connection'],
	['nodes/shared/takeover.ts', 'send'],
	['nodes/shared/sentRecord.ts', 'send'],
	['nodes/shared/', 'values'],
	['nodes/Telegent/', 'items'],
];

/** The groups, each of which needs its place in docs/troubleshooting.md. */
export const messageGroups = [...new Set(GROUPS.map(([, group]) => group))];

function groupOf({ file }: Message): string {
	const found = GROUPS.find(([path]) => file.startsWith(path));
	if (!found) throw new Error(`scripts/docs/messageTables.mts has no group for the messages of ${file}`);
	return found[1];
}

/** What to do where neither the message nor the code says it. */
const DEFAULT_ADVICE: Record<string, string> = {
	connection: 'Try again in a few minutes.',
	credential: 'Check the credential.',
	delivery: 'See [Webhooks](webhooks.md#what-the-trigger-answers) and [Media](receiving.md#media).',
	items: 'See [what failed items say](outputs.md#failed).',
	orders: 'Check the order with Number → Get Order.',
	pattern: 'Simplify the pattern.',
	phone: 'Write the number with + and country code.',
	publish: 'See [Receiving](receiving.md#ways-to-listen).',
	refused: 'See [what is retried](sending.md#what-is-retried-and-what-isnt).',
	routes: 'See [routes in use](receiving.md#dont-delete-a-route-in-use).',
	send: 'Check the safeguards and options of the node.',
	tool: 'See [AI agents](ai-agents.md).',
	values: 'Correct the value, or the expression that gives it.',
	wait: "Nothing to do, unless the workflow doesn't continue: see [the symptom](#a-question-gets-no-reply).",
};

/** What to do about a message that doesn't say it itself. The first that fits counts; then what its group says. */
const ADVICE: Array<[message: RegExp, advice: string]> = [
	[
		/^Telegent's message list|someone else|taken over|messages of this workflow couldn't/,
		'See [When a colleague takes over](receiving.md#when-a-colleague-takes-over).',
	],
	[
		/to collect messages|collected messages|message isn't in it yet/,
		'See [Collect messages](receiving.md#collect-messages).',
	],
	[/certificate|\(TLS\)/i, "Check the Base URL, this machine's clock, and any proxy in between."],
	[
		/Max Segments/,
		'Shorten the message, or raise Max Segments. See [segments](sending.md#segments-and-cost).',
	],
	[/SSRF/, "Allow the host of the Base URL in n8n's settings for SSRF protection."],
	[
		/asks? to wait|rate limit/i,
		'Wait until then, or lower Requests per Minute in the credential if other programs use the account.',
	],
	[/Account (Key|Secret)/, 'Check both in the credential, without spaces around them.'],
	[
		/execution was stopped/i,
		'Look at [what was sent](sending.md#if-an-execution-is-stopped-or-n8n-is-restarted) before you run it again.',
	],
	[
		/lost before a response/i,
		'The message may have gone out: see [unknown outcomes](sending.md#if-outcome-is-unknown).',
	],
	[/^Sending takes|has ended|^'.*' (reads each sender's|takes at most)/, 'Nothing to do.'],
	[
		/message list (couldn't be read \(|doesn't show|still has)|sent from … is unknown/,
		'Look the message up with Message → Get Many. See [Wait for Delivery](sending.md#wait-until-its-delivered).',
	],
	[/sent from the fallback number/, 'Nothing to do.'],
	[/Dry Run/, 'Turn off Dry Run to carry it out.'],
	[
		/Max Messages per Recipient|got … from …|can't be counted/,
		'Run it again later, or raise the limit: see [how often](sending.md#at-most-so-many-messages-per-person).',
	],
	[/Must Contain/, 'Add the text to the message.'],
	[
		/an empty field|is empty;|still contains/,
		'See [empty fields](sending.md#empty-fields-and-left-over-braces).',
	],
	[/evaluation|Redirect To/, 'See [tests](sending.md#tests-that-text-no-one).'],
	[/Max Messages/, 'Raise or remove Max Messages per Execution, or start another execution.'],
	[/Allowed Recipients/, 'Add the number to Allowed Recipients, or remove that safeguard.'],
	[
		/on the Suppression List/i,
		'The person opted out. Remove the number from the list only if they opted in again.',
	],
	[
		/Suppression List|its entry|of its … entries/i,
		'Correct the entries of the list, or remove them from it.',
	],
	[/outside the sending hours/i, 'Wait, or change [Sending Hours](compliance.md#sending-hours).'],
	[/Sending is allowed|Send From|Send Until/, 'Check [Sending Hours](compliance.md#sending-hours).'],
	[/Pattern:|Minimum:|Answers:|Choices|Wait Up To/, 'Correct the parameter, then run it again.'],
	[
		/\breach\b.*(machine|network)|https? (addresses|URLs)|(begins|starts) with http\b|WEBHOOK_URL/i,
		"Set n8n's public https address: see [Webhooks](webhooks.md#what-n8n-needs).",
	],
	[
		/workflow.*(listens|gets the messages|receives)|listens to this/i,
		'Unpublish the other workflow, or choose another way in Listen On: see [routes in use](receiving.md#if-another-workflow-uses-the-route).',
	],
	[/given back|restore|is gone/i, 'Enter the missing value with Message Route → Update or Number → Update.'],
	[
		/request is too large|neither JSON/i,
		'Something else than Telegent calls this URL, or a proxy changes the request. See [Webhooks](webhooks.md#test-it).',
	],
	[
		/address|download|files? of type|too large|server/i,
		"The file wasn't downloaded; the message itself is complete. See [Media](receiving.md#media).",
	],
	[/can.?t be reached|cannot be reached/i, 'Check the network, and the Base URL in the credential.'],
	[
		/HTTP status|didn.t succeed|unreadable|no list|isn.t a list|finish its response/,
		'Try again in a few minutes; before you send again, see [what is retried](sending.md#what-is-retried-and-what-isnt).',
	],
];

/** Advice that says only that nothing happened. */
const REASSURANCE = /^Nothing was \w+( [\w ]+)?(, and [^.]*)?\.( …)?$/;

/** Beginnings of second sentences, which stand behind many messages. */
const CONTINUATION = /^(Nothing was|To skip|Correct the value|… An earlier attempt|… The order)/;

/** The table of each group, by its name. */
export function messageTables(root: string): Map<string, string> {
	const tables = new Map<string, Message[]>(messageGroups.map((group) => [group, []]));
	for (const message of messagesOf(root)) tables.get(groupOf(message))?.push(message);
	return new Map([...tables].map(([group, messages]) => [group, table(group, messages)]));
}

function table(group: string, messages: Message[]): string {
	const advised = new Set(messages.filter(({ advice }) => advice).map(({ text }) => text));
	const told = messages.filter(
		({ advice, text }) => (advice || !advised.has(text)) && !CONTINUATION.test(text),
	);
	const sorted = told.map(split).sort((a, b) => (plain(a.text) < plain(b.text) ? -1 : 1));
	const rows = sorted.map(({ advice, text }) => `| ${cell(text)} | ${whatToDo(group, text, advice)} |`);
	return ['| Message | What to do |', '| --- | --- |', ...new Set(rows)].join('\n');
}

function whatToDo(group: string, text: string, advice: string): string {
	if (advice && !REASSURANCE.test(advice)) return cell(advice);
	const more = ADVICE.find(([message]) => message.test(text))?.[1] ?? DEFAULT_ADVICE[group];
	return [cell(advice), more].filter(Boolean).join(' ');
}

/** Many messages hold their advice themselves: it begins with the second sentence. */
function split({ advice, text }: Message): Pick<Message, 'advice' | 'text'> {
	const [, headline, rest] = /^(.*?[^.]\.?)\. ([A-Z].*)$/.exec(text) ?? [];
	if (advice || !headline || (headline.match(/[\p{L}’']{2,}/gu) ?? []).length < 2) return { advice, text };
	return { text: headline, advice: rest };
}

const plain = (text: string) =>
	text
		.replace(/[^\p{L}\p{N} ]/gu, '')
		.trim()
		.toLowerCase();

/** Text for a cell of a Markdown table. What looks like HTML or emphasis stays what it is. */
function cell(text: string): string {
	return text
		.split(/(`[^`]+`)/)
		.map((part) => (part.startsWith('`') ? part : part.replace(/([<>_*])/g, '\\$1')))
		.join('')
		.replace(/\|/g, '\\|');
}

import { ADVICE, NO_MESSAGES, PARTS } from './messageAdvice.mts';
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

/** Advice that says only that nothing happened. */
const REASSURANCE = /^Nothing was \w+( [\w ]+)?(, and [^.]*)?\.( …)?$/;

/** The table of each group, by its name. */
export function messageTables(root: string): Map<string, string> {
	const tables = new Map<string, Message[]>(messageGroups.map((group) => [group, []]));
	const messages = messagesOf(root).filter(({ file, text }) => !NO_MESSAGES.test(file) && !PARTS.test(text));
	for (const message of messages) tables.get(groupOf(message))?.push(message);
	return new Map([...tables].map(([group, messages]) => [group, table(group, messages)]));
}

function table(group: string, messages: Message[]): string {
	const advised = new Set(messages.filter(({ advice }) => advice).map(({ text }) => text));
	const told = messages.filter(({ advice, text }) => advice || !advised.has(text));
	const sorted = told.map(split).sort((a, b) => (plain(a.text) < plain(b.text) ? -1 : 1));
	const rows = sorted.map(({ advice, text }) => `| ${cell(text)} | ${whatToDo(group, text, advice)} |`);
	return ['| Message | What to do |', '| --- | --- |', ...new Set(rows)].join('\n');
}

function whatToDo(group: string, text: string, advice: string): string {
	if (advice && !REASSURANCE.test(advice)) return cell(advice);
	const more = ADVICE[group].find(([message]) => message.test(text))?.[1];
	if (!more)
		throw new Error(`scripts/docs/messageAdvice.mts doesn't say what to do about "${text}" (${group})`);
	return [cell(advice), more].filter(Boolean).join(' ');
}

/** What goes out as SMS is one text: its second sentence is no advice for the builder. */
const TEXT_TO_PERSON = /^Sorry, we did not/;

/** Many messages hold their advice themselves: it begins with the second sentence. */
function split({ advice, text }: Message): Pick<Message, 'advice' | 'text'> {
	const [, headline, rest] = /^(.*?[^.]\.?)\. ([A-Z].*)$/.exec(text) ?? [];
	if (advice || !headline || TEXT_TO_PERSON.test(text)) return { advice, text };
	if ((headline.match(/[\p{L}’']{2,}/gu) ?? []).length < 1) return { advice, text };
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

import type { Mutation } from '../mutation.mts';

const send = (file: string, ...tests: string[]) => ({
	file: `nodes/Telegent/send/${file}.ts`,
	tests: (tests.length > 0 ? tests : [file]).map((test) => `test/nodes/Telegent/send/${test}.test.mts`),
});
const once = send('sendOnce');
const suppression = send('suppression');
const hours = send('quietHours', 'quietHours', 'sendingHours');
const cap = send('frequencyCap');
const safeguards = send('safeguards', 'safeguards', 'sendWithSafeguards');
const run = send('sendRun', 'sendWithSafeguards', 'send');
const takeover = send('takeover');
const delivery = send('delivery');
const earlier = send('earlierExecution', 'retriedExecution');
const reconcile = send('reconcile', 'send');
const sent = send('sentMessages');

const claimed: Mutation[] = [
	{
		...{ ...once, promise: 'retried', breaks: 'sends again what another execution sent' },
		find: "states[keys.length === 1 ? 0 : index] === 'done'",
		replace: 'states.length === 0',
	},
	{
		...{ ...once, promise: 'retried', breaks: 'keeps the claim of a message that was not sent' },
		find: "if (outcome === 'notDone') for (const key of claimed ?? []) this.table?.release(key);",
		replace: '',
	},
	{
		...{ ...once, promise: 'retried', breaks: 'sends without a look where a claim was left open' },
		find: 'const sent = await this.interrupted(item);',
		replace: 'const sent = undefined as IDataObject | undefined;',
	},
	{
		...{ ...once, promise: 'retried', breaks: 'sends what another execution sent during the look-up' },
		find: 'states = await claimAll();\n\t\t}',
		replace: '}',
	},
	{
		...{ ...once, promise: 'retried', breaks: 'looks for an old claim only since the retried execution' },
		find: 'const since = now - INTERRUPTED_MS;',
		replace: 'const since = item.earlier?.since ?? now - INTERRUPTED_MS;',
	},
	{
		...{
			...once,
			promise: 'retried',
			breaks: 'claims more than can be sent before another process looks it up',
		},
		...{ find: '/ 60_000 / 4', replace: '/ 60' },
	},
	{
		...{ ...earlier, promise: 'retried', breaks: 'looks a claim up in a list that was read before it' },
		tests: ['test/nodes/Telegent/send/sendOnce.test.mts'],
		...{ find: 'covers && before.readAt >= dueAt', replace: 'covers' },
	},
	{
		...{ ...sent, promise: 'retried', breaks: 'takes a message for another one if its line breaks changed' },
		...{ find: ".replace(/\\s+/g, ' ')", replace: '' },
	},
	{
		...{ ...sent, promise: 'retried', breaks: 'takes a list without texts for one without the message' },
		...{ find: '!hasText(message) || comparable(body)', replace: 'comparable(body)' },
	},
	{
		...{ ...once, promise: 'retried', breaks: 'does not mark what was sent' },
		...{ find: 'for (const key of done) table.markDone(key);', replace: '' },
	},
	{
		...{ ...once, promise: 'retried', breaks: 'takes what was redirected for what was sent' },
		find: 'JSON.stringify([...parts, when].concat(redirected))',
		replace: 'JSON.stringify([...parts, when])',
	},
	{
		...{ ...once, promise: 'retried', breaks: 'takes the message of one sender for that of another' },
		find: 'key(sendOnce, From, number, ...text)',
		replace: 'key(sendOnce, number, ...text)',
	},
	{
		...{ ...earlier, promise: 'retried', breaks: 'sends where the message list is incomplete' },
		find: "if (finding === 'incomplete')",
		replace: "if (finding === 'incomplete' && exact === undefined)",
	},
	{
		...{ ...earlier, promise: 'retried', breaks: 'sends although another text went to the person meanwhile' },
		...{ find: 'if (other)\n', replace: 'if (other && !exact)\n' },
	},
	{
		...{ ...earlier, promise: 'retried', breaks: 'takes one message for that of two items' },
		...{ find: 'this.taken.add(finding.id);', replace: '' },
	},
	{
		...{ ...earlier, promise: 'retried', breaks: 'sends where the message list cannot be read' },
		find: "throw unknownOutcome(item, `Telegent's message list couldn't be read (${error.message})`);",
		replace: 'return { complete: Boolean(error), byRecipient: new Map() };',
	},
	{
		...{ ...reconcile, promise: 'once', breaks: 'sends again where the list does not tell' },
		...{ find: "if (finding !== 'absent') return undefined;", replace: '' },
		only: 'Check First',
	},
	{
		...{ ...reconcile, promise: 'once', breaks: "takes another item's message for its own" },
		find: '(id) => claimedMessageIds.has(id)',
		replace: '() => false',
		only: 'Check First',
	},
	{
		...{ ...reconcile, promise: 'once', breaks: 'takes an older equal message for its own' },
		find: "if (typeof finding === 'object' && finding.at < startedAt - CLOCK_SKEW_MS) return 'other';",
		replace: '',
		only: 'Check First',
	},
];

const guarded: Mutation[] = [
	{
		...{ ...suppression, promise: 'guarded', breaks: 'ignores entries that it cannot read' },
		find: 'else if (/\\p{N}/u.test(entry)) refuse(entry);',
		replace: '',
	},
	{
		...{ ...suppression, promise: 'guarded', breaks: 'ignores numbers without a country code' },
		...{ find: 'if (this.endings.size === 0) return false;', replace: 'if (number) return false;' },
	},
	{
		...{ ...suppression, promise: 'guarded', breaks: 'sends where the list is missing' },
		...{ find: 'if (given === undefined || given === null) {', replace: 'if (given === null) {' },
	},
	{
		...{ ...suppression, promise: 'guarded', breaks: 'looks for the number in the first field only' },
		find: 'NUMBER_FIELDS.map((field) => names.find((name) => plain(name) === field)).find(Boolean)',
		replace: 'names.find((name) => plain(name) === NUMBER_FIELDS[0])',
	},
	{
		...{ ...hours, promise: 'guarded', breaks: 'sends in the minute after the end' },
		...{ find: 'minute >= earliest && minute < latest;', replace: 'minute >= earliest && minute <= latest;' },
	},
	{
		...{ ...hours, promise: 'guarded', breaks: 'counts a night after midnight to the wrong day' },
		...{ find: 'days.includes((day + DAYS - 1) % DAYS)', replace: 'days.includes(day)' },
	},
	{
		...{ ...hours, promise: 'guarded', breaks: "sends where one of a number's time zones allows it" },
		...{ find: 'return zones.every(', replace: 'return zones.some(' },
	},
	{
		...{ ...cap, promise: 'guarded', breaks: 'sends one message too many' },
		...{ find: 'return count < cap.most ?', replace: 'return count <= cap.most ?' },
	},
	{
		...{ ...cap, promise: 'guarded', breaks: 'counts an incomplete list' },
		find: 'if (!complete) throw new Error("Telegent\'s message list couldn\'t be read completely");',
		replace: '',
	},
	{
		...{ ...cap, promise: 'guarded', breaks: 'forgets what the same run sent' },
		...{ find: 'this.own.set(key, sent.set(id, this.clock()));', replace: '' },
	},
	{
		...{ ...safeguards, promise: 'guarded', breaks: 'sends in a dry run' },
		find: 'const reason = this.isTrial(item) ? "\'Dry Run\' is on. Nothing was sent." : evaluation;',
		replace: 'const reason = evaluation;',
	},
	{
		...{ ...safeguards, promise: 'guarded', breaks: 'counts items instead of messages' },
		...{
			find: 'idempotencyKey(index, payload), count, most)',
			replace: 'idempotencyKey(index, payload), 1, most)',
		},
	},
	{
		...{
			...send('refusingSafeguards', 'safeguards'),
			promise: 'guarded',
			breaks: 'sends to one allowed recipient and to all others with it',
		},
		...{
			find: 'if (foreign.length === 0) return undefined;',
			replace: 'if (foreign.length < to.length) return undefined;',
		},
	},
	{
		...{ ...safeguards, promise: 'guarded', breaks: 'sends where the time zone is unknown' },
		...{ find: 'if (zones.length === 0) {', replace: 'if (zones.length === 0 && now < 0) {' },
	},
	{
		...{ ...run, promise: 'guarded', breaks: 'looks at Sending Hours only at the start of a list' },
		find: 'this.apply(item, this.safeguards.byClock(item, to, leftOut)) ??',
		replace: 'this.apply(item, { to, leftOut }) ??',
		tests: ['test/nodes/Telegent/send/sendWithSafeguards.test.mts'],
	},
	{
		...{ ...run, promise: 'once', breaks: 'sends a duplicate of what may have been sent' },
		...{
			find: "if (outcome === 'notDone') return;\n\t\tthis.cap",
			replace: "if (outcome !== 'done') return;\n\t\tthis.cap",
		},
		only: 'Duplicates',
	},
	{
		...{ ...takeover, promise: 'guarded', breaks: 'sends where it cannot tell whether a person writes' },
		...{
			find: "if ('error' in result) throw unknownTakeover(item, result.error as Error);",
			replace: "if ('error' in result) return [];",
		},
	},
	{
		...{ file: 'nodes/shared/takeover.ts', promise: 'guarded' },
		breaks: 'takes an incomplete list for one without messages of others',
		find: 'else if (!log.complete) throw new Error("Telegent\'s message list couldn\'t be read completely");',
		...{ replace: '', tests: takeover.tests },
	},
	{
		...{ ...send('redirect'), promise: 'guarded', breaks: 'sends to the recipients instead of the phone' },
		find: 'payload.To = asSent(to === undefined ? people : [to]);',
		replace: 'payload.To = asSent(people);',
	},
	{
		...{ ...send('mergeFields'), promise: 'guarded', breaks: 'sends texts whose fields are empty' },
		find: "if (text === '') return !isEmptyOnPurpose(code);",
		replace: "if (text === '') return false;",
	},
	{
		...{ ...send('mergeFields'), promise: 'guarded', breaks: 'sends texts with [object Object]' },
		...{ find: "|| text.includes('[object Object]')) return true;", replace: ') return true;' },
	},
	{
		...{
			...delivery,
			promise: 'once',
			breaks: 'sends from the fallback number where the delivery is unknown',
		},
		find: "if (!from || message.status.delivery !== 'failed')",
		replace: "if (!from || message.status.delivery === 'delivered')",
	},
	{
		...{
			...delivery,
			promise: 'once',
			breaks: 'sends from the fallback number to those who have the message',
		},
		find: 'return { from, to: failedRecipients(message.status, message.to) };',
		replace: 'return { from, to: message.to };',
	},
	{
		...{ ...send('fallback', 'delivery'), promise: 'guarded' },
		breaks: 'sends from the fallback number without the safeguards',
		...{
			find: "if ('output' in decision) return decision.output;",
			replace: "if ('output' in decision) return undefined;",
		},
	},
	{
		...{ ...send('fallback', 'delivery'), promise: 'once' },
		breaks: 'repeats the message of the fallback number with Retry On Fail',
		...{ find: '`fallback for ${id}`', replace: '`fallback for ${id} ${Math.random()}`' },
	},
	{
		...{ ...send('allowedRecipients', 'safeguards'), promise: 'guarded' },
		breaks: 'accepts a prefix anywhere in a number',
		find: 'number.startsWith(beginning)',
		replace: 'number.includes(beginning.slice(1))',
	},
];

export const sendParts = [...claimed, ...guarded];

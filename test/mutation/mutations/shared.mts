import type { Mutation } from '../mutation.mts';

const shared = (file: string, test = file) => ({
	file: `nodes/shared/${file}.ts`,
	tests: [`test/nodes/shared/${test}.test.mts`],
});
const secrets = shared('secrets');
const log = shared('messageLog');
const mutex = shared('mutex');
const compare = shared('phone/compare');
const url = {
	...shared('publicUrl'),
	tests: ['test/nodes/shared/publicUrl.test.mts', 'test/nodes/shared/privateAddresses.test.mts'],
};
const expressions = shared('linearRegExp');
const claims = shared('questions/claims');
const sharing = shared('questions/sharing');
const webhook = shared('questions/webhook');
const delivery = 'test/nodes/TelegentTrigger/delivery/receive.test.mts';
const door = 'test/nodes/Telegent/wait/door.test.mts';

const secretsAndUrls: Mutation[] = [
	{
		...{ ...secrets, promise: 'door', breaks: "accepts another trigger's secret" },
		...{ find: '.update(`${holder}\\n${seed}`)', replace: '.update(seed)' },
	},
	{
		...{ ...secrets, promise: 'door', breaks: 'compares only as much of a digest as is stored' },
		find: 'return given.length === wanted.length && timingSafeEqual(given, wanted);',
		replace: 'return timingSafeEqual(given.subarray(0, wanted.length), wanted);',
	},
	{
		...{ ...secrets, promise: 'door', breaks: 'gives all triggers of an account the same manual token' },
		...{ find: '.update(trigger)', replace: ".update('')" },
	},
	{
		...{ ...secrets, promise: 'stored', breaks: 'stores the secret itself instead of its digest' },
		find: "return createHash('sha256').update(secret).digest('base64');",
		replace: 'return secret;',
		tests: [
			'test/nodes/shared/secrets.test.mts',
			'test/nodes/TelegentTrigger/registration/existingRoute.test.mts',
		],
	},
	{
		...{ ...secrets, promise: 'stored', breaks: 'seals everything with the same initialization vector' },
		find: "createHmac('sha256', key(accountSecret, 'iv')).update(text).digest().subarray(0, 12)",
		replace: 'Buffer.alloc(12)',
	},
	{
		...{ ...url, promise: 'media', breaks: 'takes link-local addresses for public ones' },
		...{ find: "['169.254.0.0', 16],", replace: '' },
	},
	{
		...{ ...url, promise: 'media', breaks: 'takes half of a private network for public' },
		...{ find: "['172.16.0.0', 12]", replace: "['172.16.0.0', 16]" },
	},
	{
		...{ ...url, promise: 'media', breaks: 'takes a private name with a dot at its end for public' },
		find: 'const host = withoutEmptyLabels(hostname).toLowerCase();',
		replace: 'const host = hostname.toLowerCase();',
	},
	{
		...{ ...url, promise: 'media', breaks: 'takes private IPv4 addresses inside of IPv6 for public' },
		...{ find: '(?:::ffff:|::|64:ff9b::)', replace: '(?:::|64:ff9b::)' },
	},
	{
		...{ ...url, promise: 'media', breaks: 'takes 6to4 addresses for public' },
		...{ find: '|2002:|', replace: '|' },
	},
];

const messages: Mutation[] = [
	{
		...{ ...log, promise: 'retried', breaks: 'finds no message where the list leaves the + of numbers away' },
		...{ find: "from: asE164(String(From ?? '')),", replace: "from: String(From ?? '')," },
	},
	{
		...{ ...log, promise: 'once', breaks: 'takes a list without a total for a complete one' },
		find: 'if (!Array.isArray(Messages) || Number.isNaN(total)) return undefined;',
		replace: 'if (!Array.isArray(Messages)) return { messages: [], fresh: 0, total: 0 };',
	},
	{
		...{ ...log, promise: 'once', breaks: 'overlooks messages whose time cannot be read' },
		find: 'return !(message.at < this.since) &&',
		replace: 'return message.at >= this.since &&',
	},
	{
		...{ ...log, promise: 'once', breaks: 'merges the entries of a message to several people' },
		find: 'const key = `${message.id} ${message.to.join()}`;',
		replace: 'const key = message.id;',
	},
	{
		...{ ...log, promise: 'once', breaks: 'takes sent messages without a direction for received ones' },
		...{
			find: 'outbound: !/^in/i.test(String(Direction))',
			replace: 'outbound: /^out/i.test(String(Direction))',
		},
	},
	{
		...{ ...log, promise: 'once', breaks: 'stops at the first old message, whatever the order of the list' },
		find: "if (this.order === 'newestFirst' && (this.last < this.since || count >= this.most)) return true;",
		replace: 'if (this.last < this.since || count >= this.most) return true;',
	},
	{
		...{ ...log, promise: 'once', breaks: 'trusts a list from its end without looking at its times' },
		find: 'if (!times.every((time, index) => index === 0 || time >= times[index - 1])) return false;',
		replace: '',
	},
	{
		...{ ...log, promise: 'once', breaks: 'keeps a page that Telegent did not return' },
		...{ find: 'pages.delete(key);', replace: '' },
	},
	{
		...{ ...mutex, promise: 'restored', breaks: 'lets work of one key overlap' },
		find: 'const mine = before.then(work, work);',
		replace: 'const mine = work();',
	},
	{
		...{ ...mutex, promise: 'restored', breaks: 'stops all later work of a key after one that throws' },
		find: 'const settled = mine.then(\n\t\t() => undefined,\n\t\t() => undefined,\n\t);',
		replace:
			'const settled = mine.then(() => undefined);\n\tsettled.catch(() => undefined);\n\tif (last.has(key)) await last.get(key);',
	},
	{
		...{ ...compare, promise: 'wait', breaks: 'takes two missing numbers for the same one' },
		find: "return one !== '' && one === phoneIdentity(b);",
		replace: 'return one === phoneIdentity(b);',
	},
	{
		...{ ...compare, promise: 'wait', breaks: 'takes a message of anybody for the reply' },
		find: 'return samePhone(message.from, person) && reached',
		replace: 'return reached',
	},
	{
		...{ file: 'nodes/shared/dedupe.ts', promise: 'received', breaks: 'shares claims between triggers' },
		...{ find: '`${scope}\\n${identity}`', replace: 'identity' },
		tests: [delivery],
	},
	{
		...{ file: 'nodes/shared/dedupe.ts', promise: 'received', breaks: 'never takes a claim back' },
		...{ find: 'seen.delete(key);', replace: '' },
		tests: [delivery],
	},
];

const bounds: Mutation[] = [
	{
		...{ ...expressions, promise: 'linear', breaks: 'compiles patterns of any length' },
		find: 'if (steps.push(step) > MAX_STEPS)',
		replace: 'if (steps.push(step) < 0)',
	},
	{
		...{ ...expressions, promise: 'linear', breaks: 'multiplies nested repetitions' },
		find: 'if (repeatsIn(part) * Math.max(least',
		replace: 'if (Math.max(least',
	},
	{
		...{ ...expressions, promise: 'linear', breaks: 'nests groups as deep as anybody likes' },
		...{ find: 'if (++this.depth > DEEPEST)', replace: 'if (++this.depth < 0)' },
	},
	{
		...{ ...expressions, promise: 'linear', breaks: 'repeats a part as often as anybody likes' },
		find: 'if (least > MAX_REPEATS || (most !== Infinity && most > MAX_REPEATS))',
		replace: 'if (most < 0)',
	},
];

const questions: Mutation[] = [
	{
		...{ ...claims, promise: 'wait', breaks: 'mixes up messages of several accounts' },
		find: '`${account} ${messageFingerprint(message)}`',
		replace: 'messageFingerprint(message)',
	},
	{
		...{ ...claims, promise: 'wait', breaks: 'gives one reply to two questions' },
		find: "return claimedBy === url ? 'again' : 'other';",
		replace: "return claimedBy === url ? 'again' : 'first';",
	},
	{
		...{ ...claims, promise: 'wait', breaks: 'keeps the claim of a question that was not resumed' },
		...{ find: 'claims.delete(inAccount(account, message));', replace: '' },
	},
	{
		...{ ...sharing, promise: 'wait', breaks: 'passes messages on to another n8n' },
		...{ find: 'baseOf(one.url) === baseOf(url) &&', replace: '' },
		tests: ['test/nodes/shared/questions/sharing.test.mts', door],
	},
	{
		...{ ...sharing, promise: 'wait', breaks: 'accepts encoded slashes and dots in the path of an address' },
		...{ find: "if (/%(?:2f|2e|5c|25|00)/i.test(pathname)) return '';", replace: '' },
		tests: ['test/nodes/shared/questions/sharing.test.mts', door],
	},
	{
		...{ ...sharing, promise: 'wait', breaks: 'relies on questions whose time is up' },
		...{ find: 'one.state.deadline > now &&', replace: '' },
	},
	{
		...{ ...webhook, promise: 'wait', breaks: 'resumes for any secret' },
		find: 'return isSecretOf(secret, secretDigest) ? { secret, forwards } : undefined;',
		...{ replace: 'return { secret, forwards };', tests: [door] },
	},
	{
		...{ ...webhook, promise: 'wait', breaks: 'takes a masked secret for the secret' },
		...{ find: '...(LISTED_SECRET.test(secret) && { secret }),', replace: '...(secret && { secret }),' },
	},
	{
		...{ ...webhook, promise: 'wait', breaks: 'opens an answered question again' },
		find: 'if (!current?.secret || current.state.answered) return false;',
		replace: 'if (!current?.secret) return false;',
	},
	{
		...{ file: 'nodes/shared/questions/awaited.ts', promise: 'received' },
		breaks: 'keeps an opt-out from the trigger while a question is open',
		find: "if (shape.intent === 'optOut' || shape.intent === 'help') return false;",
		...{ replace: '', only: 'nevertheless', tests: ['test/nodes/shared/questions/awaited.test.mts'] },
	},
];

export const sharedParts = [...secretsAndUrls, ...messages, ...bounds, ...questions];

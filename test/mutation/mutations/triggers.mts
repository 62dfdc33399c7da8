import type { Mutation } from '../mutation.mts';

const trigger = (file: string, ...tests: string[]) => ({
	file: `nodes/TelegentTrigger/${file}.ts`,
	tests: tests.map((test) => `test/nodes/TelegentTrigger/${test}.test.mts`),
});
const route = trigger('registration/existingRoute', 'registration/existingRoute');
const ownership = trigger('registration/ownership', 'registration/ownership', 'registration/existingRoute');
const cleanup = trigger('registration/cleanup', 'registration/existingRoute', 'registration/newRoute');
const receive = trigger(
	'delivery/receive',
	'delivery/receive',
	'delivery/messageReceived',
	'delivery/forgery',
);
const media = trigger('delivery/media', 'delivery/media', 'delivery/mediaAttacks');
const repeated = trigger('delivery/repeated', 'delivery/repeated');
const collect = trigger('delivery/collect', 'delivery/collect');
const polling = (file: string) => ({
	file: `nodes/TelegentPollTrigger/poll/${file}.ts`,
	tests: ['poll', 'messages'].map((test) => `test/nodes/TelegentPollTrigger/poll/${test}.test.mts`),
});

const registration: Mutation[] = [
	{
		...{ ...ownership, promise: 'restored', breaks: 'forgets the previous URL where the note is gone' },
		find: 'const backup = ownership.backup ?? (isOwnedBy(identity, ownership) ? copy : undefined);',
		replace: 'const { backup } = ownership;',
	},
	{
		...{ ...ownership, promise: 'restored', breaks: 'clears a route whose previous URL it does not know' },
		find: "if (!latest) return { kind: 'unknown' };",
		replace: "if (!latest) return { kind: 'write', settings: { url: null }, lost: false };",
	},
	{
		...{ ...ownership, promise: 'restored', breaks: 'changes a route that a person has given another URL' },
		find: 'return sameUrl(settings.url, identity.url) && (workflow === undefined',
		replace: 'return (workflow === undefined',
	},
	{
		...{ ...ownership, promise: 'restored', breaks: 'forgets the owners before the last one' },
		find: '[toPreviousOwner(ownership), ...stored]',
		replace: '[toPreviousOwner(ownership)]',
	},
	{
		...{ ...ownership, promise: 'restored', breaks: 'forgets that Telegent never showed the credentials' },
		find: "return { kind: 'write', settings: withBackup(latest, rest, accountSecret), lost: latest.lost === true };",
		replace: "return { kind: 'write', settings: withBackup(latest, rest, accountSecret), lost: false };",
	},
	{
		...{ ...route, promise: 'restored', breaks: "takes another workflow's route without being told to" },
		find: 'if (workflow === undefined || own || (identity.test ? options.allowTests : options.takeOver))',
		replace: 'if (workflow === undefined || own || !identity.test)',
	},
	{
		...{ ...route, promise: 'shown', breaks: 'logs the whole previous URL with its secrets' },
		find: 'instead of to ${before}${hostOf(settings.url)};',
		replace: 'instead of to ${before}${settings.url};',
	},
	{
		...{ ...route, promise: 'restored', breaks: 'trusts Telegent that it stored the new URL' },
		find: 'if (!delivers(shown)) {',
		replace: 'if (shown === null) {',
	},
	{
		...{ ...trigger('registration/secret', 'registration/secret'), promise: 'door' },
		breaks: 'accepts any secret that looks like one of its own',
		find: 'if (time === undefined || !verifySecret(shown, accountSecret, audience)) return undefined;',
		replace: 'if (time === undefined) return undefined;',
	},
	{
		...{ ...trigger('registration/record', 'registration/secret'), promise: 'stored' },
		breaks: 'stores an old secret as the current one',
		...{ find: 'secretMadeAt: madeAt,', replace: 'secretMadeAt: 0,' },
	},
	{
		...{ ...cleanup, promise: 'restored', breaks: 'stops restoring after one route that cannot be restored' },
		find: "if ('error' in result) failures.push(result.error as Error);",
		replace: "if ('error' in result) return [result.error as Error];",
	},
	{
		...{ ...cleanup, promise: 'restored', breaks: 'does not say that credentials were lost' },
		...{ find: 'if (plan.lost) {', replace: 'if (plan.lost && id === undefined) {' },
	},
];

const delivered: Mutation[] = [
	{
		...{ ...receive, promise: 'door', breaks: 'parses a request before it checks the secret' },
		find: "if (!(await isAuthorized(context))) return respond(context, 401, 'Not authorized');\n\t\tconst parsed = readRequest(await withBody(context.getRequestObject() as unknown as Incoming));\n\t\tif ('status' in parsed) return respond(context, parsed.status, parsed.message);",
		replace:
			"const parsed = readRequest(await withBody(context.getRequestObject() as unknown as Incoming));\n\t\tif ('status' in parsed) return respond(context, parsed.status, parsed.message);\n\t\tif (!(await isAuthorized(context))) return respond(context, 401, 'Not authorized');",
		only: 'looked at only',
	},
	{
		...{ ...receive, promise: 'door', breaks: 'starts for any secret of the right form' },
		find: 'return verifySecret(secret, accountSecret, secretAudience(context, isTest(context)));',
		replace: 'return accountSecret !== undefined;',
	},
	{
		...{ ...receive, promise: 'door', breaks: 'accepts a secret that was replaced' },
		find: 'if (time === undefined || time < (stored?.secretMadeAt ?? 0)) return false;',
		replace: 'if (time === undefined) return false;',
	},
	{
		...{ ...receive, promise: 'received', breaks: 'starts an execution for each delivery of a message' },
		find: 'if (key !== undefined) claims.push(key);\n\treturn key !== undefined;',
		replace: 'if (key !== undefined) claims.push(key);\n\treturn true;',
	},
	{
		...{ ...receive, promise: 'received', breaks: 'loses a message that could not be handled' },
		find: 'claims.forEach(release);\n\t\tcontext.logger.error(',
		replace: 'context.logger.error(',
		only: 'could not be handled',
	},
	{
		...{ ...receive, promise: 'received', breaks: 'loses a message that n8n refused' },
		...{ find: 'releaseIfRefused(context, () => claims.forEach(release));', replace: '' },
	},
	{
		...{ ...trigger('delivery/manualAccess', 'delivery/receive'), promise: 'door' },
		breaks: 'accepts any token once one was accepted',
		find: 'if (known !== undefined && isSecretOf(given, known)) return true;',
		replace: 'if (known !== undefined) return true;',
	},
	{
		...{ ...trigger('delivery/manualAccess', 'delivery/receive'), promise: 'door' },
		breaks: 'accepts an old token for good',
		...{ find: 'const ACCEPTED_MS = 60_000;', replace: 'const ACCEPTED_MS = Infinity;' },
	},
	{
		...{ ...media, promise: 'media', breaks: 'downloads from private addresses' },
		...{ find: 'if (isPrivate(url.hostname)) throw new Error(PRIVATE);', replace: '' },
	},
	{
		...{ ...media, promise: 'media', breaks: 'checks only the first address of a chain of redirects' },
		find: 'await get(context, await publicAddress(context, url, trusted), until);',
		replace: 'await get(context, redirects > 0 ? url : await publicAddress(context, url, trusted), until);',
		only: 'inside.jpg',
	},
	{
		...{ ...media, promise: 'media', breaks: 'trusts all ports of this machine with a local sandbox' },
		find: 'if (url.origin === trusted) return url.href;',
		replace: 'if (trusted && url.hostname === new URL(trusted).hostname) return url.href;',
	},
	{
		...{ ...media, promise: 'media', breaks: "ignores n8n's look at the IP address" },
		...{
			find: 'if (filter) await checkAddresses(filter, url);',
			replace: '',
		},
	},
	{
		...{ ...media, promise: 'media', breaks: 'reads streams without an end' },
		file: 'transport/responseBody.ts',
		...{ find: 'if (size > largestBytes)', replace: 'if (size < 0)' },
	},
	{
		...{ ...media, promise: 'media', breaks: 'downloads web pages' },
		...{ find: '|^text\\/(plain|', replace: '|^text\\/(plain|html|' },
	},
	{
		...{ ...media, promise: 'media', breaks: 'downloads any number of files' },
		...{ find: 'if (index >= MAX_FILES)', replace: 'if (index < 0)' },
	},
	{
		...{ ...media, promise: 'media', breaks: 'sends a password in the URL to its host' },
		find: " || url.username !== '' || url.password !== '') {",
		replace: ') {',
	},
];

const executed: Mutation[] = [
	{
		...{ ...repeated, promise: 'received', breaks: 'starts again what another process had' },
		find: 'claim.repeated = !claim.kept && claim.keys.some((key) => known.has(key));',
		replace: 'claim.repeated = false;',
	},
	{
		...{ ...repeated, promise: 'received', breaks: 'does not read its entry again' },
		find: 'open = open.filter(({ kept, own, repeated }) => own !== undefined && !kept && !repeated);',
		replace: 'open = [];',
	},
	{
		...{ ...repeated, promise: 'received', breaks: 'loses the execution of a worker that died' },
		find: 'claim.kept = claim.own !== undefined && known.has(claim.own);',
		replace: 'claim.kept = false;',
	},
	{
		...{ ...repeated, promise: 'received', breaks: 'does not store its latest deliveries again' },
		find: 'recordEntries(context, [...new Set([...keys, ...mine])], TABLE)',
		replace: 'recordEntries(context, keys, TABLE)',
	},
	{
		...{ ...collect, promise: 'received', breaks: 'loses messages of an execution that was stopped' },
		...{
			find: 'if (signal?.aborted) return this.leave();',
			replace: 'if (signal?.aborted) return (waitingGroups.delete(this.key), false);',
		},
	},
	{
		...{ ...collect, promise: 'received', breaks: 'goes on with messages that another execution has' },
		find: "const handled = await this.handled(all.filter(({ id }) => id !== ''));",
		replace: 'const handled = new Set<Collected>();',
	},
	{
		...{ ...collect, promise: 'received', breaks: 'goes on although a newer message came' },
		find: 'await this.list.read();\n\t\t\tif (!this.isNewest()) return undefined;',
		replace: 'await this.list.read();',
	},
	{
		...{ ...polling('index'), promise: 'received', breaks: 'polls while the last poll is under way' },
		...{ find: 'if (underWay.has(key)) return null;', replace: '' },
	},
	{
		...{ ...polling('messages'), promise: 'received', breaks: 'starts for each message again' },
		...{ find: '!(id in cursor.seen) && isNew(cursor, at)', replace: 'isNew(cursor, at)' },
	},
	{
		...{
			...polling('messages'),
			promise: 'received',
			breaks: 'starts for what a number received before it was chosen',
		},
		...{ find: 'if (before === undefined || before.length === 0) return [];', replace: 'return [];' },
	},
	{
		...{
			...polling('index'),
			promise: 'received',
			breaks: 'starts for what came while another event was chosen',
		},
		...{ find: 'if (other !== name) delete data[other];', replace: '{}' },
	},
	{
		...{ ...polling('messages'), promise: 'received', breaks: 'skips what an incomplete list leaves out' },
		...{ find: 'if (!log.complete && !log.rest) throw incomplete(check, number);', replace: '' },
	},
	{
		...{ ...polling('messages'), promise: 'received', breaks: 'loses messages behind one from the future' },
		...{ find: 'Math.min(one.at, Date.now())', replace: 'one.at' },
	},
	{
		...{ ...polling('messages'), promise: 'received', breaks: 'loses messages that are listed late' },
		...{ find: 'const since = cursor.at - OVERLAP_MS;', replace: 'const since = cursor.at;' },
	},
	{
		...{ ...polling('check'), promise: 'received', breaks: 'begins each check with the entry that fails' },
		find: 'this.state.next = index === 0 ? (turns[1] ?? entry) : entry;',
		replace: 'this.state.next = entry;',
	},
	{
		...{ ...polling('orders'), promise: 'received', breaks: 'starts for orders whose status is the same' },
		...{ find: 'if (id in known ? known[id] !== status :', replace: 'if (id in known ? true :' },
	},
	{
		...{ ...polling('dataUsage'), promise: 'received', breaks: 'reports a number in each check' },
		...{
			find: 'if (before === undefined || usage.used < before)',
			replace: 'if (before === undefined || usage.used <= before)',
		},
	},
];

export const triggers = [...registration, ...delivered, ...executed];

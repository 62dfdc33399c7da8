import type { Mutation } from '../mutation.mts';

const wait = (file: string, ...tests: string[]) => ({
	file: `nodes/Telegent/wait/${file}.ts`,
	tests: (tests.length > 0 ? tests : [file]).map((test) => `test/nodes/Telegent/wait/${test}.test.mts`),
});
const reply = wait('reply', 'sendAndWait');
const reminder = wait('reminder');

export const waitParts: Mutation[] = [
	{
		...{ ...reply, promise: 'wait', breaks: 'asks again more often than allowed' },
		...{ find: 'reAsks < question.mostReAsks', replace: 'reAsks <= question.mostReAsks' },
		only: 'An answer that was not expected',
	},
	{
		...{ ...reply, promise: 'wait', breaks: 'asks a person again who opts out' },
		...{ find: "reply.intent !== 'optOut' &&", replace: '' },
		only: 'An answer that was not expected',
	},
	{
		...{ ...reply, promise: 'wait', breaks: 'asks again for each delivery of a reply' },
		find: 'if (own?.state.lastFingerprint === messageFingerprint(reply))',
		replace: 'if (own === null)',
		only: 'An answer that was not expected',
	},
	{
		...{ ...reply, promise: 'wait', breaks: 'asks again in each process that got a reply' },
		find: "if (await hasChanged(telegent, claimed)) return 'elsewhere';",
		replace: '',
		only: 'An answer that was not expected',
	},
	{
		...{ ...reply, promise: 'wait', breaks: 'asks again without a note at Telegent' },
		...{
			find: "if ('error' in (await settle(updateState(telegent, counted, secret)))) return 'notSent';",
			replace: '',
		},
		only: 'An answer that was not expected|does not answer now',
	},
	{
		...{ ...reply, promise: 'wait', breaks: 'resumes where asking again may have worked' },
		find: "outcome === 'unsure' ? 'asked' : 'notSent';",
		replace: "outcome === 'done' ? 'asked' : 'notSent';",
		only: 'An answer that was not expected',
	},
	{
		...{ ...reply, promise: 'wait', breaks: 'gives the reply of a newer question to an older one' },
		find: 'if (questions?.some((one) => isMoreRecent(one, call)))',
		replace: 'if (questions === null)',
		only: 'Several questions at once',
	},
	{
		...{ ...reply, promise: 'wait', breaks: 'loses a reply that n8n refused' },
		...{ find: 'releaseIfRefused(context, () => releaseReply(call.account, reply));', replace: '' },
		only: 'An answer that is delivered again',
	},
	{
		...{ ...reply, promise: 'wait', breaks: 'loses a reply whose resumption n8n refused' },
		...{ find: 'releaseIfRefused(call.context, () => resumed.delete(resumedKey(call)));', replace: '' },
		only: 'An answer that is delivered again',
	},
	{
		...{ ...reply, promise: 'wait', breaks: 'answers a call without a secret' },
		...{
			find: 'if (!caller) return respond(context, 401, NOT_AUTHORIZED);',
			replace: "if (!caller) return respond(context, 200, 'Not the awaited reply');",
		},
		tests: ['test/nodes/Telegent/wait/door.test.mts'],
	},
	{
		...{ ...reminder, promise: 'wait', breaks: 'reminds from each process' },
		find: 'settled.state.reminded !== mark)',
		replace: 'settled.state.reminded === undefined)',
		only: 'two processes',
	},
	{
		...{ ...reminder, promise: 'wait', breaks: 'reminds a person who has written' },
		find: 'const mark = hasReply || current.state.lastFingerprint ?',
		replace: 'const mark = current.state.lastFingerprint ?',
		only: 'replied|never reached',
	},
	{
		...{ ...reminder, promise: 'wait', breaks: 'reminds a second time' },
		find: 'state.remindAt !== undefined &&\n\t\tstate.remindAt <= now &&',
		replace: '',
		only: 'reminded once|before the time',
	},
	{
		...{ ...reminder, promise: 'wait', breaks: 'reminds for any caller' },
		find: 'question && tokenOfCall(bearerOf(context.getHeaderData().authorization), question.secretDigest);',
		replace:
			"question && (tokenOfCall(bearerOf(context.getHeaderData().authorization), question.secretDigest) ?? { secret: '' });",
		tests: ['test/nodes/Telegent/wait/reminder.test.mts', 'test/nodes/Telegent/wait/door.test.mts'],
		only: 'secret|forged',
	},
	{
		...{ ...wait('undelivered', 'undelivered', 'door'), promise: 'wait' },
		breaks: 'ends a question for any caller',
		find: 'secret === undefined || !isSecretOf(secret, question.secretDigest)',
		replace: 'secret === undefined',
		only: 'secret|forged',
	},
	{
		...{
			...wait('questionCall', 'door'),
			promise: 'wait',
			breaks: 'follows redirects with message and secret',
		},
		...{ find: 'disableFollowRedirect: true,', replace: 'disableFollowRedirect: false,' },
	},
	{
		...{ ...wait('forward', 'manyQuestions'), promise: 'wait' },
		breaks: 'forwards to questions that Telegent calls itself',
		find: "called === 'never' && isBetween(",
		replace: 'called !== undefined && isBetween(',
		only: 'older dispatcher|of .* open questions',
		equivalent: 'such a question has received the message already, and ignores it the second time',
	},
	{
		...{ ...wait('staleWebhooks'), promise: 'wait', breaks: 'removes questions of another n8n' },
		find: '(one) => baseOf(one.url) === baseOf(url),',
		replace: '(one) => one.url !== url,',
		only: 'stays if it is of another n8n',
		tests: ['test/nodes/Telegent/wait/sendAndWait.test.mts'],
	},
	{
		...{ ...wait('staleWebhooks'), promise: 'wait', breaks: 'removes a question because a proxy says 404' },
		find: "if (status === 404) return namesExecution && text.includes('does not exist');",
		replace: 'if (status === 404) return true;',
	},
	{
		...{
			...wait('matchReply'),
			promise: 'wait',
			breaks: 'takes a message before the question for the reply',
		},
		find: 'Date.parse(shape.receivedAt) >= question.askedAt - REPLY_SKEW_MS,',
		replace: 'shape.receivedAt !== undefined,',
	},
	{
		...{
			...wait('steps', 'sendAndWait'),
			promise: 'wait',
			breaks: 'leaves the webhook of a question that was not sent',
		},
		...{ find: 'if (asked) await withdrawQuestion(item, asked);', replace: '' },
		only: 'A send that does not go well',
	},
	{
		...{
			...wait('lostReplies'),
			promise: 'wait',
			breaks: 'delivers a reply that may belong to another question',
		},
		find: 'if (lastFingerprint !== undefined && seen < 0) return undefined;',
		replace: '',
	},
];

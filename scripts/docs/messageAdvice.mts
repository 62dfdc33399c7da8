/*
 * What docs/troubleshooting.md says to do about messages that don't say it themselves, by the group of the table that
 * they are in. The first that fits counts.
 */

type Advice = Array<[message: RegExp, advice: string]>;

const RETRIED =
	'Try again in a few minutes; before you send again, see [what is retried](sending.md#what-is-retried-and-what-isnt).';
const TAKEOVER = 'See [When a colleague takes over](receiving.md#when-a-colleague-takes-over).';
const COLLECT = 'See [Collect messages](receiving.md#collect-messages).';
const WEBHOOKS = "Set n8n's public https address: see [Webhooks](webhooks.md#what-n8n-needs).";
const WAITS_ON = "If the workflow doesn't continue, see [the symptom](#a-question-gets-no-reply).";
const CAUGHT_UP = `The reply is looked for in Telegent's message list, and delivered later. ${WAITS_ON}`;
const NOTHING = 'Nothing to do.';
const NOT_A_MESSAGE =
	'Something other than Telegent calls this URL, or a proxy changes the request. See [Webhooks](webhooks.md#test-it).';

export const ADVICE: Record<string, Advice> = {
	credential: [[/./, "Check 'Account Key', 'Account Secret' and 'Base URL'."]],
	connection: [
		[/certificate|\(TLS\)/i, "Check the Base URL, this machine's clock, and any proxy in between."],
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
		[/can't be reached/, 'Check the network, and the Base URL in the credential.'],
		[/./, RETRIED],
	],
	refused: [[/./, 'See [what is retried](sending.md#what-is-retried-and-what-isnt).']],
	values: [[/./, 'Correct the value, or the expression that gives it.']],
	phone: [[/./, 'Write the number with + and country code.']],
	pattern: [[/./, 'Simplify the pattern.']],
	tool: [
		[/Dry Run/, 'Turn off Dry Run to carry it out.'],
		[/./, 'See [AI agents](ai-agents.md).'],
	],
	items: [
		[/by an earlier execution/, 'Nothing to do: see [Retry](sending.md#retry-execution).'],
		[
			/^Retry this execution/,
			'Select *Retry* in the list of executions. See [Retry](sending.md#retry-execution).',
		],
		[
			/execution was stopped/,
			'Look at [what was sent](sending.md#if-an-execution-is-stopped-or-n8n-is-restarted) before you run it again.',
		],
		[/execution has ended|items processed/, NOTHING],
		[
			/may (also )?have been/,
			'Check in Telegent, for example with Message → Get Many, before you run this node again.',
		],
		[/is required/, 'Fill in the field, or check its expression: it returned nothing.'],
		[/whole number/, 'Enter a whole number.'],
		[/must be an object/, 'Fill in the fields, or use an expression that returns an object.'],
		[/empty response|unexpected format/, RETRIED],
		[/couldn't be read to its end/, 'Run it again later, or set *Since* so that less has to be read.'],
	],
	send: [
		[
			/may have sent this message|with (this|a different) text/,
			"It wasn't sent this time. Look for it with Message → Get Many. See [Retry](sending.md#retry-execution).",
		],
		[/Send Once/, 'Nothing to do: [Send Once Per](sending.md#send-once-per) keeps it from being sent twice.'],
		[
			/already received|already have received/,
			'*Skip Duplicates* found the recipient in an earlier item. Check that item before you send again.',
		],
		[/someone else|taken over|Stay Silent/, TAKEOVER],
		[
			/this workflow's messages/,
			`Messages from other n8n processes may count as someone else's. ${TAKEOVER}`,
		],
		[
			/doesn't show this message|still has the status/,
			'It may still be delivered. Look later with Message → Get, or raise *Max Wait (Seconds)*. See [Wait for Delivery](sending.md#wait-until-its-delivered).',
		],
		[
			/message list (couldn't|doesn't say)|list has no time/,
			'Nothing more was sent. Run it again later, when the list can be read.',
		],
		[
			/sent from … is unknown/,
			'Look the message up with Message → Get Many. See [Wait for Delivery](sending.md#wait-until-its-delivered).',
		],
		[/fallback number/, NOTHING],
		[/^Sending takes|^'.*' (reads each sender's|takes at most)/, NOTHING],
		[
			/Max Segments/,
			'Shorten the message, or raise Max Segments. See [segments](sending.md#segments-and-cost).',
		],
		[/Dry Run/, 'Turn off Dry Run to carry it out.'],
		[
			/Max Messages per Recipient|can't be counted/,
			'Run it again later, or raise the limit: see [how often](sending.md#limit-messages-per-person).',
		],
		[/Max Messages/, 'Raise or remove Max Messages per Execution, or start another execution.'],
		[/Must Contain/, 'Add the text to the message.'],
		[/an empty field|still contains/, 'See [empty fields](sending.md#empty-fields-and-left-over-braces).'],
		[/evaluation/, 'See [tests](sending.md#tests-that-text-no-one).'],
		[/Allowed Recipients/, 'Add the number to Allowed Recipients, or remove that safeguard.'],
		[
			/on the suppression list/i,
			'The person opted out. Remove the number from the list only if they opted in again.',
		],
		[/Suppression List/, 'Correct the entries of the list, or remove them from it.'],
		[/outside the sending hours/i, 'Wait, or change [Sending Hours](compliance.md#sending-hours).'],
		[/Sending is allowed|Send From|Send Until/, 'Check [Sending Hours](compliance.md#sending-hours).'],
		[/no phone number was entered/, "Fill in 'To', or check its expression: it returned nothing."],
		[
			/no binary field/,
			"In 'Input Data Field Names', enter the name that the *Binary* tab of the previous node shows.",
		],
		[/Period \(Hours\)/, 'Enter a number of hours.'],
		[/must be one of/, 'Select one of these values.'],
	],
	wait: [
		[
			/^Sorry, we did not/,
			"Nothing to do: the person gets this text. To change it, set 'Follow-Up Message'.",
		],
		[/^'.*' (is|must|can't|\()/, 'Correct the parameter, then run it again.'],
		[/WEBHOOK_URL/, WEBHOOKS],
		[/outside the sending hours/, 'Nothing to do: the reminder is sent when they begin.'],
		[/reminder couldn't be sent yet/, 'Nothing to do: it is tried again.'],
		[/reminder couldn't be sent/, 'The person gets no reminder, and the question stays open.'],
		[/couldn't be asked again/, 'The question stays open. Its next reply is read as usual.'],
		[/webhook … couldn't be removed/, 'Nothing to do: it is tried again.'],
		[/wasn't delivered, and its execution/, WAITS_ON],
		[/couldn't/, CAUGHT_UP],
		[/reply|question|reminder|reminds|written already/, NOTHING],
	],
	orders: [[/./, 'Check the order with Number → Get Order.']],
	routes: [
		[
			/accepts webhook URLs/,
			'Use a shorter host name or path for n8n. See [Webhooks](webhooks.md#what-n8n-needs).',
		],
		[/./, 'See [routes in use](receiving.md#dont-delete-a-route-in-use).'],
	],
	publish: [
		[/now delivers|now go to/, "Nothing to do: n8n's log says what publishing changed."],
		[
			/didn't store the previous settings/,
			"Keep n8n's database. If it's lost, enter the previous URL again with Message Route → Update.",
		],
		[/without its credentials/, 'Enter the password or token again with Message Route → Update.'],
		[/couldn't be moved back/, 'Select another route with Number → Update.'],
		[/has no event/, "Select an event again in 'Trigger On', or update the package in all n8n processes."],
		[/can't reach|https URLs|WEBHOOK_URL/, WEBHOOKS],
		[/would intercept|Account Webhook/, 'See [Testing](receiving.md#testing).'],
		[/isn't available with|is empty/, 'See [Ways to listen](receiving.md#ways-to-listen).'],
	],
	delivery: [
		[/request is too large|neither JSON|levels of lists/, NOT_A_MESSAGE],
		[/to collect messages|isn't in it yet|collected messages/, COLLECT],
		[/someone else|taken over/, TAKEOVER],
		[/^Left to/, 'Nothing to do: an open question gets this reply.'],
		[
			/couldn't be (handled|started)/,
			"n8n's log says why. n8n answers with an error, so Telegent can deliver the message again.",
		],
		[/couldn't be compared/, 'The workflow starts. A repeated delivery may start it twice.'],
		[/has no event/, "Select an event again in 'Trigger On', or update the package in all n8n processes."],
		[
			/URL|server|download|files of type|too large/,
			"The file wasn't downloaded; the message itself is complete. See [Media](receiving.md#media).",
		],
	],
};

/** Files whose texts no one sees: keywords that people text, and hints for n8n's AI builder. */
export const NO_MESSAGES = /\/inbound\/intent\.ts$|\/orders\/pendingOrders\.ts$/;

/** Texts that stand within others only: parts of sentences, and second sentences of many messages. */
export const PARTS =
	/^(Nothing was|To skip|Correct the value|… An earlier attempt|… The order|…\. Check both|…[. ]+Nothing was|in the recipient's|the end of the test$|it can(?:'t be undone| cost money)$|that is … or |its compression)/;

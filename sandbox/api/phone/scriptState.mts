/** What the page knows, and how it is said. (No backticks in here: it is a raw template.) */
export const stateScript = String.raw`
'use strict';
const $ = (id) => document.getElementById(id);
const state = {
	numbers: [], contacts: [], messages: new Map(), calls: new Map(), attempts: new Map(), hooks: [], optOuts: new Map(), failing: [],
	since: 0, seen: {}, unread: new Map(), number: '', open: [], views: new Map(),
};
const ADDED = 'telegent-sandbox-people';
const OPEN = 'telegent-sandbox-phones';
const SEEN = 'telegent-sandbox-seen';
const KEPT_HOOKS = 200;
const MOST_PHONES = 5;
const MOST_OTHERS = 8;

function element(tag, attributes, ...children) {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes || {}))
		if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
	made.append(...children.filter((child) => child !== undefined && child !== null));
	return made;
}
function button(attributes, act, ...children) {
	const made = element('button', { type: 'button', ...attributes }, ...children);
	made.addEventListener('click', act);
	return made;
}

function stored(name) {
	try { return JSON.parse(localStorage.getItem(name)) || []; } catch { return []; }
}
function store(name, list) {
	try { localStorage.setItem(name, JSON.stringify(list)); } catch { /* a private window: kept until it closes */ }
}

// Reading the state

const pretty = (number) => number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1\u00a0($1)\u00a0$2-$3');
const people = () => [...stored(ADDED), ...state.contacts];
const nameOf = (number) => (people().find((person) => person.number === number) || {}).name || pretty(number);
const lineOf = (number) => state.numbers.find((line) => line.number === number);
const lineName = (number) => (lineOf(number) || {}).label || pretty(number || '');
const isMine = (message) => message.direction === 'Inbound';
const lineIn = (message) => (isMine(message) ? message.recipients[0].number : message.from);
const peopleIn = (message) => (isMine(message) ? [message.from] : message.recipients.map((recipient) => recipient.number));
const key = (line, person) => line + ' ' + person;

function conversation(line, person) {
	return [...state.messages.values()]
		.filter((message) => lineIn(message) === line && peopleIn(message).includes(person))
		.sort((one, other) => one.createdAt - other.createdAt);
}

/** Whose phones are worth showing: people with a name, and whoever has a message here. */
const isKnown = (number) => people().some((person) => person.number === number);
const hasTexted = (number) => [...state.messages.values()].some((message) => peopleIn(message).includes(number));

/** Up to when each number's messages were looked at, kept for the next visit. Another start of the sandbox has others. */
function recallSeen() {
	const kept = stored(SEEN);
	state.seen = kept.since === state.since ? kept.times : {};
}
function markSeen(line) {
	let latest = state.since;
	for (const message of state.messages.values()) if (lineIn(message) === line && message.createdAt > latest) latest = message.createdAt;
	if (state.seen[line] === latest) return;
	state.seen[line] = latest;
	store(SEEN, { since: state.since, times: state.seen });
}

/** How many texts each person got from each number since that number was last looked at. */
function countUnread() {
	const counts = new Map();
	for (const message of state.messages.values()) {
		if (isMine(message) || message.createdAt <= (state.seen[message.from] || state.since)) continue;
		for (const person of peopleIn(message)) counts.set(key(message.from, person), (counts.get(key(message.from, person)) || 0) + 1);
	}
	return counts;
}

/** The last keyword, STOP or START, counts for each pair of numbers. */
function heed(message) {
	const pair = key(lineIn(message), message.from);
	if (message.intent === 'optOut' && !state.optOuts.has(pair)) state.optOuts.set(pair, message.createdAt);
	if (message.intent === 'optIn') state.optOuts.delete(pair);
}

/** How a person's phone is: on, off, or closed to the chosen number. */
function reachOf(person) {
	const own = state.failing.filter((one) => one.number === person);
	if (own.some((one) => !one.from)) return 'off';
	return own.some((one) => one.from === state.number) ? 'blocks' : 'on';
}

// How things are said

const clock = (time, more) => new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', ...more });
function day(time) {
	const date = new Date(time).toDateString();
	if (date === new Date().toDateString()) return 'Today';
	if (date === new Date(Date.now() - 864e5).toDateString()) return 'Yesterday';
	return new Date(time).toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' });
}

const TICKS = { Queued: '◷ Queued', Sent: '✓ Sent', Delivered: '✓✓ Delivered' };

function segments(text) {
	const gsm = /^[\n\r !-Z\\_a-z¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΔΦΓΛΩΠΨΣΘΞ@$^{}[\]~|€]*$/.test(text);
	const length = gsm ? text.length + (text.match(/[\\^{}[\]~|€]/g) || []).length : text.length;
	const alone = gsm ? 160 : 70;
	return length <= alone ? 1 : Math.ceil(length / (alone - (gsm ? 7 : 3)));
}

function obstacle(line) {
	if (!line) return 'Select one of your numbers.';
	if (line.status !== 'Active') return 'This number isn’t active (' + line.status + ').';
	if (!line.messaging) return 'This number is for data only and can’t receive messages.';
	if (!line.route) return 'This number has no message route: its messages are kept, but no workflow is called.';
	if (!line.route.enabled) return 'The route “' + line.route.name + '” is disabled: no workflow is called.';
	return '';
}
const cannotReceive = (line) => !line || line.status !== 'Active' || !line.messaging;

/** What a person sees of a call, and what can be done next: words, and the event that follows. */
const CALL_TEXTS = {
	Call_Ringing: (line) => 'Calling ' + line + ' …',
	Call_In_Progress: (line) => 'On the phone with ' + line,
	Call_On_Hold: (line) => 'On hold at ' + line,
	Call_Completed: (line) => 'Call with ' + line + ' ended',
	Call_Recording: (line) => 'Call with ' + line + ' ended, recorded',
};
const CALL_STEPS = {
	Call_Ringing: [['Answer', 'Call_In_Progress'], ['Hang up', 'Call_Completed']],
	Call_In_Progress: [['Hold', 'Call_On_Hold'], ['Hang up', 'Call_Completed']],
	Call_On_Hold: [['Resume', 'Call_In_Progress'], ['Hang up', 'Call_Completed']],
	Call_Completed: [['Add recording', 'Call_Recording']],
	Call_Recording: [],
};
const callSteps = (call) => (call.event === 'Call_Completed' && call.answeredAt === null ? [] : CALL_STEPS[call.event]);
const callOf = (line, person) => [...state.calls.values()].findLast((call) => call.to === line && call.from === person);
const isOver = (call) => call.endedAt !== null;
function toldText(call) {
	const event = call.event.replaceAll('_', ' ');
	if (!call.told) return 'No workflow is listening for ' + event + '.';
	return call.told + (call.told === 1 ? ' workflow was' : ' workflows were') + ' notified: ' + event;
}

const answered = (attempt) => attempt.status !== null && attempt.status >= 200 && attempt.status < 300;

/** What became of a text: of the call of its route, and of the account's webhooks. */
function answerText(attempt) {
	if (attempt.kind === 'event') return [true, 'A workflow that listens to the whole account received this.'];
	if (attempt.status === null && !attempt.method) return [false, 'No workflow was called: ' + attempt.error.replace(/^not (called|delivered): /, '') + '.'];
	if (attempt.status === null) return [false, 'No workflow is listening: the route points to ' + attempt.url + ' (' + attempt.error + '). Publish a workflow that uses this route, or change the route.'];
	if (attempt.status === 404) return [false, 'No workflow is listening at ' + attempt.url + ' (HTTP 404). Publish the workflow that uses this route.'];
	if (attempt.error) return [false, 'Your workflow rejected this: ' + attempt.url + ' responded with HTTP ' + attempt.status + (attempt.response ? ': ' + attempt.response : '') + '.'];
	return [true, 'Your workflow received this.'];
}

function hookTitle(attempt) {
	if (attempt.kind === 'inbound') return 'Text received';
	if (attempt.kind === 'receipt') return 'Delivery receipt: ' + attempt.payload.Status;
	return 'Account event: ' + attempt.payload.Event;
}
function hookWho(attempt) {
	const message = state.messages.get(attempt.messageId);
	if (attempt.payload.CallId) return nameOf(attempt.payload.From) + ' → ' + lineName(attempt.payload.To);
	if (!message) return '';
	const other = peopleIn(message).map(nameOf).join(', ');
	return isMine(message) ? other + ' → ' + lineName(lineIn(message)) : lineName(lineIn(message)) + ' → ' + other;
}
function hookChip(attempt) {
	if (attempt.status === null) return attempt.method ? 'no response' : 'not called';
	return String(attempt.status);
}
`;

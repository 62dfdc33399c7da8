/**
 * The page's own script. Texts, numbers and addresses come from outside: they only ever become text nodes, and only
 * http(s) addresses become links. (No backticks in here: it is a raw template.)
 */
export const script = String.raw`
'use strict';
const $ = (id) => document.getElementById(id);
const state = { numbers: [], contacts: [], messages: new Map(), attempts: new Map(), unread: new Map(), number: '', person: '' };
const ADDED = 'telegent-sandbox-people';

function element(tag, attributes, ...children) {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes || {}))
		if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
	made.append(...children.filter((child) => child !== undefined && child !== null));
	return made;
}

function stored() {
	try { return JSON.parse(localStorage.getItem(ADDED)) || []; } catch { return []; }
}
function store(people) {
	try { localStorage.setItem(ADDED, JSON.stringify(people)); } catch { /* a private window: kept until it closes */ }
}

// Reading the state

const pretty = (number) => number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1\u00a0($1)\u00a0$2-$3');
const people = () => [...stored(), ...state.contacts];
const nameOf = (number) => (people().find((person) => person.number === number) || {}).name || pretty(number);
const lineOf = (number) => state.numbers.find((line) => line.number === number);
const labelOf = (line) => line.label || pretty(line.number);
const isMine = (message) => message.direction === 'Inbound';
const lineIn = (message) => (isMine(message) ? message.recipients[0].number : message.from);
const peopleIn = (message) => (isMine(message) ? [message.from] : message.recipients.map((recipient) => recipient.number));
const key = (line, person) => line + ' ' + person;

function conversation(line, person) {
	return [...state.messages.values()]
		.filter((message) => lineIn(message) === line && peopleIn(message).includes(person))
		.sort((one, other) => one.createdAt - other.createdAt);
}

function correspondents(line) {
	const last = new Map(people().map((person) => [person.number, undefined]));
	for (const message of state.messages.values())
		if (lineIn(message) === line)
			for (const person of peopleIn(message))
				if (!last.get(person) || last.get(person).createdAt <= message.createdAt) last.set(person, message);
	return [...last]
		.map(([number, message]) => ({ number, message }))
		.sort((one, other) => (other.message ? other.message.createdAt : 0) - (one.message ? one.message.createdAt : 0));
}

// How things are said

const clock = (time) => new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
function day(time) {
	const date = new Date(time).toDateString();
	if (date === new Date().toDateString()) return 'Today';
	if (date === new Date(Date.now() - 864e5).toDateString()) return 'Yesterday';
	return new Date(time).toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' });
}
const when = (time) => (day(time) === 'Today' ? clock(time) : new Date(time).toLocaleDateString([], { day: 'numeric', month: 'short' }));

const TICKS = { Queued: '◷ Queued', Sent: '✓ Sent', Delivered: '✓✓ Delivered' };

function segments(text) {
	const gsm = /^[\n\r !-Z\\_a-z¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΔΦΓΛΩΠΨΣΘΞ@$^{}[\]~|€]*$/.test(text);
	const length = gsm ? text.length + (text.match(/[\\^{}[\]~|€]/g) || []).length : text.length;
	const alone = gsm ? 160 : 70;
	return length <= alone ? 1 : Math.ceil(length / (alone - (gsm ? 7 : 3)));
}

function obstacle(line) {
	if (!line) return 'Choose one of your numbers.';
	if (line.status !== 'Active') return 'This number is not active (' + line.status + ').';
	if (!line.messaging) return 'This number is for data only: it cannot receive messages.';
	if (!line.route) return 'This number has no message route: its messages are kept, but no workflow is called.';
	if (!line.route.enabled) return 'The route “' + line.route.name + '” is disabled: no workflow is called.';
	return '';
}
function shortly(line) {
	if (line.status !== 'Active') return '⚠ ' + line.status;
	if (!line.messaging) return 'Data only, no messages';
	if (!line.route) return '⚠ No message route';
	return line.route.enabled ? '→ ' + line.route.url : '⚠ Route disabled';
}
const cannotReceive = (line) => !line || line.status !== 'Active' || !line.messaging;

function answerText(attempt) {
	if (attempt.status === null && !attempt.method) return [false, 'No workflow was called: ' + attempt.error.replace(/^not (called|delivered): /, '') + '.'];
	if (attempt.status === null) return [false, 'Nobody listens: the route points to ' + attempt.url + ' (' + attempt.error + '). Publish a workflow that uses this route, or change the route.'];
	const took = ' in ' + attempt.durationMs + ' ms';
	if (attempt.error) return [false, 'Your workflow answered ' + attempt.status + took + ' at ' + attempt.url + (attempt.response ? ': ' + attempt.response : '')];
	return [true, 'Your workflow answered ' + attempt.status + took];
}

// Drawing

function link(url) {
	if (!/^https?:\/\//i.test(url)) return document.createTextNode(url);
	return element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, url);
}

function picture(source, text) {
	const image = element('img', { src: source, alt: text, loading: 'lazy', referrerpolicy: 'no-referrer' });
	image.addEventListener('error', () => image.remove());
	return image;
}

function bubble(message) {
	const box = element('div', { class: 'bubble' });
	for (const url of message.media) {
		if (/^https?:.*\.(png|jpe?g|gif|webp|avif)([?#]|$)/i.test(url)) box.append(picture(url, 'Picture in the message'));
		box.append(element('div', {}, 'Attached: ', link(url)));
	}
	for (const part of message.base64 || []) {
		const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(part.BaseType || '');
		box.append(isPicture ? picture('data:' + part.BaseType + ';base64,' + part.Base64, 'Picture in the message') : element('div', {}, 'Attached: file of type ' + (part.BaseType || 'unknown')));
	}
	box.append(message.body);
	return box;
}

function statusLine(message) {
	const own = message.recipients.find((recipient) => recipient.number === state.person) || message.recipients[0];
	const line = element('div', { class: 'meta' }, labelOf(lineOf(message.from) || { number: message.from }) + ' · ' + clock(message.createdAt) + ' · ');
	const failed = !TICKS[own.status];
	line.append(element('span', { class: failed ? 'failed' : undefined }, failed ? '✕ ' + own.status + (own.errorMessage ? ': ' + own.errorMessage : '') : TICKS[own.status]));
	return line;
}

function hookLines(message) {
	const attempts = state.attempts.get(message.id);
	if (!attempts) return message.waiting ? [element('div', { class: 'hook waiting' }, 'Calling your workflow …')] : [];
	return attempts.map((attempt) => {
		const [good, text] = answerText(attempt);
		return element('div', { class: 'hook ' + (good ? 'good' : 'bad') }, (good ? '✓ ' : '⚠ ') + text);
	});
}

function messageView(message) {
	const mine = isMine(message);
	const sender = element('span', { class: 'visually-hidden' }, mine ? 'You, as ' + nameOf(message.from) + ': ' : 'From your number: ');
	const below = mine ? [element('div', { class: 'meta' }, clock(message.createdAt)), ...hookLines(message)] : [statusLine(message)];
	return element('div', { class: 'message ' + (mine ? 'mine' : 'theirs'), 'data-message': message.id }, sender, bubble(message), ...below);
}

function rowsOf(messages) {
	const rows = [];
	let shown = '';
	for (const message of messages) {
		const date = day(message.createdAt);
		if (date !== shown) rows.push({ key: date, view: () => element('div', { class: 'day' }, date) });
		shown = date;
		const attempts = state.attempts.get(message.id) || [];
		const key = [message.id, state.person, message.recipients.map((recipient) => recipient.status), attempts.length].join(' ');
		rows.push({ key, view: () => messageView(message) });
	}
	return rows.length ? rows : [{ key: 'empty ' + state.number + state.person, view: emptyView }];
}

function emptyView() {
	const hint = cannotReceive(lineOf(state.number)) ? 'No messages here.' : 'No messages yet. Type one below: it arrives at ' + pretty(state.number) + ' as if it came from ' + nameOf(state.person) + '’s phone.';
	return element('p', { class: 'empty' }, hint);
}

/** Keeps what is already there, so that a screen reader only hears what is new. */
function drawTalk() {
	const log = $('log');
	const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
	const messages = conversation(state.number, state.person);
	const rows = rowsOf(messages);
	rows.forEach(({ key, view }, index) => {
		const present = log.children[index];
		if (present && present.dataset.key === key) return;
		const made = view();
		made.dataset.key = key;
		if (present) present.replaceWith(made);
		else log.append(made);
	});
	while (log.children.length > rows.length) log.lastChild.remove();
	if (atEnd || state.jump) log.scrollTop = log.scrollHeight;
	state.jump = false;
	$('count').textContent = messages.length + (messages.length === 1 ? ' message' : ' messages');
}

function drawWho() {
	const line = lineOf(state.number);
	const problem = obstacle(line);
	$('person-name').textContent = nameOf(state.person) + '’s phone';
	$('person-number').textContent = pretty(state.person) + ', texting ' + (line ? labelOf(line) + ', ' : '') + pretty(state.number);
	$('route').className = problem ? 'route bad' : 'route';
	$('route').replaceChildren(problem || element('span', {}, 'What you write is sent to ' + line.route.url + ' (' + line.route.method + ', route “' + line.route.name + '”).'));
	$('text').disabled = $('send').disabled = $('attach').disabled = cannotReceive(line);
}

function entry(attributes, title, side, below, choose) {
	const button = element('button', { class: 'entry', type: 'button', ...attributes }, element('strong', {}, title), side || element('span', {}), ...below.map((text) => element('span', { class: 'line' }, text)));
	button.addEventListener('click', choose);
	return element('li', {}, button);
}

const badge = (count) => (count ? element('span', { class: 'badge', 'aria-label': count + ' new' }, String(count)) : undefined);

function drawSide() {
	const unreadOn = (line) => [...state.unread].reduce((sum, [pair, count]) => sum + (pair.startsWith(line + ' ') ? count : 0), 0);
	$('numbers').replaceChildren(...state.numbers.map((line) => {
		const chosen = line.number === state.number;
		const below = [pretty(line.number) + ' · ' + line.type, shortly(line)];
		return entry({ 'data-number': line.number, 'aria-pressed': String(chosen) }, labelOf(line), chosen ? undefined : badge(unreadOn(line.number)), below, () => choose(line.number, state.person));
	}));
	$('people').replaceChildren(...correspondents(state.number).map(({ number, message }) => {
		const side = badge(state.unread.get(key(state.number, number))) || (message && element('span', { class: 'when' }, when(message.createdAt)));
		const last = message ? (isMine(message) ? '' : '← ') + (message.body || 'Attachment') : 'No messages yet';
		const close = () => document.body.classList.remove('choosing');
		return entry({ 'data-person': number, 'aria-pressed': String(number === state.person) }, nameOf(number), side, [pretty(number), last], () => { choose(state.number, number); close(); });
	}));
}

let queued = false;
function draw() {
	if (queued) return;
	queued = true;
	requestAnimationFrame(() => {
		queued = false;
		const focused = document.activeElement.dataset || {};
		drawSide();
		drawWho();
		drawTalk();
		const again = focused.number ? '[data-number="' + focused.number + '"]' : focused.person ? '[data-person="' + focused.person + '"]' : '';
		if (again && document.querySelector(again)) document.querySelector(again).focus();
	});
}

function choose(number, person) {
	Object.assign(state, { number, person, jump: true });
	state.unread.delete(key(number, person));
	history.replaceState(null, '', '#' + new URLSearchParams({ number, person }));
	draw();
}

// Talking to the sandbox

async function load() {
	const snapshot = await (await fetch('/_sandbox/phone')).json();
	Object.assign(state, { numbers: snapshot.numbers, contacts: snapshot.contacts });
	state.messages = new Map(snapshot.messages.map((message) => [message.id, message]));
	state.attempts = new Map();
	snapshot.deliveries.forEach(remember);
	const wanted = new URLSearchParams(location.hash.slice(1));
	const number = lineOf(state.number) || lineOf(wanted.get('number')) || state.numbers[0] || { number: '' };
	const first = correspondents(number.number)[0] || { number: '' };
	choose(number.number, state.person || wanted.get('person') || first.number);
}

function remember(attempt) {
	const known = state.attempts.get(attempt.messageId) || [];
	if (attempt.kind !== 'inbound' || known.some((other) => other.n === attempt.n)) return;
	state.attempts.set(attempt.messageId, [...known, attempt]);
}

function arrived(message) {
	state.messages.set(message.id, Object.assign(message, { waiting: isMine(message) }));
	for (const person of peopleIn(message)) {
		const pair = key(lineIn(message), person);
		if (!isMine(message) && pair !== key(state.number, state.person)) state.unread.set(pair, (state.unread.get(pair) || 0) + 1);
	}
	draw();
}

function listen() {
	const events = new EventSource('/_sandbox/events');
	let ready = Promise.resolve();
	const reload = () => { ready = load(); };
	const on = (name, act) => events.addEventListener(name, (event) => ready.then(() => act(JSON.parse(event.data))));
	on('message', arrived);
	on('status', (message) => { state.messages.set(message.id, message); draw(); });
	on('delivery', (attempt) => { remember(attempt); draw(); });
	on('account', reload);
	on('reset', () => { state.unread.clear(); reload(); });
	const live = (lost) => { $('live').classList.toggle('lost', lost); $('live').textContent = lost ? 'Not connected: is the sandbox running?' : 'Live'; };
	events.onopen = () => { live(false); reload(); };
	events.onerror = () => live(true);
}

async function sendText(event) {
	event.preventDefault();
	const body = $('text').value.trim();
	const media = $('media').value.split(/\s+/).filter(Boolean);
	if (!body && !media.length) return;
	$('text').value = $('media').value = '';
	count();
	try {
		const answer = await fetch('/_sandbox/inbound', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ from: state.person, to: state.number, body, media }),
		});
		$('problem').textContent = answer.ok ? '' : (await answer.json()).error;
	} catch {
		$('problem').textContent = 'The sandbox does not answer. Is it running?';
		$('text').value = body;
	}
}

function count() {
	const text = $('text').value;
	$('size').textContent = text ? text.length + ' characters · ' + segments(text) + ' SMS' : 'Enter sends, Shift+Enter starts a new line';
}

function addPerson(event) {
	event.preventDefault();
	const digits = $('new-number').value.replace(/[^\d+]/g, '');
	const number = digits.startsWith('+') ? digits : '+' + (digits.length === 10 ? '1' : '') + digits;
	const valid = /^\+[1-9]\d{6,14}$/.test(number);
	$('new-problem').textContent = valid ? '' : 'Please type a whole phone number, e.g. +1 202 555 0100.';
	if (!valid) return;
	const name = $('new-name').value.trim() || pretty(number);
	store([{ name, number }, ...stored().filter((person) => person.number !== number)]);
	event.target.reset();
	$('add').open = false;
	document.body.classList.remove('choosing');
	choose(state.number, number);
	$('text').focus();
}

$('write').addEventListener('submit', sendText);
$('text').addEventListener('input', count);
$('text').addEventListener('keydown', (event) => {
	if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) sendText(event);
});
$('add-form').addEventListener('submit', addPerson);
$('lists').addEventListener('click', () => document.body.classList.add('choosing'));
$('attach').addEventListener('click', () => {
	$('media-row').hidden = !$('media-row').hidden;
	$('attach').setAttribute('aria-expanded', String(!$('media-row').hidden));
	if (!$('media-row').hidden) $('media').focus();
	$('log').scrollTop = $('log').scrollHeight;
});
$('help-open').addEventListener('click', () => $('help').showModal());
$('help-close').addEventListener('click', () => $('help').close());
count();
listen();
`;

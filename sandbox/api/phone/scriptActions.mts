/** What a person can do on the page, and what the sandbox sends it. (No backticks in here: it is a raw template.) */
export const actionsScript = String.raw`
function choose(number) {
	state.number = number;
	for (const view of state.views.values()) view.atEnd = true;
	remember();
	draw();
}
function remember() {
	store(OPEN, state.open);
	history.replaceState(null, '', '#' + new URLSearchParams({ number: state.number, people: state.open.join(',') }));
}
function openPhone(person) {
	if (!state.open.includes(person)) state.open.push(person);
	choose(state.number);
	requestAnimationFrame(() => requestAnimationFrame(() => {
		const view = state.views.get(person);
		view.card.scrollIntoView({ inline: 'center', block: 'nearest' });
		view.text.focus({ preventScroll: true });
	}));
}
function closePhone(person) {
	state.open = state.open.filter((other) => other !== person);
	remember();
	draw();
}

const post = (path, body) => fetch('/_sandbox/' + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** One person's phone: the parts that stay; what changes is drawn into them. */
function phone(person) {
	const name = nameOf(person);
	const view = { atEnd: true, media: [] };
	view.name = element('h2', {});
	view.under = element('p', { class: 'small soft', title: person });
	view.optOut = element('span', { class: 'opted', hidden: true });
	view.reach = element('select', { class: 'reach', 'aria-label': name + '’s phone is' },
		element('option', { value: 'on' }, 'On'), element('option', { value: 'off' }, 'Switched off'), element('option', { value: 'blocks' }, 'Blocks this number'));
	view.reach.addEventListener('change', () => setReach(person, view.reach.value));
	view.dial = button({ class: 'word', 'aria-label': 'Call from ' + name, title: 'Call this number' }, () => dial(person), '☎');
	view.calling = element('div', { class: 'calling', role: 'status' });
	view.elsewhere = element('div', { class: 'elsewhere' });
	view.log = element('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': 'Conversation with ' + name, tabindex: '0' });
	view.log.addEventListener('scroll', () => { view.atEnd = view.log.scrollHeight - view.log.scrollTop - view.log.clientHeight < 40; });
	new ResizeObserver(() => { if (view.atEnd) toEnd(view); }).observe(view.log);
	view.text = element('textarea', { class: 'field', rows: '1', maxlength: '1600', placeholder: 'Message', 'aria-label': 'Text message from ' + name });
	view.send = element('button', { class: 'button', 'aria-label': 'Send from ' + name }, 'Send');
	view.attach = button({ class: 'quiet attach', 'aria-expanded': 'false', 'aria-label': 'Attach media to ' + name + '’s message', title: 'Attach a picture (MMS)' }, () => toggleMedia(view), '+');
	view.words = ['STOP', 'START', 'HELP', '1', '2'].map((word) => button({ class: 'word', title: 'Send “' + word + '”' }, () => send(person, word, []), word));
	view.size = element('span', { class: 'small soft' });
	view.problem = element('span', { class: 'problem', role: 'alert' });
	view.chosen = element('div', { class: 'chosen' });
	view.tray = mediaTray(view);
	const form = element('form', { class: 'write' }, view.tray, view.chosen, element('div', { class: 'row' }, view.attach, view.text, view.send), element('div', { class: 'under' }, element('div', { class: 'words' }, ...view.words, view.dial), view.size), view.problem);
	form.addEventListener('submit', (event) => { event.preventDefault(); sendDraft(person, view); });
	view.text.addEventListener('input', () => drawDraft(view));
	view.text.addEventListener('keydown', (event) => {
		if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); sendDraft(person, view); }
	});
	view.card = element('section', { class: 'phone', 'aria-label': name + '’s phone', 'data-person': person },
		element('header', { class: 'who' }, view.name, button({ class: 'close', 'aria-label': 'Close ' + name + '’s phone' }, () => closePhone(person), '✕'), view.under, view.reach),
		element('div', {}, view.calling, view.elsewhere), view.log, form);
	return view;
}

const dial = (person) => told(person, 'calls', { from: person, to: state.number });
const advanceCall = (person, call, event) => told(person, 'calls/events', { callId: call.id, event });

async function setReach(person, value) {
	await fetch('/_sandbox/recipients?' + new URLSearchParams({ number: person }), { method: 'DELETE' });
	if (value === 'off') await post('recipients', { number: person });
	if (value === 'blocks') await post('recipients', { number: person, from: state.number });
}

const PICTURES = ['parcel', 'cat', 'receipt'];

function mediaTray(view) {
	const address = element('input', { class: 'field', type: 'url', inputmode: 'url', autocomplete: 'off', placeholder: 'or a URL: https://…', 'aria-label': 'URL of a picture' });
	const add = (url) => { view.media.push(url); drawDraft(view); view.text.focus(); };
	const pictures = PICTURES.map((name) => {
		const url = location.origin + '/phone/pictures/' + name + '.png';
		return button({ class: 'thumb', 'aria-label': 'Attach the picture of a ' + name }, () => add(url), element('img', { src: url, alt: '' }));
	});
	const addAddress = () => { if (/^https?:\/\//i.test(address.value.trim())) { add(address.value.trim()); address.value = ''; } };
	address.addEventListener('change', addAddress);
	return element('div', { class: 'tray', hidden: true }, ...pictures, address);
}
function toggleMedia(view) {
	view.tray.hidden = !view.tray.hidden;
	view.attach.setAttribute('aria-expanded', String(!view.tray.hidden));
}

function drawDraft(view) {
	const text = view.text.value;
	view.size.textContent = text ? text.length + ' characters · ' + segments(text) + ' SMS' : '';
	view.chosen.replaceChildren(...view.media.map((url, index) => button({ class: 'pill', 'aria-label': 'Remove ' + url }, () => { view.media.splice(index, 1); drawDraft(view); }, (url.split('/').pop() || url) + ' ✕')));
}

async function sendDraft(person, view) {
	const body = view.text.value.trim();
	const media = view.media;
	if (!body && !media.length) return;
	view.text.value = '';
	view.media = [];
	view.tray.hidden = true;
	drawDraft(view);
	if (!(await send(person, body, media))) view.text.value = body;
}

async function send(person, body, media) {
	state.views.get(person).atEnd = true;
	return await told(person, 'inbound', { from: person, to: state.number, body, media });
}

/** Tells the sandbox what someone does; what it rejects is shown on that phone. */
async function told(person, path, what) {
	const { problem } = state.views.get(person);
	try {
		const answer = await post(path, what);
		problem.textContent = answer.ok ? '' : (await answer.json()).error;
		return answer.ok;
	} catch {
		problem.textContent = 'The local sandbox isn’t responding. Is it running?';
		return false;
	}
}

function addPerson(event) {
	event.preventDefault();
	const digits = $('new-number').value.replace(/[^\d+]/g, '');
	const number = digits.startsWith('+') ? digits : '+' + (digits.length === 10 ? '1' : '') + digits;
	const valid = /^\+[1-9]\d{6,14}$/.test(number);
	$('new-problem').textContent = valid ? '' : 'Enter a full phone number, e.g. +1 202 555 0100.';
	if (!valid) return;
	const name = $('new-name').value.trim() || pretty(number);
	store(ADDED, [{ name, number }, ...stored(ADDED).filter((person) => person.number !== number)]);
	event.target.reset();
	openPhone(number);
}

// What the sandbox tells

const isWorthShowing = (number) => isKnown(number) || hasTexted(number);

async function load() {
	const snapshot = await (await fetch('/_sandbox/phone')).json();
	Object.assign(state, { since: snapshot.since, numbers: snapshot.numbers, contacts: snapshot.contacts, failing: snapshot.failing });
	recallSeen();
	state.messages = new Map(snapshot.messages.map((message) => [message.id, message]));
	state.calls = new Map(snapshot.calls.map((call) => [call.id, call]));
	state.optOuts = new Map(snapshot.optOuts.map(({ number, person, since }) => [key(number, person), since]));
	state.attempts = new Map();
	state.hooks = [];
	snapshot.deliveries.forEach(called);
	// A phone opened for an unknown number before the sandbox restarted has nothing to show any more.
	state.open = state.open.filter(isWorthShowing);
	if (!state.open.length) {
		const wanted = new URLSearchParams(location.hash.slice(1));
		const told = (wanted.get('people') || wanted.get('person') || '').split(',').filter(Boolean);
		const kept = (told.length ? told : stored(OPEN)).filter(isWorthShowing);
		state.open = kept.length ? kept : state.contacts.slice(0, 3).map((person) => person.number);
		state.number = wanted.get('number') || '';
	}
	choose((lineOf(state.number) || state.numbers[0] || { number: '' }).number);
}

function called(attempt) {
	if (state.hooks.some((other) => other.n === attempt.n)) return;
	state.hooks.push(attempt);
	if (!attempt.messageId || attempt.kind === 'receipt') return;
	state.attempts.set(attempt.messageId, [...(state.attempts.get(attempt.messageId) || []), attempt]);
}

function arrived(message) {
	state.messages.set(message.id, Object.assign(message, { waiting: isMine(message) }));
	if (isMine(message)) heed(message);
	else for (const person of peopleIn(message)) {
		// Someone whose phone isn't shown gets a text: their phone appears, unless a whole list is texted.
		if (!state.open.includes(person) && (isKnown(person) || state.open.length < MOST_PHONES)) state.open.push(person);
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
	on('call', (call) => { state.calls.set(call.id, call); draw(); });
	on('delivery', (attempt) => { called(attempt); draw(); });
	on('recipients', (failing) => { state.failing = failing; draw(); });
	on('account', reload);
	on('reset', reload);
	const live = (lost) => { $('live').classList.toggle('lost', lost); $('live').textContent = lost ? 'Not connected. Is the local sandbox running?' : 'Live'; };
	events.onopen = () => { live(false); reload(); };
	events.onerror = () => live(true);
}

$('add-form').addEventListener('submit', addPerson);
$('failed-only').addEventListener('change', draw);
$('calls-open').addEventListener('click', () => $('calls-open').setAttribute('aria-expanded', String(document.body.classList.toggle('calls-shown'))));
$('help-open').addEventListener('click', () => $('help').showModal());
$('help-close').addEventListener('click', () => $('help').close());
listen();
`;

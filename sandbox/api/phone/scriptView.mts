/**
 * What the page shows. Texts, numbers and addresses come from outside: they only ever become text nodes, and only
 * http(s) addresses become links. (No backticks in here: it is a raw template.)
 */
export const viewScript = String.raw`
function link(url) {
	if (!/^https?:\/\//i.test(url)) return document.createTextNode(url);
	return element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, url.split('/').pop() || url);
}

function picture(source, text) {
	const image = element('img', { src: source, alt: text, loading: 'lazy', referrerpolicy: 'no-referrer' });
	image.addEventListener('error', () => image.remove());
	image.addEventListener('load', () => state.views.forEach((view) => { if (view.atEnd) toEnd(view); }));
	return image;
}

function bubble(message) {
	const box = element('div', { class: 'bubble' });
	for (const url of message.media) {
		if (/^https?:.*\.(png|jpe?g|gif|webp|avif)([?#]|$)/i.test(url)) box.append(picture(url, 'Picture in the message'));
		box.append(element('div', { class: 'attached' }, 'Attached: ', link(url)));
	}
	for (const part of message.base64 || []) {
		const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(part.BaseType || '');
		box.append(isPicture ? picture('data:' + part.BaseType + ';base64,' + part.Base64, 'Picture in the message') : element('div', { class: 'attached' }, 'Attached: file of type ' + (part.BaseType || 'unknown')));
	}
	box.append(message.body);
	return box;
}

function statusLine(message, person) {
	const own = message.recipients.find((recipient) => recipient.number === person) || message.recipients[0];
	const failed = !TICKS[own.status];
	const tick = element('span', { class: failed ? 'failed' : own.status === 'Delivered' ? 'delivered' : undefined }, failed ? '✕ ' + own.status + (own.errorMessage ? ': ' + own.errorMessage : '') : TICKS[own.status]);
	const since = state.optOuts.get(key(message.from, person));
	const late = since && since < message.createdAt && conversation(message.from, person).some((other) => isMine(other) && other.createdAt === since);
	const answersStop = late && message.createdAt - since < 15e3;
	return element('div', { class: 'meta' }, clock(message.createdAt) + ' · ', tick, late && !answersStop ? element('span', { class: 'failed' }, ' · sent after STOP') : undefined);
}

function hookLines(message) {
	const attempts = state.attempts.get(message.id);
	if (!attempts) return message.waiting ? [element('div', { class: 'hook waiting' }, 'Calling your workflow …')] : [];
	const told = attempts.filter(({ kind }) => kind === 'inbound').map(answerText);
	const listener = attempts.find((attempt) => attempt.kind === 'event' && answered(attempt));
	const shown = listener && told.every(([good]) => !good) ? [answerText(listener)] : told;
	return shown.map(([good, text]) => element('div', { class: 'hook ' + (good ? 'good' : 'bad') }, (good ? '✓ ' : '⚠ ') + text));
}

function messageView(message, person) {
	const mine = isMine(message);
	const sender = element('span', { class: 'visually-hidden' }, mine ? nameOf(message.from) + ': ' : lineName(message.from) + ': ');
	const below = mine ? [element('div', { class: 'meta' }, clock(message.createdAt)), ...hookLines(message)] : [statusLine(message, person)];
	return element('div', { class: 'message ' + (mine ? 'mine' : 'theirs'), 'data-message': message.id }, sender, bubble(message), ...below);
}

function rowsOf(person) {
	const rows = [];
	let shown = '';
	for (const message of conversation(state.number, person)) {
		const date = day(message.createdAt);
		if (date !== shown) rows.push({ key: date, view: () => element('div', { class: 'day' }, date) });
		shown = date;
		const attempts = state.attempts.get(message.id) || [];
		const own = message.recipients.map((recipient) => recipient.status);
		rows.push({ key: [message.id, own, attempts.length, !isMine(message) && state.optOuts.has(key(state.number, person))].join(' '), view: () => messageView(message, person) });
	}
	return rows.length ? rows : [{ key: 'empty ' + state.number, view: () => emptyView(person) }];
}

function emptyView(person) {
	const hint = cannotReceive(lineOf(state.number)) ? 'No messages here.' : 'No messages yet. Type one below: ' + lineName(state.number) + ' receives it from ' + nameOf(person) + '’s phone.';
	return element('p', { class: 'empty' }, hint);
}

const toEnd = (view) => { view.log.scrollTop = view.log.scrollHeight; };

/** Keeps what is already there, so that a screen reader announces only what is new. */
function drawTalk(person, view) {
	const { log } = view;
	const rows = rowsOf(person);
	rows.forEach(({ key, view: make }, index) => {
		const present = log.children[index];
		if (present && present.dataset.key === key) return;
		const made = make();
		made.dataset.key = key;
		if (present) present.replaceWith(made);
		else log.append(made);
	});
	while (log.children.length > rows.length) log.lastChild.remove();
	if (view.atEnd) toEnd(view);
}

function drawPhone(person) {
	const view = state.views.get(person);
	const reach = reachOf(person);
	const since = state.optOuts.get(key(state.number, person));
	const closed = cannotReceive(lineOf(state.number));
	view.name.textContent = nameOf(person);
	view.under.textContent = nameOf(person) === pretty(person) ? '' : pretty(person);
	view.optOut.hidden = !since;
	view.optOut.textContent = since ? 'Opted out at ' + clock(since) : '';
	view.reach.value = reach;
	view.card.classList.toggle('unreachable', reach !== 'on');
	for (const part of [view.text, view.send, view.attach, ...view.words]) part.disabled = closed;
	const elsewhere = [...state.unread].filter(([pair, count]) => count && pair.endsWith(' ' + person) && !pair.startsWith(state.number + ' '));
	view.elsewhere.replaceChildren(...(since ? [view.optOut] : []), ...elsewhere.map(([pair, count]) => {
		const line = pair.split(' ')[0];
		return button({ class: 'pill' }, () => choose(line), count + ' new from ' + lineName(line) + ' ›');
	}));
	drawCall(person, view);
	drawTalk(person, view);
}

/** Drawn anew only when something changed: a button that has the focus keeps it. */
function drawCall(person, view) {
	const line = lineOf(state.number);
	const call = callOf(state.number, person);
	view.dial.hidden = !line || !line.voice || line.status !== 'Active';
	view.dial.disabled = Boolean(call) && !isOver(call);
	const key = call && [call.id, call.event, call.told].join(' ');
	if (view.calling.dataset.key === key) return;
	view.calling.dataset.key = key || '';
	view.calling.replaceChildren(...(call ? [
		element('strong', {}, CALL_TEXTS[call.event](lineName(call.to))),
		...callSteps(call).map(([words, event]) => button({ class: 'pill' }, () => advanceCall(person, call, event), words)),
		element('span', { class: call.told ? 'small soft' : 'small failed' }, toldText(call)),
	] : []));
}

function drawLines() {
	const unreadOn = (line) => [...state.unread].reduce((sum, [pair, count]) => sum + (pair.startsWith(line + ' ') ? count : 0), 0);
	const present = new Map([...$('numbers').children].map((child) => [child.dataset.number, child]));
	const lines = state.numbers.map((line) => {
		const chosen = line.number === state.number;
		const count = chosen ? 0 : unreadOn(line.number);
		const badge = count ? [element('span', { class: 'badge', 'aria-label': count + ' new' }, String(count))] : [];
		const quiet = cannotReceive(line) || !line.route ? ' faint' : '';
		const shown = present.get(line.number) || button({ 'data-number': line.number, title: pretty(line.number) }, () => choose(line.number));
		shown.className = 'line' + quiet;
		shown.setAttribute('aria-pressed', String(chosen));
		shown.replaceChildren(element('strong', {}, line.label || pretty(line.number)), element('span', {}, '…' + line.number.slice(-4)), ...badge);
		return shown;
	});
	// Moving a button would take the focus from it.
	if (lines.some((line, index) => $('numbers').children[index] !== line) || lines.length < present.size) $('numbers').replaceChildren(...lines);
	if (state.shown !== state.number) document.querySelector('.line[aria-pressed="true"]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
	state.shown = state.number;
	const line = lineOf(state.number);
	const problem = obstacle(line);
	$('route').className = problem ? 'route bad' : 'route';
	$('route').textContent = problem || pretty(line.number) + ' · texts are sent to ' + line.route.url + ' (' + line.route.method + ', route “' + line.route.name + '”)';
}

function drawPhones() {
	const stage = $('phones');
	for (const [person, view] of state.views) if (!state.open.includes(person)) { view.card.remove(); state.views.delete(person); }
	for (const person of state.open) {
		if (!state.views.has(person)) {
			const view = phone(person);
			state.views.set(person, view);
			stage.insertBefore(view.card, $('add-card'));
		}
		drawPhone(person);
	}
	drawOthers();
	stage.lastElementChild.hidden = false;
}

/** Phones that can be opened: of people with a name, and of everyone the selected number texts with, the latest first. */
function drawOthers() {
	const texted = [...state.messages.values()].filter((message) => lineIn(message) === state.number).reverse().flatMap(peopleIn);
	const numbers = [...new Set([...people().map((person) => person.number), ...texted])].filter((number) => !state.open.includes(number));
	$('others').replaceChildren(...numbers.slice(0, MOST_OTHERS).map((number) => element('li', {}, button({ class: 'quiet' }, () => openPhone(number), nameOf(number)))));
	const more = numbers.length - MOST_OTHERS;
	$('more-others').textContent = more > 0 ? 'and ' + more + ' more: enter the number below.' : '';
}

function hookView(attempt) {
	const who = hookWho(attempt);
	return element('details', { class: 'call ' + (answered(attempt) ? 'good' : 'bad'), 'data-n': attempt.n },
		element('summary', {},
			element('span', { class: 'chip' }, hookChip(attempt)),
			element('strong', {}, hookTitle(attempt)),
			element('span', { class: 'who-line' }, who),
			element('span', { class: 'when' }, clock(attempt.time, { second: '2-digit' }) + (attempt.method ? ' · ' + attempt.durationMs + ' ms' : '')),
			element('span', { class: 'whole url' }, (attempt.method ? attempt.method + ' ' : '') + (attempt.url || attempt.error || ''))),
		element('h3', {}, 'Sent'), element('pre', {}, JSON.stringify(attempt.payload, null, 2)),
		element('h3', {}, 'Response'), element('pre', {}, attempt.error && !attempt.response ? attempt.error : attempt.response || '(empty)'));
}

function drawHooks() {
	const list = $('calls');
	const shown = state.hooks.filter((attempt) => !$('failed-only').checked || !answered(attempt)).slice(-KEPT_HOOKS).reverse();
	const present = new Map([...list.children].map((child) => [child.dataset.n, child]));
	list.replaceChildren(...(shown.length ? shown.map((attempt) => present.get(String(attempt.n)) || hookView(attempt)) : [element('p', { class: 'empty' }, $('failed-only').checked ? 'All webhook calls succeeded.' : 'No webhook calls yet. Text one of the numbers to see which URL is called and how it responds.')]));
	$('call-count').textContent = state.hooks.length ? String(state.hooks.length) : '';
}

let queued = false;
function draw() {
	if (queued) return;
	queued = true;
	requestAnimationFrame(() => {
		queued = false;
		// Looked at is what is on the screen: the chosen number, all of it.
		markSeen(state.number);
		state.unread = countUnread();
		drawLines();
		drawPhones();
		drawHooks();
	});
}
`;

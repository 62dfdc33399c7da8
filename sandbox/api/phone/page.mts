import { createHash } from 'node:crypto';
import { script } from './script.mts';
import { style } from './style.mts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Only the page's own script and style run; pictures may come from the messages. */
export const phonePolicy = [
	"default-src 'none'",
	`script-src ${hash(script)}`,
	`style-src ${hash(style)}`,
	"connect-src 'self'",
	'img-src data: http: https:',
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');

const phoneIcon = `<svg width="26" height="26" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><rect x="6" y="2.5" width="12" height="19" rx="2.6"/><path d="M9 7.5h6M9 10.5h4M11 18.4h2"/></svg>`;

const clip = `<svg width="19" height="19" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="m21 11.5-8.6 8.6a5.6 5.6 0 0 1-8-8l8.6-8.5a3.7 3.7 0 0 1 5.3 5.3l-8.6 8.5a1.9 1.9 0 0 1-2.7-2.6l8-7.9"/></svg>`;

const help = `<dialog id="help" aria-labelledby="help-title">
	<h2 id="help-title">What this page is</h2>
	<ol>
		<li>On the left are <strong>your Telegent numbers</strong>, as your business owns them, and <strong>people</strong> who text with you. All of it is made up: no real message is sent, and nothing costs money.</li>
		<li>Choose a number and a person, and type: <strong>you are that person’s phone</strong>. Your text arrives at the number.</li>
		<li>The number’s <strong>message route</strong> then calls your workflow. Below your text you see what it answered, or that nobody listens yet.</li>
		<li>Whatever your workflow sends to that person appears here, with its delivery.</li>
	</ol>
	<button class="button" id="help-close" type="button">Got it</button>
</dialog>`;

const side = `<nav class="side" aria-label="Numbers and people">
	<h2 id="numbers-title">Your Telegent numbers</h2>
	<ul id="numbers" aria-labelledby="numbers-title"></ul>
	<h2 id="people-title">People</h2>
	<ul id="people" aria-labelledby="people-title"></ul>
	<details class="add" id="add">
		<summary>Add a person</summary>
		<form id="add-form" novalidate>
			<label>Phone number<input class="field" id="new-number" type="tel" autocomplete="off" placeholder="+1 202 555 0100"></label>
			<label>Name (optional)<input class="field" id="new-name" autocomplete="off" maxlength="40"></label>
			<p class="small problem" id="new-problem" role="alert"></p>
			<button class="button">Add</button>
		</form>
	</details>
</nav>`;

const talk = `<main class="talk">
	<header class="who">
		<button class="quiet" id="lists" type="button">☰ Numbers and people</button>
		<div class="grow"><h2 id="person-name">…</h2><p class="small soft" id="person-number"></p></div>
		<span class="small soft" id="count"></span>
		<p class="route" id="route"></p>
	</header>
	<div class="log" id="log" role="log" aria-live="polite" aria-label="Conversation" tabindex="0"></div>
	<form class="write" id="write">
		<div class="media" id="media-row" hidden>
			<label for="media">Media links</label>
			<input class="field" id="media" inputmode="url" autocomplete="off" placeholder="https://example.com/picture.png (several: with spaces between)">
		</div>
		<div class="row">
			<button class="quiet attach" id="attach" type="button" aria-expanded="false" aria-controls="media-row" aria-label="Add media links" title="Add media links (MMS)">${clip}</button>
			<label class="visually-hidden" for="text">Text message</label>
			<textarea class="field" id="text" rows="1" maxlength="1600" placeholder="Text message"></textarea>
			<button class="button" id="send">Send</button>
		</div>
		<div class="under"><span id="size"></span><span class="problem" id="problem" role="alert"></span></div>
	</form>
</main>`;

/** A phone for people without one: the whole page, self-contained. */
export const phonePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Phone · Telegent sandbox</title>
<style>${style}</style>
</head>
<body>
<header class="top">
	${phoneIcon}
	<h1 class="grow">Phone <span class="soft">of the Telegent sandbox</span></h1>
	<span class="live" id="live" role="status">Connecting …</span>
	<button class="quiet" id="help-open" type="button">What is this?</button>
</header>
<div class="frame">${side}${talk}</div>
${help}
<script>${script}</script>
</body>
</html>
`;

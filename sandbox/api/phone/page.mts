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

const phoneIcon = `<svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><rect x="6" y="2.5" width="12" height="19" rx="2.6"/><path d="M9 7.5h6M9 10.5h4M11 18.4h2"/></svg>`;

const help = `<dialog id="help" aria-labelledby="help-title">
	<h2 id="help-title">About the phone simulator</h2>
	<ol>
		<li>At the top are <strong>your Telegent numbers</strong>. Below are the <strong>phones of people</strong> who text with you. Everything is simulated: no real messages are sent, and nothing costs money.</li>
		<li>Select a number and type on a phone: <strong>you are that person</strong>. The number receives your text.</li>
		<li>The number’s <strong>message route</strong> then delivers it to your workflow. Below your text, you see whether a workflow received it. The <strong>webhook log</strong> shows each request and its response.</li>
		<li>Whatever your workflow sends appears on the phones, with its delivery status: ◷ queued, ✓ sent, ✓✓ delivered, ✕ failed. Switch a phone off to see how your workflow handles it.</li>
		<li><strong>☎</strong> calls the number, if it accepts calls. You answer, hold and hang up for both sides. The account’s webhooks are notified of each event.</li>
		<li>Someone who texts <strong>STOP</strong> is marked as opted out until they text START. Messages that your workflow still sends them are marked.</li>
	</ol>
	<button class="button" id="help-close" type="button">Got it</button>
</dialog>`;

const addCard = `<section class="phone add" id="add-card" aria-label="Add a phone" hidden>
	<h2>Add a phone</h2>
	<ul id="others"></ul>
	<p class="small soft" id="more-others"></p>
	<form id="add-form" novalidate>
		<label>Phone number<input class="field" id="new-number" type="tel" autocomplete="off" placeholder="+1 202 555 0100"></label>
		<label>Name (optional)<input class="field" id="new-name" autocomplete="off" maxlength="40"></label>
		<p class="small problem" id="new-problem" role="alert"></p>
		<button class="button">Add a person</button>
	</form>
</section>`;

const calls = `<aside class="calls" aria-labelledby="calls-title">
	<header>
		<h2 id="calls-title">Webhook log</h2>
		<label class="small"><input type="checkbox" id="failed-only"> Failed only</label>
	</header>
	<div id="calls"></div>
</aside>`;

/** The phone simulator: the whole page, self-contained. */
export const phonePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Phone simulator · Local Telegent sandbox</title>
<style>${style}</style>
</head>
<body>
<header class="top">
	${phoneIcon}
	<h1>Phone simulator <span class="soft">in the local Telegent sandbox</span></h1>
	<span class="live" id="live" role="status">Connecting …</span>
	<button class="quiet" id="calls-open" type="button" aria-expanded="false">Webhooks <span id="call-count"></span></button>
	<a class="quiet" href="/" aria-label="Start page" title="What’s running and what to try">Start<span class="wide"> page</span></a>
	<button class="quiet" id="help-open" type="button" aria-label="What’s this?"><span class="wide">What’s this</span>?</button>
</header>
<nav class="lines" aria-label="Your Telegent numbers">
	<div class="row"><span class="title">Your numbers</span><div id="numbers"></div></div>
	<p class="route" id="route"></p>
</nav>
<div class="frame">
	<main class="phones" id="phones">${addCard}</main>
	${calls}
</div>
${help}
<script>${script}</script>
</body>
</html>
`;

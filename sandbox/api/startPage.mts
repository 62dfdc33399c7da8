import { createHash } from 'node:crypto';
import { baseStyle } from './phone/style.mts';

const style = `${baseStyle}
main { max-width: 780px; margin: 0 auto; padding: 34px 20px 60px; }
h1 { font-size: 26px; }
h2 { margin: 30px 0 10px; font-size: 18px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 14px; margin-top: 20px; }
.card, .try li { padding: 16px 18px; border: 1px solid var(--line); border-radius: 16px; background: var(--panel); box-shadow: var(--shadow); }
.card strong { display: block; font-size: 16px; }
.card p { margin: 4px 0 14px; color: var(--soft); font-size: 14px; }
.card .button { display: inline-block; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 6px 14px; margin: 10px 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; }
.facts code { user-select: all; }
.try { display: grid; gap: 10px; padding: 0; list-style: none; }
code { padding: 1px 6px; border-radius: 6px; background: var(--note-ground); font-size: 13px; overflow-wrap: anywhere; }
`;

/** Opens the phone simulator as a narrow window next to the editor. */
const script = `document.getElementById('beside').addEventListener('click', (event) => {
	event.preventDefault();
	window.open('/phone', 'telegent-phones', 'popup,width=460,height=' + screen.availHeight + ',left=' + (screen.availWidth - 460) + ',top=0');
});`;

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export const startPolicy = [
	"default-src 'none'",
	`script-src ${hash(script)}`,
	`style-src ${hash(style)}`,
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');

const attribute = (text: string) => text.replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const editorCard = (url: string) => `<section class="card">
	<strong>n8n’s editor</strong>
	<p>Your workflows and all examples. Log in with <code>owner@sandbox.local</code>, password <code>Sandbox-2026</code>.</p>
	<a class="button" href="${attribute(url)}" target="_blank" rel="noopener">Open the editor</a>
</section>`;

const tries = (editorUrl: string) => `<h2>Three things to try</h2>
<ol class="try">
	<li><strong>1. Text the main line.</strong> Open the <a href="/phone">phone simulator</a> and type on any phone: the workflow <em>Auto-reply</em> replies.</li>
	<li><strong>2. Text <code>MENU</code> to the number “Menu”.</strong> Select it <a href="/phone#number=%2B15005550104">at the top of the phone simulator</a>: the workflow <em>Keyword menu</em> replies. Then text <code>1</code>.</li>
	<li><strong>3. Click Execute workflow.</strong> In <a href="${attribute(editorUrl)}" target="_blank" rel="noopener">the editor</a>, open <em>Telegent: Quick start</em>: it goes from an empty account to a first message, which appears in the phone simulator under a new number.</li>
</ol>`;

/** The fields of the user's own credential, as its form in n8n has them. */
const account = ({ accountKey, accountSecret, url }: StartPageFacts) => `<h2>Your own credential</h2>
	<p>${accountNote} In n8n, create a <em>Telegent API</em> credential:</p>
	<dl class="facts">
		<dt>Account Key</dt><dd><code>${attribute(accountKey)}</code></dd>
		<dt>Account Secret</dt><dd><code>${attribute(accountSecret)}</code></dd>
		<dt>Base URL</dt><dd><code>${attribute(url)}</code></dd>
	</dl>
	<p class="soft">Use the Base URL exactly as shown. The credential works only for this host name and port, so <code>localhost</code> is rejected.</p>`;

const accountNote =
	'The credential <em>Telegent sandbox</em> is already set up in the n8n of <code>npm start</code>.';

/** What the start page tells. */
export interface StartPageFacts {
	/** where the API is */
	url: string;
	accountKey: string;
	accountSecret: string;
	/** where n8n is; undefined when it runs elsewhere */
	editorUrl?: string;
}

/** What runs where, and what to try. */
export const startPage = (facts: StartPageFacts): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Local Telegent sandbox</title>
<style>${style}</style>
</head>
<body>
<main>
	<h1>The local Telegent sandbox</h1>
	<p class="soft">Everything runs on this computer. No messages leave it, and nothing costs money.</p>
	<div class="cards">
		<section class="card">
			<strong>Phone simulator</strong>
			<p>Send texts to your numbers as different people, and see how your workflows reply and which webhooks are called.</p>
			<a class="button" id="beside" href="/phone">Open the phone simulator next to the editor</a>
		</section>
		${facts.editorUrl ? editorCard(facts.editorUrl) : ''}
	</div>
	${facts.editorUrl ? tries(facts.editorUrl) : ''}
	${account(facts)}
	<h2>For developers</h2>
	<p>The API is at <code>${attribute(facts.url)}</code>, for example <code>POST /v1.0/message/outbound</code>. The control API for tests is under <code>/_sandbox</code>, for example <code>POST /_sandbox/inbound</code>.</p>
</main>
<script>${script}</script>
</body>
</html>
`;

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
.try { display: grid; gap: 10px; padding: 0; list-style: none; }
code { padding: 1px 6px; border-radius: 6px; background: var(--note-ground); font-size: 13px; overflow-wrap: anywhere; }
`;

/** Opens the phones as a narrow window, to stand beside the editor. */
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

const tries = (editorUrl?: string) => `<h2>Three things to try</h2>
<ol class="try">
	<li><strong>1. Text the main line.</strong> Open the <a href="/phone">phones</a>, type on any of them, and the workflow <em>Auto-reply</em> answers.</li>
	<li><strong>2. Text <code>MENU</code> to the number “Menu”.</strong> Choose it <a href="/phone#number=%2B15005550104">on top of the phones</a>: the workflow <em>Keyword menu</em> answers, then text <code>1</code>.</li>
	<li><strong>3. Click Execute workflow.</strong> ${editorUrl ? `In <a href="${attribute(editorUrl)}" target="_blank" rel="noopener">the editor</a>, open` : 'In the editor, open'} <em>Telegent: Quick start</em>: from nothing to a first message, which then is on the phones.</li>
</ol>`;

/** What runs where, and what to try. */
export const startPage = (editorUrl?: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Telegent sandbox</title>
<style>${style}</style>
</head>
<body>
<main>
	<h1>The Telegent sandbox</h1>
	<p class="soft">All of it runs on this computer. No message leaves it, and nothing costs money.</p>
	<div class="cards">
		<section class="card">
			<strong>Phones</strong>
			<p>Text your numbers as several people, and see what your workflows answer and which webhooks were called.</p>
			<a class="button" id="beside" href="/phone">Open the phones beside the editor</a>
		</section>
		${editorUrl ? editorCard(editorUrl) : ''}
	</div>
	${editorUrl ? tries(editorUrl) : ''}
	<h2>For programs</h2>
	<p>The API is at this address, e.g. <code>POST /v1.0/message/outbound</code>; what a test needs is under <code>/_sandbox</code>, e.g. <code>POST /_sandbox/inbound</code>.</p>
</main>
<script>${script}</script>
</body>
</html>
`;

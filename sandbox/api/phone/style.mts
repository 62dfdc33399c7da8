/** The colours and parts that all pages of the sandbox share. */
export const baseStyle = String.raw`
:root {
	color-scheme: light dark;
	--ground: #eef1f4; --panel: #ffffff; --line: #dbe1e7; --text: #17212b; --soft: #5a6876;
	--accent: #0b6e69; --accent-text: #ffffff; --chosen: #e0f1ef; --theirs: #ffffff; --mine: #0b6e69; --mine-text: #ffffff;
	--good: #17693a; --bad: #a3271c; --bad-ground: #fdeeec; --good-ground: #e8f5ed; --note-ground: #f3f5f7; --shadow: 0 1px 3px rgb(23 33 43 / .12), 0 8px 24px rgb(23 33 43 / .07);
}
@media (prefers-color-scheme: dark) {
	:root {
		--ground: #10161c; --panel: #19222b; --line: #2d3945; --text: #e8edf2; --soft: #9dabb8;
		--accent: #4cc4b8; --accent-text: #06211f; --chosen: #1d3a3a; --theirs: #222e39; --mine: #17605b; --mine-text: #f2fbfa;
		--good: #7ddba0; --bad: #ff9d91; --bad-ground: #3b2220; --good-ground: #18332a; --note-ground: #1f2a34; --shadow: none;
	}
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { height: 100%; margin: 0; }
body { background: var(--ground); color: var(--text); font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1, h2, h3, p, ul { margin: 0; padding: 0; }
button, input, textarea, select { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.soft { color: var(--soft); }
.small { font-size: 13px; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.field { padding: 8px 10px; border: 1px solid var(--line); border-radius: 9px; background: var(--panel); }
.button { padding: 8px 14px; border: 0; border-radius: 9px; background: var(--accent); color: var(--accent-text); font-weight: 600; text-decoration: none; }
.button:disabled { opacity: .45; cursor: default; }
.quiet { padding: 5px 10px; border: 1px solid var(--line); border-radius: 9px; background: var(--panel); color: inherit; font-size: 14px; text-decoration: none; white-space: nowrap; }
.top { display: flex; align-items: center; gap: 10px; padding: 9px 16px; background: var(--panel); border-bottom: 1px solid var(--line); }
.top svg { flex: none; color: var(--accent); }
.top h1 { flex: 1; min-width: 0; font-size: 17px; font-weight: 650; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
`;

export const style = String.raw`${baseStyle}
body { display: grid; grid-template-columns: minmax(0, 1fr); grid-template-rows: auto auto minmax(0, 1fr); height: 100dvh; }
.live { display: inline-flex; align-items: center; gap: 7px; font-size: 13px; color: var(--soft); white-space: nowrap; }
.live::before { content: ""; width: 9px; height: 9px; border-radius: 50%; background: var(--good); }
.live.lost::before { background: var(--bad); }

.lines { padding: 8px 16px; background: var(--panel); border-bottom: 1px solid var(--line); }
.lines .row { display: flex; align-items: center; gap: 12px; }
.lines .title { flex: none; font-size: 12px; font-weight: 650; letter-spacing: .05em; text-transform: uppercase; color: var(--soft); }
#numbers { display: flex; flex-wrap: wrap; gap: 6px; min-width: 0; padding: 2px; }
.line { display: inline-flex; align-items: center; gap: 6px; padding: 4px 11px; border: 1px solid var(--line); border-radius: 16px; background: var(--panel); font-size: 14px; white-space: nowrap; }
.line span { color: var(--soft); font-size: 13px; }
.line strong { font-weight: 600; }
.line.faint strong { color: var(--soft); font-weight: 500; }
.line[aria-pressed="true"] { background: var(--accent); border-color: var(--accent); color: var(--accent-text); }
.line[aria-pressed="true"] :is(strong, span) { color: inherit; }
.line .badge { min-width: 19px; padding: 0 6px; border-radius: 10px; background: var(--bad); color: #fff; font-size: 12px; font-weight: 650; line-height: 19px; text-align: center; }
.route { margin-top: 6px; font-size: 13px; color: var(--soft); overflow-wrap: anywhere; }
.route.bad { color: var(--bad); }

.frame { display: grid; grid-template-columns: minmax(0, 1fr) 320px; grid-template-rows: minmax(0, 1fr); min-height: 0; }
.phones { position: relative; display: flex; gap: 16px; padding: 16px; overflow-x: auto; min-height: 0; scroll-snap-type: x proximity; scroll-padding: 16px; }
.phone { flex: 1 0 262px; max-width: 420px; min-width: 0; min-height: 0; display: grid; grid-template-columns: minmax(0, 1fr); grid-template-rows: auto auto minmax(0, 1fr) auto; overflow: hidden; border: 1px solid var(--line); border-radius: 22px; background: var(--panel); box-shadow: var(--shadow); scroll-snap-align: start; }
.phone.unreachable { border-color: var(--bad); }
.phone.add { flex: 0 0 190px; display: block; padding: 16px; overflow-y: auto; background: none; border-style: dashed; box-shadow: none; }
.add h2 { font-size: 15px; }
.add ul { display: flex; flex-wrap: wrap; gap: 6px; list-style: none; margin: 10px 0; }
.add label { display: block; margin-top: 8px; font-size: 13px; color: var(--soft); }
.add input { width: 100%; margin-top: 3px; }
.add .button { margin-top: 10px; }
.who { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: center; gap: 2px 8px; padding: 8px 10px 8px 16px; border-bottom: 1px solid var(--line); }
.who h2 { font-size: 16px; font-weight: 650; overflow-wrap: anywhere; }
.who p { overflow-wrap: anywhere; }
.who .close { justify-self: end; }
.opted { padding: 2px 9px; border-radius: 9px; background: var(--bad-ground); color: var(--bad); font-size: 13px; font-weight: 600; }
.reach { max-width: 92px; padding: 3px 4px; border: 1px solid var(--line); border-radius: 8px; background: var(--panel); font-size: 13px; }
.unreachable .reach { color: var(--bad); }
.close { width: 28px; height: 28px; padding: 0; border: 0; border-radius: 8px; background: none; color: var(--soft); }
.calling { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: baseline; padding: 8px 12px; background: var(--chosen); font-size: 14px; }
.calling:empty { display: none; }
.calling .pill { background: var(--accent); color: var(--accent-text); }
.elsewhere { display: flex; flex-wrap: wrap; gap: 6px; padding: 0 12px; }
.elsewhere:not(:empty) { padding-block: 8px 0; }
.pill { padding: 2px 10px; border: 0; border-radius: 11px; background: var(--chosen); color: var(--accent); font-size: 13px; font-weight: 600; }

.log { position: relative; overflow-y: auto; padding: 14px 14px 8px; display: flex; flex-direction: column; gap: 9px; background: var(--note-ground); }
.log > :first-child { margin-top: auto; }
.day { align-self: center; padding: 2px 12px; font-size: 12px; color: var(--soft); }
.message { position: relative; display: flex; flex-direction: column; max-width: 86%; }
.message.theirs { align-self: flex-start; align-items: flex-start; }
.message.mine { align-self: flex-end; align-items: flex-end; }
.bubble { padding: 7px 12px; border-radius: 16px; border: 1px solid var(--line); background: var(--theirs); white-space: pre-wrap; overflow-wrap: anywhere; }
.theirs .bubble { border-bottom-left-radius: 5px; }
.mine .bubble { border-bottom-right-radius: 5px; border-color: transparent; background: var(--mine); color: var(--mine-text); }
.bubble a { color: inherit; }
.bubble img { display: block; max-width: 100%; max-height: 180px; border-radius: 10px; margin: 4px 0; background: var(--note-ground); }
.attached { font-size: 12px; opacity: .85; }
.meta { padding: 2px 6px 0; font-size: 12px; color: var(--soft); }
.meta .delivered { color: var(--good); }
.failed { color: var(--bad) !important; font-weight: 600; }
.hook { margin-top: 3px; padding: 3px 9px; border-radius: 9px; font-size: 12.5px; max-width: 100%; overflow-wrap: anywhere; }
.hook.good { background: var(--good-ground); color: var(--good); }
.hook.bad { background: var(--bad-ground); color: var(--bad); }
.hook.waiting { background: var(--panel); color: var(--soft); }
.empty { margin: auto; max-width: 420px; padding: 12px; text-align: center; color: var(--soft); font-size: 14px; }

.write { padding: 9px 12px 11px; border-top: 1px solid var(--line); }
.write .row { display: flex; gap: 8px; align-items: flex-end; }
.write textarea { flex: 1; min-width: 0; min-height: 40px; max-height: 140px; resize: none; field-sizing: content; }
.write .button { min-height: 40px; }
.attach { width: 40px; height: 40px; padding: 0; color: var(--soft); font-size: 18px; }
.tray { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-bottom: 8px; }
.tray .field { flex: 1 1 140px; min-width: 0; font-size: 13px; }
.thumb { width: 46px; height: 46px; padding: 0; overflow: hidden; border: 1px solid var(--line); border-radius: 9px; background: none; }
.thumb img { width: 100%; height: 100%; object-fit: cover; display: block; }
.chosen { display: flex; flex-wrap: wrap; gap: 6px; }
.chosen:not(:empty) { margin-bottom: 8px; }
.under { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 2px 8px; margin-top: 7px; }
.words { display: flex; flex-wrap: wrap; gap: 3px; }
.word:disabled { opacity: .45; cursor: default; }
.word { padding: 1px 7px; border: 1px solid var(--line); border-radius: 10px; background: none; color: var(--soft); font-size: 12px; }
.problem { color: var(--bad); font-size: 13px; }

.calls { display: flex; flex-direction: column; min-height: 0; background: var(--panel); border-left: 1px solid var(--line); }
.calls header { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; justify-content: space-between; padding: 14px 16px 8px; }
.calls h2 { font-size: 15px; font-weight: 650; }
#calls { overflow-y: auto; padding: 0 10px 16px; display: flex; flex-direction: column; gap: 6px; flex: 1; }
.call { flex: none; border: 1px solid var(--line); border-radius: 10px; font-size: 13px; }
.call summary { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 1px 8px; align-items: baseline; padding: 7px 10px; cursor: pointer; list-style: none; }
.call summary::-webkit-details-marker { display: none; }
.call .chip { padding: 0 7px; border-radius: 8px; font-weight: 650; background: var(--good-ground); color: var(--good); }
.call.bad .chip { background: var(--bad-ground); color: var(--bad); }
.call .when { grid-column: 3; color: var(--soft); font-size: 11px; }
.call summary strong { grid-column: 2 / -1; }
.call .who-line { grid-column: 1 / 3; min-width: 0; }
.call .whole { grid-column: 1 / -1; }
.call .url { color: var(--soft); font-size: 12px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.call[open] .url { white-space: normal; overflow-wrap: anywhere; }
.call h3 { padding: 0 10px; font-size: 12px; color: var(--soft); }
.call pre { margin: 2px 10px 8px; padding: 7px 9px; max-height: 220px; overflow: auto; border-radius: 8px; background: var(--note-ground); font-size: 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
#calls-open { display: none; }

dialog { max-width: 560px; padding: 22px 26px; border: 1px solid var(--line); border-radius: 16px; background: var(--panel); color: var(--text); }
dialog::backdrop { background: rgb(0 0 0 / .45); }
dialog h2 { margin-bottom: 10px; font-size: 18px; }
dialog ol { margin: 0 0 14px; padding-left: 20px; }
dialog li { margin: 6px 0; }

@media (max-width: 980px) {
	.frame { grid-template-columns: minmax(0, 1fr); }
	.calls { display: none; border-left: 0; }
	#calls-open { display: inline-block; }
	body.calls-shown .calls { display: flex; }
	body.calls-shown .phones { display: none; }
	.top h1 span { display: none; }
}
@media (max-width: 560px) {
	.top, .lines { padding-inline: 10px; }
	.top { gap: 7px; }
	.top .live { font-size: 0; gap: 0; }
	.top h1 { font-size: 15px; }
	.top .quiet { padding-inline: 7px; font-size: 13px; }
	.lines .title { display: none; }
	.wide { display: none; }
	#numbers { flex-wrap: nowrap; overflow-x: auto; }
	.phones { padding: 10px; gap: 10px; scroll-snap-type: x mandatory; }
	.phone { flex: 0 0 100%; max-width: none; border-radius: 16px; }
	.phone.add { flex-basis: 80%; }
}
`;

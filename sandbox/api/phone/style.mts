export const style = String.raw`
:root {
	color-scheme: light dark;
	--ground: #eef1f4; --panel: #ffffff; --line: #dbe1e7; --text: #17212b; --soft: #5a6876;
	--accent: #0b6e69; --accent-text: #ffffff; --chosen: #e0f1ef; --theirs: #ffffff; --mine: #0b6e69; --mine-text: #ffffff;
	--good: #17693a; --bad: #a3271c; --bad-ground: #fdeeec; --good-ground: #e8f5ed; --note-ground: #f3f5f7;
}
@media (prefers-color-scheme: dark) {
	:root {
		--ground: #10161c; --panel: #19222b; --line: #2d3945; --text: #e8edf2; --soft: #9dabb8;
		--accent: #4cc4b8; --accent-text: #06211f; --chosen: #1d3a3a; --theirs: #222e39; --mine: #17605b; --mine-text: #f2fbfa;
		--good: #7ddba0; --bad: #ff9d91; --bad-ground: #3b2220; --good-ground: #18332a; --note-ground: #1f2a34;
	}
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { height: 100%; margin: 0; }
body { display: grid; grid-template-rows: auto 1fr; height: 100dvh; background: var(--ground); color: var(--text); font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1, h2, p, ul { margin: 0; padding: 0; }
button, input, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.soft { color: var(--soft); }
.small { font-size: 13px; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.top { display: flex; align-items: center; gap: 12px; padding: 10px 18px; background: var(--panel); border-bottom: 1px solid var(--line); }
.top svg { flex: none; color: var(--accent); }
.top h1 { font-size: 17px; font-weight: 650; }
.top .grow { flex: 1; min-width: 0; }
.live { display: inline-flex; align-items: center; gap: 7px; font-size: 13px; color: var(--soft); white-space: nowrap; }
.live::before { content: ""; width: 9px; height: 9px; border-radius: 50%; background: var(--good); }
.live.lost::before { background: var(--bad); }

.frame { display: grid; grid-template-columns: 330px minmax(0, 1fr); min-height: 0; }
.side { display: flex; flex-direction: column; min-height: 0; overflow-y: auto; background: var(--panel); border-right: 1px solid var(--line); padding-bottom: 16px; }
.side h2 { padding: 16px 18px 6px; font-size: 12px; font-weight: 650; letter-spacing: .05em; text-transform: uppercase; color: var(--soft); }
.side ul { list-style: none; padding: 0 8px; }
.entry { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 10px; width: 100%; padding: 9px 11px; border: 0; border-radius: 10px; background: none; text-align: left; }
.entry:hover { background: var(--note-ground); }
.entry[aria-pressed="true"] { background: var(--chosen); }
.entry strong { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.entry .line { grid-column: 1 / -1; font-size: 13px; color: var(--soft); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.entry .when { font-size: 12px; color: var(--soft); align-self: center; }
.badge { min-width: 20px; padding: 0 6px; border-radius: 10px; background: var(--accent); color: var(--accent-text); font-size: 12px; font-weight: 650; line-height: 20px; text-align: center; }
.add { margin: 8px 18px 0; font-size: 14px; }
.add summary { cursor: pointer; color: var(--accent); padding: 4px 0; }
.add label { display: block; margin-top: 8px; font-size: 13px; color: var(--soft); }
.add input { width: 100%; margin-top: 3px; }
.field { padding: 8px 10px; border: 1px solid var(--line); border-radius: 9px; background: var(--panel); }
.button { padding: 8px 14px; border: 0; border-radius: 9px; background: var(--accent); color: var(--accent-text); font-weight: 600; }
.button:disabled { opacity: .45; cursor: default; }
.add .button { margin-top: 10px; }
.quiet { padding: 6px 10px; border: 1px solid var(--line); border-radius: 9px; background: var(--panel); }

.talk { display: grid; grid-template-rows: auto minmax(0, 1fr) auto; min-width: 0; min-height: 0; }
.who { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 14px; padding: 12px 20px; background: var(--panel); border-bottom: 1px solid var(--line); }
.who h2 { font-size: 16px; font-weight: 650; }
.who .grow { flex: 1; min-width: 200px; }
.who .route { flex-basis: 100%; font-size: 13px; color: var(--soft); overflow-wrap: anywhere; }
.who .route.bad { color: var(--bad); }
#lists { display: none; }

.log { overflow-y: auto; padding: 18px 20px 8px; display: flex; flex-direction: column; gap: 10px; }
.log > :first-child { margin-top: auto; }
.day { align-self: center; padding: 2px 12px; border-radius: 12px; background: var(--note-ground); font-size: 12px; color: var(--soft); }
.message { display: flex; flex-direction: column; max-width: min(76%, 620px); }
.message.theirs { align-self: flex-start; align-items: flex-start; }
.message.mine { align-self: flex-end; align-items: flex-end; }
.bubble { padding: 8px 13px; border-radius: 16px; border: 1px solid var(--line); background: var(--theirs); white-space: pre-wrap; overflow-wrap: anywhere; }
.theirs .bubble { border-bottom-left-radius: 5px; }
.mine .bubble { border-bottom-right-radius: 5px; border-color: transparent; background: var(--mine); color: var(--mine-text); }
.bubble a { color: inherit; }
.bubble img { display: block; max-width: 100%; max-height: 220px; border-radius: 10px; margin: 4px 0; background: var(--note-ground); }
.meta { padding: 2px 6px 0; font-size: 12px; color: var(--soft); }
.meta .failed { color: var(--bad); font-weight: 600; }
.hook { margin-top: 3px; padding: 4px 10px; border-radius: 9px; font-size: 13px; max-width: 100%; overflow-wrap: anywhere; }
.hook.good { background: var(--good-ground); color: var(--good); }
.hook.bad { background: var(--bad-ground); color: var(--bad); }
.hook.waiting { background: var(--note-ground); color: var(--soft); }
.empty { margin: auto; max-width: 420px; text-align: center; color: var(--soft); }

.write { padding: 10px 20px 14px; background: var(--panel); border-top: 1px solid var(--line); }
.write .row { display: flex; gap: 10px; align-items: flex-end; }
.write textarea { flex: 1; min-width: 0; min-height: 44px; max-height: 160px; resize: none; field-sizing: content; }
.write .button { min-height: 44px; padding-inline: 20px; }
.attach { display: grid; place-items: center; width: 44px; height: 44px; padding: 0; color: var(--soft); }
.write .media { display: flex; gap: 10px; align-items: center; margin-bottom: 8px; font-size: 13px; color: var(--soft); }
.write .media input { flex: 1; min-width: 0; color: var(--text); }
.under { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 14px; margin-top: 6px; font-size: 13px; color: var(--soft); }
.problem { color: var(--bad); }

dialog { max-width: 560px; padding: 22px 26px; border: 1px solid var(--line); border-radius: 16px; background: var(--panel); color: var(--text); }
dialog::backdrop { background: rgb(0 0 0 / .45); }
dialog h2 { margin-bottom: 10px; font-size: 18px; }
dialog ol { margin: 0 0 14px; padding-left: 20px; }
dialog li { margin: 6px 0; }

@media (max-width: 760px) {
	.top { padding: 8px 12px; }
	.top h1 span { display: none; }
	.frame { grid-template-columns: minmax(0, 1fr); grid-template-rows: minmax(0, 1fr); }
	.side { display: none; border-right: 0; }
	#lists { display: inline-block; }
	body.choosing .side { display: flex; }
	body.choosing .talk { display: none; }
	.who, .write { padding-inline: 12px; }
	.who .grow { order: 1; flex-basis: 100%; }
	.who #count { flex: 1; text-align: right; }
	.who .route { order: 2; }
	.log { padding-inline: 12px; }
	.message { max-width: 88%; }
}
`;

/**
 * Runs one program and sees to it that nothing of it stays behind: when the program ends, when the guard is told
 * to stop, and also when whoever started the guard is gone without a word (kill -9, a crashed test runner).
 *
 *     node guard.mjs <seconds for an orderly end> <program> <arguments …>
 *
 * Started detached, with an IPC channel: the guard leads a process group of its own, and the channel's end tells it
 * that nobody is left to wait for.
 */
import { spawn } from 'node:child_process';
import { endGroup, STOP_SIGNALS } from './child.mjs';

const [seconds, program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });

process.on('disconnect', stop);
process.on('message', stop);
for (const signal of STOP_SIGNALS) process.on(signal, stop);
child.once('error', (error) => tell({ failed: error.message }));
child.once('spawn', () => tell({ pid: child.pid }));
child.once('close', (code, signal) => tell({ code, signal }, endEverything));

let stopping = false;

function stop() {
	if (stopping) return;
	stopping = true;
	child.kill('SIGTERM');
	setTimeout(endEverything, Number(seconds) * 1000);
}

function endEverything() {
	endGroup(process.pid, 'SIGKILL');
}

/**
 * @param {object} news
 * @param {() => void} [then]
 */
function tell(news, then = () => {}) {
	if (process.connected) process.send?.(news, undefined, undefined, then);
	else then();
}

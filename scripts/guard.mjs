/**
 * Runs one program and ends all of its processes: when the program ends, when the guard is stopped, and when the
 * process that started the guard is gone (kill -9, a crashed test runner).
 *
 *     node guard.mjs <seconds for an orderly end> <program> <arguments …>
 *
 * Started detached, with an IPC channel: the guard leads its own process group, and the channel closes when the process
 * that started it is gone.
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

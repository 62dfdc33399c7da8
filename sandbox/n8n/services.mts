import { randomBytes } from 'node:crypto';
import {
	chmodSync,
	chownSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	writeFileSync,
} from 'node:fs';
import { createConnection } from 'node:net';
import path from 'node:path';
import { run, SetupError } from '../../scripts/child.mjs';
import { HOST, inherited } from './environment.mts';
import { startGuarded, type Guarded } from './guarded.mts';
import { freePort } from './ports.mts';
import { until } from './wait.mts';

const START_SECONDS = 60;
const GRACE_SECONDS = 5;

/** Debian keeps PostgreSQL's programs apart by version, outside the PATH. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** Environment variables that name a program elsewhere. */
const REDIS_PROGRAM = 'TELEGENT_REDIS_SERVER';
const POSTGRES_FOLDER = 'TELEGENT_POSTGRES_BIN';

const DATABASE_USER = 'n8n';

interface User {
	uid: number;
	gid: number;
}

/** What n8n's queue mode needs besides n8n. */
export interface Services {
	programs: Guarded[];
	/** how each n8n process finds them, and the key that all of them share */
	env: Record<string, string>;
}

/** Where the programs are. */
interface Programs {
	redis: string;
	initdb: string;
	postgres: string;
}

/**
 * Starts a Redis and a PostgreSQL on loopback that belong to this folder alone, protected by a password of its own.
 * @throws SetupError naming the Debian package of a program that is missing
 */
export async function startServices(folder: string, logs: string): Promise<Services> {
	const programs = findPrograms();
	const secret = secretOf(folder);
	const [redis, postgres] = await Promise.all([
		startRedis(programs, path.join(folder, 'redis'), secret, logs),
		startPostgres(programs, path.join(folder, 'postgres'), secret, logs),
	]);
	return {
		programs: [redis.program, postgres.program],
		env: {
			N8N_ENCRYPTION_KEY: secret,
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: HOST,
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			QUEUE_BULL_REDIS_PASSWORD: secret,
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: HOST,
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: DATABASE_USER,
			DB_POSTGRESDB_PASSWORD: secret,
		},
	};
}

/** @throws SetupError where one of them is missing */
function findPrograms(): Programs {
	const redis = process.env[REDIS_PROGRAM] ?? onPath('redis-server');
	if (!redis || !existsSync(redis)) throw missing('Redis', 'redis-server', REDIS_PROGRAM);
	const folder = process.env[POSTGRES_FOLDER] ?? newestPostgres() ?? path.dirname(onPath('initdb') ?? '');
	const [initdb, postgres] = ['initdb', 'postgres'].map((name) => path.join(folder, name));
	if (!existsSync(initdb) || !existsSync(postgres))
		throw missing('PostgreSQL', 'postgresql', POSTGRES_FOLDER);
	return { redis, initdb, postgres };
}

const missing = (name: string, debianPackage: string, variable: string) =>
	new SetupError(
		`Queue mode needs ${name}, which isn't installed here. On Debian and Ubuntu, run: apt-get install ${debianPackage}. If it's installed elsewhere, set ${variable} to the path of ${variable === REDIS_PROGRAM ? 'redis-server' : 'the folder that holds initdb and postgres'}.`,
	);

const onPath = (name: string) =>
	(process.env.PATH ?? '')
		.split(path.delimiter)
		.map((folder) => path.join(folder, name))
		.find((file) => existsSync(file));

function newestPostgres(): string | undefined {
	if (!existsSync(POSTGRES_VERSIONS)) return undefined;
	const versions = readdirSync(POSTGRES_VERSIONS).sort((a, b) => Number(b) - Number(a));
	return versions
		.map((version) => path.join(POSTGRES_VERSIONS, version, 'bin'))
		.find((bin) => existsSync(path.join(bin, 'initdb')));
}

/** Other users of this computer reach loopback, too. */
function secretOf(folder: string): string {
	mkdirSync(folder, { recursive: true });
	const file = path.join(folder, 'secret');
	if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
	return readFileSync(file, 'utf8');
}

async function startRedis({ redis }: Programs, folder: string, secret: string, logs: string) {
	mkdirSync(folder, { recursive: true });
	const port = await freePort();
	const settings = [
		`bind ${HOST}`,
		`port ${port}`,
		`dir ${folder}`,
		`requirepass ${secret}`,
		'appendonly no',
	];
	const file = path.join(folder, 'redis.conf');
	writeFileSync(file, settings.join('\n'), { mode: 0o600 });
	const program = await start('Redis', [redis, file], folder, path.join(logs, 'redis.log'));
	await whenListening(program, port);
	return { program, port };
}

async function startPostgres({ initdb, postgres }: Programs, folder: string, secret: string, logs: string) {
	const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
	mkdirSync(folder, { recursive: true });
	if (user) handOver(folder, user);
	const data = path.join(folder, 'data');
	if (!existsSync(path.join(data, 'PG_VERSION'))) createDatabase(initdb, data, secret, user);
	const port = await freePort();
	const settings = [`listen_addresses=${HOST}`, `port=${port}`, 'unix_socket_directories=', 'fsync=off'];
	const options = settings.flatMap((setting) => ['-c', setting]);
	const command = as(user, [postgres, '-D', data, ...options]);
	const program = await start('PostgreSQL', command, folder, path.join(logs, 'postgres.log'));
	await whenListening(program, port);
	return { program, port };
}

/** PostgreSQL refuses to run as root. Debian's package brings a user of its own. */
function unprivilegedUser(): User {
	const user = ['postgres', 'nobody'].find((name) => run('id', ['-u', name], '/').ok) ?? 'nobody';
	const idOf = (option: string) => Number(run('id', [option, user], '/').output);
	return { uid: idOf('-u'), gid: idOf('-g') };
}

/** @throws SetupError where that user cannot enter the folder */
function handOver(folder: string, user: User): void {
	chownSync(folder, user.uid, user.gid);
	chmodSync(folder, 0o700);
	const [program, ...args] = as(user, ['test', '-w', folder]);
	if (run(program, args, '/').ok) return;
	throw new SetupError(
		`PostgreSQL doesn't run as root, and an unprivileged user can't open ${folder}. Run this command as another user, or set TELEGENT_SANDBOX_HOME to a folder that every user can open.`,
	);
}

/** The command as another user. `setpriv` becomes the program, so that signals reach it. */
const as = (user: User | undefined, command: string[]) =>
	user ? ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', ...command] : command;

/** @throws SetupError with what initdb printed */
function createDatabase(initdb: string, data: string, secret: string, user?: User): void {
	const folder = path.dirname(data);
	const passwordFile = path.join(folder, 'password');
	writeFileSync(passwordFile, secret, { mode: 0o600 });
	if (user) chownSync(passwordFile, user.uid, user.gid);
	const access = [`--username=${DATABASE_USER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
	const command = as(user, [initdb, '-D', data, '--encoding=UTF8', '--locale=C', '--no-sync', ...access]);
	const { ok, output } = run(command[0], command.slice(1), folder);
	if (!ok) throw new SetupError(`PostgreSQL couldn't create its data in ${data}:\n${output}`);
}

const start = (name: string, [program, ...args]: string[], cwd: string, logFile: string) =>
	startGuarded({
		name,
		program,
		args,
		env: { ...inherited(process.env), PATH: process.env.PATH ?? '' },
		cwd,
		logFile,
		graceSeconds: GRACE_SECONDS,
		servesOthers: true,
	});

async function whenListening(program: Guarded, port: number): Promise<void> {
	const listens = async () => {
		if (program.hasEnded())
			throw new Error(
				`${program.name} ended while starting. Its log is ${program.logFile}:\n${program.lastLines(10).join('\n')}`,
			);
		return await accepts(port);
	};
	await until(`${program.name} to be ready`, listens, { seconds: START_SECONDS });
}

function accepts(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = createConnection({ port, host: HOST });
		socket.once('connect', () => (socket.destroy(), resolve(true)));
		socket.once('error', () => resolve(false));
	});
}

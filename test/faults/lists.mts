import type { ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';
import { authenticate } from '../../credentials/authenticate.ts';
import { listSearch } from '../../nodes/shared/form/listSearch.ts';
import { allNumbers } from '../../nodes/shared/form/numberOptions.ts';
import { hostFor } from '../support/loadOptions.mts';
import { credentialOf } from './operations.mts';
import { TOKENS, type FaultyServer, type Folder } from './server.mts';
import { endedWith, type Ran, type Subject, type Trial } from './subject.mts';

/* What fills lists in the editor, and the credential as n8n's HTTP Request node uses it. */

type Ask = (folder: Folder) => Promise<unknown>;

const CHOSEN: INodeParameters = { packageId: { __rl: true, mode: 'id', value: 'PKID-1' } };

const contextFor = (folder: Folder) =>
	hostFor(credentialOf(folder), CHOSEN) as unknown as ILoadOptionsFunctions;

/** Lists that are made without a request. */
const LOCAL = ['searchTimeZones'];

const searches = (Object.keys(listSearch) as Array<keyof typeof listSearch>)
	.filter((name) => !LOCAL.includes(name))
	.map((name): [string, Ask] => [
		`list ${name}`,
		async (folder) => await listSearch[name].call(contextFor(folder)),
	]);

const asks: Array<[name: string, ask: Ask]> = [
	...searches,
	['list getNumbers', async (folder) => await allNumbers(contextFor(folder))],
];

/** n8n's HTTP Request node with the credential. Only its message is shown. */
const httpRequest: Ask = async (folder) =>
	await authenticate(credentialOf(folder), { url: `${folder.baseUrl}/v1.0/numbers`, method: 'GET' });

export async function listSubjects(server: FaultyServer): Promise<Subject[]> {
	const found: Subject[] = [];
	for (const [name, ask] of asks) {
		const folder = server.open();
		await ask(folder);
		server.close(folder);
		// What a list asks for besides its entries only describes them.
		for (const [index, route] of [...new Set(folder.calls.map(({ key }) => key))].entries())
			found.push(
				subjectFor('lists in the editor', `${name}, ${route}`, route, ask, index === 0 ? 'main' : 'before'),
			);
	}
	const [name, ask] = asks[0];
	return [
		...found,
		subjectFor('token exchange', `${name}, ${TOKENS}`, TOKENS, ask, 'token'),
		subjectFor('token exchange', 'HTTP Request node', TOKENS, httpRequest, 'token'),
	];
}

function subjectFor(group: string, name: string, route: string, ask: Ask, place: Subject['place']): Subject {
	return {
		...{ group, name, class: 'read', place, modes: ['stop'], hurried: true },
		run: async (trial) => await tryOut(route, ask, trial),
	};
}

async function tryOut(route: string, ask: Ask, { fault, server }: Trial): Promise<Ran> {
	const folder = server.open();
	folder.spoil = ({ key }) => (key === route ? fault.respond : undefined);
	if (fault.deadEnd) folder.baseUrl = `${server.deadEnds[fault.deadEnd]}/${folder.baseUrl.split('/').at(-1)}`;
	const ended = await ask(folder).then(
		(value) => ({ result: 'fine' as const, bad: true, all: JSON.stringify(value) ?? '' }),
		(error: unknown) => endedWith(error),
	);
	server.close(folder);
	return { ended: [ended], spoiled: folder.calls.filter(({ spoiled }) => spoiled), wrong: [] };
}

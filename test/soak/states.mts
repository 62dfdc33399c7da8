import Module from 'node:module';
import path from 'node:path';
import { processStates } from '../../transport/processState.ts';

type Load = (loaded: NodeModule, file: string) => void;

const root = path.resolve(__dirname, '..', '..');
const { _extensions: loaders } = Module as unknown as { _extensions: Record<string, Load> };
const files = new Map<object, string>();
const load = loaders['.ts'];

/** A module registers its maps while it is loaded, after those that it imports: what is new then is its own. */
loaders['.ts'] = (loaded, file) => {
	load(loaded, file);
	for (const state of processStates())
		if (!files.has(state)) files.set(state, path.relative(root, file).replace(/\.ts$/, ''));
};

export interface StateSize {
	/** The module that the map belongs to. */
	module: string;
	size: number;
	/** What it holds at most; 0 for one whose entries leave when their work ends. */
	most: number;
}

/** How much the modules of the nodes keep in memory now. Import this module before the nodes. */
export const stateSizes = (): StateSize[] =>
	processStates().map((state) => ({
		module: files.get(state) ?? 'unknown',
		size: state.size,
		most: state.maxSize ?? 0,
	}));

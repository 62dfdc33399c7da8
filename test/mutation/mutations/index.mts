import type { Mutation } from '../mutation.mts';
import { engineParts } from './engine.mts';
import { sendParts } from './send.mts';
import { sharedParts } from './shared.mts';
import { transport } from './transport.mts';
import { triggers } from './triggers.mts';
import { waitParts } from './wait.mts';

export const mutations: Mutation[] = [
	...transport,
	...sharedParts,
	...engineParts,
	...sendParts,
	...waitParts,
	...triggers,
];

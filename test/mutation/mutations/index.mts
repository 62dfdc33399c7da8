import type { Mutation } from '../mutation.mts';
import { transport } from './transport.mts';

export const mutations: Mutation[] = [...transport];

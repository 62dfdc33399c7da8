import { notFound } from '../errors.mts';
import { isoOffset } from '../format.mts';
import type { Row, State } from '../state.mts';
import type { Handlers } from '../world.mts';
import { change, pick, refuse, subscriber } from './helpers.mts';

const FEATURES = ['EnableIntelligentGuardianCalls', 'EnableIntelligentGuardianMessages'];

function family(state: State, body: Row): { ParentSubscriberId: string; ChildSubscriberId: string } {
	return {
		ParentSubscriberId: subscriber(state, body.ParentSubscriberId, 'ParentSubscriberId').SubscriberId,
		ChildSubscriberId: subscriber(state, body.ChildSubscriberId, 'ChildSubscriberId').SubscriberId,
	};
}

const isSame = (one: Row, other: Row): boolean =>
	one.ParentSubscriberId === other.ParentSubscriberId && one.ChildSubscriberId === other.ChildSubscriberId;

export const guardianHandlers: Handlers = {
	'GET /v1.0/subscribers/guardian-features': ({ query, world }) =>
		pick(subscriber(world.state, query.SubscriberId), ['SubscriberId', ...FEATURES]),

	'POST /v1.0/subscribers/guardian-features': ({ body, world }) => {
		const record = subscriber(world.state, body.SubscriberId);
		change(record, body, FEATURES, FEATURES);
		return pick(record, ['SubscriberId', ...FEATURES]);
	},

	'POST /v1.0/subscribers/guardians/relation': ({ body, world }) => {
		const { state } = world;
		const pair = family(state, body);
		if (pair.ParentSubscriberId === pair.ChildSubscriberId)
			throw refuse('ParentSubscriberId and ChildSubscriberId are the same subscriber');
		const relation = { ...pair, Relation: body.Relation };
		state.guardianRelations = [...state.guardianRelations.filter((other) => !isSame(other, pair)), relation];
		return relation;
	},

	'GET /v1.0/subscribers/guardians/relation/child': ({ query, world }) => {
		const ChildSubscriberId = subscriber(
			world.state,
			query.ChildSubscriberId,
			'ChildSubscriberId',
		).SubscriberId;
		const Guardians = world.state.guardianRelations.filter(
			(relation) => relation.ChildSubscriberId === ChildSubscriberId,
		);
		return { ChildSubscriberId, Guardians };
	},

	'GET /v1.0/subscribers/guardians/relation/parent': ({ query, world }) => {
		const ParentSubscriberId = subscriber(
			world.state,
			query.ParentSubscriberId,
			'ParentSubscriberId',
		).SubscriberId;
		const Children = world.state.guardianRelations.filter(
			(relation) => relation.ParentSubscriberId === ParentSubscriberId,
		);
		return { ParentSubscriberId, Children };
	},

	'POST /v1.0/subscribers/guardians/relation/delete': ({ body, world }) => {
		const { state } = world;
		const pair = family(state, body);
		const relation = state.guardianRelations.find((other) => isSame(other, pair));
		if (!relation)
			throw notFound('the relation of', `${pair.ParentSubscriberId} and ${pair.ChildSubscriberId}`);
		state.guardianRelations = state.guardianRelations.filter((other) => other !== relation);
		return { Status: 'Deleted', DateDeleted: isoOffset(world.clock.now()), ...relation };
	},
};

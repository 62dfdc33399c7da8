import type { Row } from '../state.mts';
import type { Handlers, World } from '../world.mts';
import { named, number, text } from './helpers.mts';

/** Takes a SIM out of the number that holds it. */
function unassign({ state }: World, sim: Row): void {
	for (const phone of state.numbers.values()) if (phone.Iccid === sim.ICCID) phone.Iccid = null;
	Object.assign(sim, { SimStatus: 'Empty', MSISDN: null });
}

function assign({ state }: World, sim: Row, msisdn: string): void {
	const phone = number(state, msisdn, 'MSISDN');
	phone.Iccid = sim.ICCID as string;
	sim.MSISDN = phone.Number;
}

const answer = (sim: Row): Row => ({ ICCID: sim.ICCID, SimStatus: sim.SimStatus, Successful: true });

/** The SIM of an ICCID; those of provisioned numbers count although they were not registered. */
function findSim({ state }: World, value: unknown): Row {
	const holder = [...state.numbers.values()].find(({ Iccid }) => Iccid !== null && Iccid === value);
	if (holder && !state.sims.has(holder.Iccid as string))
		state.sims.set(holder.Iccid as string, {
			ICCID: holder.Iccid,
			SimStatus: 'Active',
			MSISDN: holder.Number,
		});
	return named(state.sims, 'ICCID', value);
}

export const simHandlers: Handlers = {
	'POST /v1.0/sims/clear-status': ({ body, world }) => {
		const sim = findSim(world, body.ICCID);
		unassign(world, sim);
		return answer(sim);
	},

	'POST /v1.0/sims/update-status': ({ body, world }) => {
		const sim = findSim(world, body.ICCID);
		const msisdn = text(body.MSISDN);
		if (msisdn) assign(world, sim, msisdn);
		if (body.SimStatus === 'Empty') unassign(world, sim);
		else if (text(body.SimStatus)) sim.SimStatus = body.SimStatus;
		return answer(sim);
	},
};

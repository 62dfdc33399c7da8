import { isDeepStrictEqual } from 'node:util';
import type { INodeParameters } from 'n8n-workflow';

/* What a careful person would expect, in a few lines: who has what, in which order they came, and what was there first. */

export type Form = `${string}:${'production' | 'test'}`;
export type Row = Record<string, unknown>;

export interface Wish {
	event: string;
	way: 'existingRoute' | 'newRoute' | 'accountWebhook';
	routeId: string;
	numbers: string[];
	takeOver: boolean;
	allowTests: boolean;
}

const PARTS = [
	'MessageUrl',
	'MessageUrlMethod',
	'MessageAuthenticationType',
	'MessageUsername',
	'MessagePasswordToken',
];

/** The slots of a route as texts: `MRID-… message`. */
export const slotsOf = (routeId: string) => [`${routeId} message`, `${routeId} callback`];

export const slotOf = ({ event, routeId }: Wish) =>
	`${routeId} ${event === 'deliveryReceipt' ? 'callback' : 'message'}`;

/** The five fields of one address. A note of ours that somebody left behind in the user name counts as nothing. */
export function addressOf(route: Row, slot: string): unknown[] {
	const prefix = slot.endsWith('callback') ? 'Callback' : '';
	return PARTS.map((part) => {
		const value = route[`${prefix}${part}`] ?? null;
		return part === 'MessageUsername' && /^n8n workflow /.test(String(value)) ? null : value;
	});
}

export function parametersOf({ allowTests, event, numbers, routeId, takeOver, way }: Wish): INodeParameters {
	return {
		event,
		listenOn: way,
		messageRouteId: { __rl: true, mode: 'id', value: routeId },
		phoneNumbers: numbers,
		statuses: ['queued', 'sent', 'delivered', 'failed'],
		options: { allowTests, takeOver },
	};
}

export class Model {
	/** What is there when no workflow of ours takes part. */
	readonly addresses = new Map<string, unknown[]>();

	readonly homes = new Map<string, string | null>();

	/** Who takes part, the latest first. */
	readonly lines = new Map<string, Form[]>();

	readonly webhooks = new Set<Form>();

	/** Who has made a route of its own. */
	readonly makers = new Set<Form>();

	/** What was last asked for, of those that are published or under test. */
	readonly wishes = new Map<Form, Wish>();

	/** Nobody can know how far these got: n8n's process ended meanwhile. */
	readonly unsure = new Set<Form>();

	constructor(routes: Row[], numbers: Row[]) {
		for (const route of routes) {
			for (const slot of slotsOf(route.MessageRouteId as string)) {
				this.addresses.set(slot, addressOf(route, slot));
				this.lines.set(slot, []);
			}
		}
		for (const number of numbers) {
			this.homes.set(number.Number as string, (number.MessageRouteId ?? null) as string | null);
			this.lines.set(number.Number as string, []);
		}
	}

	/** Whether it is settled who takes part in this. */
	isSure(): boolean {
		return this.unsure.size === 0;
	}

	top(what: string): Form | undefined {
		return this.lines.get(what)?.[0];
	}

	/** It takes part no more, and everybody knows. */
	end(form: Form): void {
		this.wishes.delete(form);
		this.leave(form);
		this.unsure.delete(form);
	}

	/** n8n's process ended: its tests are gone, and nobody knows what is left of them at Telegent. */
	loseTests(): void {
		for (const form of [...this.wishes.keys()].filter((name) => name.endsWith('test'))) this.lose(form);
	}

	/** n8n's process ended while it registered or removed this one, or this was a test. */
	lose(form: Form, wanted?: Wish): void {
		this.leave(form);
		this.unsure.add(form);
		if (wanted && form.endsWith('production')) this.wishes.set(form, wanted);
		else this.wishes.delete(form);
	}

	leave(form: Form): void {
		for (const [what, line] of this.lines)
			this.lines.set(
				what,
				line.filter((other) => other !== form),
			);
		this.webhooks.delete(form);
		this.makers.delete(form);
	}

	/** Whether this would take something from another trigger without leave. */
	mayNot(form: Form, { allowTests, numbers, takeOver, way, ...rest }: Wish): boolean {
		const [workflow, mode] = form.split(':');
		// A test of its own does not stand in its way.
		const gone = mode === 'production' ? [`${workflow}:test`] : [];
		const others = (what: string) => this.lines.get(what)?.filter((other) => !gone.includes(other)) ?? [];
		const disturbed = (what: string) => others(what).length > 0 && others(what)[0] !== form;
		const leave = mode === 'test' ? allowTests : takeOver;
		if (way === 'existingRoute')
			return disturbed(slotOf({ ...rest, numbers, way, allowTests, takeOver })) && !leave;
		if (way !== 'newRoute') return false;
		const taken = (number: string) => {
			const line = others(number);
			if (line.length > 0) return line[0] !== form;
			const home = this.homes.get(number);
			return home != null && others(`${home} message`).some((other) => other !== form);
		};
		return numbers.some(taken) && !leave;
	}

	/** The trigger registers, and what it did before is undone. */
	join(form: Form, wanted: Wish): void {
		const [workflow, mode] = form.split(':');
		this.leave(form);
		const test: Form = `${workflow}:test`;
		const into = (what: string) => this.lines.get(what)?.unshift(form);
		if (wanted.way === 'existingRoute') {
			const line = this.lines.get(slotOf(wanted)) ?? [];
			if (mode === 'production')
				this.lines.set(
					slotOf(wanted),
					line.filter((other) => other !== test),
				);
			into(slotOf(wanted));
		}
		if (wanted.way === 'newRoute') {
			wanted.numbers.forEach(into);
			this.makers.add(form);
		}
		if (wanted.way === 'accountWebhook') this.webhooks.add(form);
	}

	/** What differs at Telegent from what is expected. Where somebody is unsure, only what must be true all the same. */
	differences(routes: Row[], numbers: Row[], webhooks: Row[], urlOf: (form: Form) => string): string[] {
		const found: string[] = [];
		const known = new Set([...this.addresses.keys()].map((slot) => slot.split(' ')[0]));
		const made = routes.filter(({ MessageRouteId }) => !known.has(MessageRouteId as string));
		for (const [slot, original] of this.addresses) {
			const route = routes.find(({ MessageRouteId }) => MessageRouteId === slot.split(' ')[0]);
			if (!route) {
				found.push(`${slot}: the route is gone`);
				continue;
			}
			const address = addressOf(route, slot);
			const top = this.top(slot);
			const expected = top ? address[0] === urlOf(top) : isDeepStrictEqual(address, original);
			const possible = this.isSure()
				? expected
				: expected || /\/webhook(-test)?\//.test(String(address[0])) || isDeepStrictEqual(address, original);
			if (!possible)
				found.push(`${slot}: ${JSON.stringify(address)} instead of ${top ?? JSON.stringify(original)}`);
		}
		if (!this.isSure()) return found;
		for (const [number, home] of this.homes) {
			const on = (numbers.find((row) => row.Number === number)?.MessageRouteId ?? null) as string | null;
			const top = this.top(number);
			const own = top && made.find(({ MessageUrl }) => MessageUrl === urlOf(top));
			if (top ? on !== own?.MessageRouteId : on !== home)
				found.push(`${number}: on ${on} instead of ${top ?? home}`);
		}
		const makers = new Set(this.makers);
		for (const { MessageUrl } of made) {
			const maker = [...makers].find((form) => urlOf(form) === MessageUrl);
			if (maker) makers.delete(maker);
			else found.push(`a route too many, for ${String(MessageUrl)}`);
		}
		for (const form of makers) found.push(`no route for ${form}`);
		const expected = [...this.webhooks].map(urlOf).sort();
		const actual = webhooks
			.map(({ WebhookUrl }) => String(WebhookUrl))
			.filter((url) => !url.includes('foreign'))
			.sort();
		if (!isDeepStrictEqual(actual, expected)) found.push(`webhooks ${actual} instead of ${expected}`);
		return found;
	}
}

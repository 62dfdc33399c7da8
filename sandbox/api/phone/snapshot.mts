import { optOutsOf } from '../optOuts.mts';
import type { Row, State } from '../state.mts';
import type { World } from '../world.mts';

const LATEST = 1_000;

/** People who receive no messages from `from`, or from any number if `from` is missing. */
export const failing = ({ failingRecipients }: State): Array<{ number: string; from?: string }> =>
	[...failingRecipients.keys()].map((key) => {
		const [from, number] = key.split(' ') as [string, string | undefined];
		return number ? { number, from } : { number: from };
	});

/** What the phone simulator shows: numbers with their routes, people, messages and webhook calls. */
export function phoneSnapshot({ state, deliveries }: World): Row {
	return {
		since: state.seededAt,
		numbers: [...state.numbers.values()].map((number) => {
			const route = state.messageRoutes.get(number.MessageRouteId ?? '');
			return {
				number: number.Number,
				label: [number.CnamFirstName, number.CnamLastName].filter(Boolean).join(' '),
				type: `${number.Classification} ${number.MessageType}`,
				status: number.Status,
				messaging: number.MessageEnabled,
				voice: number.VoiceEnabled,
				route: route && {
					name: route.RouteName,
					url: route.MessageUrl,
					method: route.MessageUrlMethod,
					enabled: route.MessageRouteEnabled,
				},
			};
		}),
		contacts: state.contacts,
		messages: [...state.messages.values()].slice(-LATEST),
		calls: [...state.calls.values()].slice(-LATEST),
		deliveries: deliveries.list().slice(-LATEST),
		optOuts: optOutsOf(state.messages.values()),
		failing: failing(state),
	};
}

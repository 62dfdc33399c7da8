import { seedId } from './ids.mts';
import type { MessageRoute, PhoneNumber } from './state.mts';

/** A line for each example workflow that listens, so that none takes the messages of another. */
const LINES = [
	['Menu', 'menu'],
	['Offers', 'offers'],
	['Service desk', 'service-desk'],
	['Pictures', 'pictures'],
	['Assistant', 'assistant'],
	['Reminders', 'reminders'],
] as const;

const FIRST_ROUTE = 3;
const FIRST_LINE = 4;

/** The routes and numbers that `npm start` and `npm run sandbox` have on top of the small account. */
export function exampleLines(): { routes: Partial<MessageRoute>[]; numbers: Partial<PhoneNumber>[] } {
	return {
		routes: LINES.map(([RouteName, path]) => ({
			RouteName,
			MessageUrl: `http://127.0.0.1:5678/webhook/telegent-${path}`,
		})),
		numbers: LINES.map(([CnamFirstName], index) => ({
			CnamFirstName,
			Number: `+1500555010${FIRST_LINE + index}`,
			MessageRouteId: seedId('MRID-', FIRST_ROUTE + index),
		})),
	};
}

import type { Intent } from './optOuts.mts';

export type Row = Record<string, unknown>;

export interface Account extends Row {
	AccountId: string;
	AccountName: string;
	AccountAdmin: string | null;
	BillingAddress: Row;
	MailingAddress: Row;
}

export interface Subscriber extends Row {
	SubscriberId: string;
	Name: string;
	Email: string;
	PhoneNumbers: string[];
	Role: string;
	AccountId: string;
	EnableIntelligentGuardianCalls: boolean;
	EnableIntelligentGuardianMessages: boolean;
}

export type HookAuthentication = 'None' | 'Basic' | 'Bearer';

export interface MessageRoute extends Row {
	MessageRouteId: string;
	AccountId: string;
	RouteName: string;
	MessageUrl: string;
	MessageUrlMethod: string;
	MessageRouteEnabled: boolean;
	MessageAuthenticationType: HookAuthentication | null;
	MessageUsername: string | null;
	MessagePasswordToken: string | null;
	CallbackMessageUrl: string | null;
	CallbackMessageUrlMethod: string | null;
	CallbackMessageAuthenticationType: HookAuthentication | null;
	CallbackMessageUsername: string | null;
	CallbackMessagePasswordToken: string | null;
}

export interface PhoneNumber {
	Number: string;
	NumberId: string;
	OrderId: string;
	AccountId: string;
	Classification: 'MVNO' | 'IoT' | 'VoIP';
	MessageType: 'a2p' | 'p2p';
	MessageEnabled: boolean;
	VoiceEnabled: boolean;
	DataEnabled: boolean;
	MessageRouteId: string | null;
	VoiceRouteId: string | null;
	AssignedSubscriberId: string | null;
	Iccid: string | null;
	CnamFirstName: string | null;
	CnamLastName: string | null;
	ProductType: string;
	Status: 'Active' | 'Pending' | 'Parked' | 'Cancelled';
	/** milliseconds of the virtual clock */
	Purchased: number;
	CancelledAt: number | null;
	SwapsRemaining: number;
	PortOutPin: string | null;
	Nnid: string;
	Voicemail: Row | null;
	DataPolicy: Row;
	Renewal: Row | null;
	UsedMegabytes: number;
}

export interface Recipient {
	number: string;
	status: string;
	errorCode: string | null;
	errorMessage: string | null;
}

export interface Message {
	id: string;
	direction: 'Outbound' | 'Inbound';
	type: 'a2p' | 'p2p';
	campaignId: string | null;
	from: string;
	owner: string;
	recipients: Recipient[];
	body: string;
	media: string[];
	base64: Row[];
	createdAt: number;
	status: string;
	deviceDelivery: Row | null;
	/** of an inbound message that is a word like STOP, START or HELP */
	intent?: Intent;
}

/** What an account's webhooks can hear of a call, by the vendor's names. */
export const CALL_EVENTS = [
	'Call_Completed',
	'Call_On_Hold',
	'Call_Recording',
	'Call_In_Progress',
	'Call_Ringing',
] as const;
export type CallEvent = (typeof CALL_EVENTS)[number];

/** Someone calls one of the account's numbers. Times are milliseconds of the virtual clock. */
export interface Call {
	id: string;
	from: string;
	to: string;
	/** the latest one */
	event: CallEvent;
	startedAt: number;
	answeredAt: number | null;
	endedAt: number | null;
	/** how many webhooks heard of it */
	told: number;
}

export interface Order {
	OrderId: string;
	OrderDate: number;
	OrderStatus: string;
	OrderStatusMessage: string;
	OrderType: string;
	AccountId: string;
	Numbers: string[];
	/** what a port-in was submitted with */
	Request: Row | null;
}

export interface State {
	/** on the sandbox's clock: what has come since then is new to whoever opens the phone simulator */
	seededAt: number;
	distributors: Map<string, Row>;
	accounts: Map<string, Account>;
	subscribers: Map<string, Subscriber>;
	messageRoutes: Map<string, MessageRoute>;
	voiceRoutes: Map<string, Row>;
	numbers: Map<string, PhoneNumber>;
	orders: Map<string, Order>;
	messages: Map<string, Message>;
	calls: Map<string, Call>;
	sims: Map<string, Row>;
	products: Map<string, Row>;
	packages: Map<string, Row>;
	packageItems: Map<string, Row>;
	services: Map<string, Row>;
	serviceItems: Row[];
	subscriptions: Map<string, Row>;
	schedules: Map<string, Row>;
	workgroups: Map<string, Row>;
	workgroupActivities: Map<string, Row>;
	webhooks: Map<string, Row>;
	messageFilters: Map<string, Row>;
	callFilters: Map<string, Row>;
	guardianRelations: Row[];
	/** recipients that the next messages do not reach */
	/** by number, or by `sender number` where only one sender is kept out */
	failingRecipients: Map<string, { status: string; errorCode: string; errorMessage: string }>;
	/** people of the phone simulator */
	contacts: { name: string; number: string }[];
}

/** The account that a request means when it names none: the first one. */
export const ownAccountId = (state: State): string => state.accounts.keys().next().value as string;

/** The names of the collections that are keyed by an id. */
export type Collection = {
	[Name in keyof State]: State[Name] extends Map<string, Row> ? Name : never;
}[keyof State];

/** The whole state as plain JSON. */
export const stateAsJson = (state: State): Row =>
	Object.fromEntries(
		Object.entries(state).map(([name, value]) => [name, value instanceof Map ? [...value.values()] : value]),
	);

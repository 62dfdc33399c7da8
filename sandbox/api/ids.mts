export const ACCOUNT_KEY = 'DID-5a4d0000-0000-4000-8000-000000000001';
export const ACCOUNT_SECRET = 'sandbox-secret';
export const AGGREGATOR_ID = 'AGID-5a4d0000-0000-4000-8000-000000000001';

/** The ids of the seeded account: `seedId('MRID-', 1)`. */
export const seedId = (prefix: string, count: number): string =>
	`${prefix}5a4d0000-0000-4000-8000-${String(count).padStart(12, '0')}`;

export const MAIN_LINE = '+15005550100';

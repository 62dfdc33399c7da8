import type { Session } from './session.mts';
import { CREDENTIAL_TYPE } from './workflow.mts';

/** The fields of the Telegent credential. */
export interface CredentialData {
	accountKey: string;
	accountSecret: string;
	baseUrl: string;
	/** 0 for no limit */
	requestsPerMinute?: number;
}

export interface Credential {
	id: string;
	name: string;
}

export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

export function credentialsApi({ call }: Session) {
	const find = async (name: string) =>
		(await call<Array<Credential & { type: string }>>('GET', '/credentials')).find(
			(one) => one.name === name && one.type === CREDENTIAL_TYPE,
		);
	return {
		/** @throws Error when there is no Telegent credential of this name */
		named: async (name: string): Promise<Credential> => {
			const found = await find(name);
			if (!found) throw new Error(`n8n has no Telegent credential "${name}".`);
			return { id: found.id, name: found.name };
		},
		/** Creates the Telegent credential of this name, or sets the fields of the one that exists. */
		upsert: async (name: string, data: CredentialData): Promise<Credential> => {
			const existing = await find(name);
			const saved = existing
				? await call<Credential>('PATCH', `/credentials/${existing.id}`, {
						name,
						type: CREDENTIAL_TYPE,
						data,
					})
				: await call<Credential>('POST', '/credentials', { name, type: CREDENTIAL_TYPE, data });
			return { id: saved.id, name: saved.name };
		},
		remove: (id: string) => call<boolean>('DELETE', `/credentials/${id}`),
		/** The result of the editor's "Test connection". */
		test: (data: CredentialData) =>
			call<CredentialTest>('POST', '/credentials/test', {
				credentials: { id: '', name: 'Tried', type: CREDENTIAL_TYPE, data },
			}),
	};
}

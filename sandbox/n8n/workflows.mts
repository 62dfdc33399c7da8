import { n8nMajor } from '../../scripts/n8nVersion.mjs';
import type { Session } from './session.mts';
import { until } from './wait.mts';
import type { WorkflowFile } from './workflow.mts';

export interface Workflow extends WorkflowFile {
	id: string;
	/** of the saved version */
	versionId: string;
	/** of the version that is published */
	activeVersionId: string | null;
	active: boolean;
	isArchived: boolean;
}

interface Publication {
	/** `published`, `not_published`, `in_progress` … */
	status: string;
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

const PUBLISH_SECONDS = 30;

export function workflowsApi({ call }: Session) {
	const get = (id: string) => call<Workflow>('GET', `/workflows/${id}`);
	const publication = (id: string) => call<Publication>('GET', `/workflows/${id}/publication-status`);
	/** n8n 2 publishes in the background and tells how far it is; n8n 1 has published when it answers. */
	const settled = async (id: string, what: string, wanted: string) => {
		if (n8nMajor === 1) return;
		await until(
			what,
			async () => {
				const state = await publication(id);
				if (state.status !== wanted && state.status !== 'in_progress') refuseFailed(state);
				return state.status === wanted && state;
			},
			{ seconds: PUBLISH_SECONDS },
		);
	};
	return {
		get,
		publication,
		/** In the order of the editor's list: what was changed last is first. */
		list: () => call<Workflow[]>('GET', '/workflows?includeScopes=false&sortBy=updatedAt:desc'),
		// n8n 1 needs to be told that it is not active yet.
		create: (file: WorkflowFile) => call<Workflow>('POST', '/workflows', { active: false, ...file }),
		update: (id: string, changes: Partial<WorkflowFile>) =>
			call<Workflow>('PATCH', `/workflows/${id}`, changes),
		/** Publishes a version, by default the saved one, and waits until its triggers listen. */
		publish: async (id: string, versionId?: string) => {
			await call('POST', `/workflows/${id}/activate`, { versionId: versionId ?? (await get(id)).versionId });
			await settled(id, 'n8n to publish the workflow', 'published');
		},
		/** Takes the workflow out of service and waits until its triggers are gone. */
		unpublish: async (id: string) => {
			await call('POST', `/workflows/${id}/deactivate`, {});
			await settled(id, 'n8n to unpublish the workflow', 'not_published');
		},
		/** n8n deletes only what is archived. */
		remove: async (id: string) => {
			await call('POST', `/workflows/${id}/archive`, {});
			await call('DELETE', `/workflows/${id}`);
		},
	};
}

function refuseFailed({ status, triggers }: Publication): void {
	const reason = triggers.find(({ errorMessage }) => errorMessage)?.errorMessage;
	if (reason) throw new Error(`n8n couldn’t publish the workflow (${status}): ${reason}`);
}

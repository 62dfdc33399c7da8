import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { ignoreNotFound, settle } from '../../../transport/result';
import { readState } from '../../shared/questions/note';
import { idOf, UnusableResponse } from '../../shared/routes/api';
import { ownerIn, ownerLabel } from '../../shared/routes/ownerNote';
import { readWebhook } from '../../shared/routes/webhooks';
import { workflowLink } from '../../shared/routes/workflowName';
import { payloadOf, type Item, type OperationHooks } from '../engine/operation';
import { deletesInUse } from './deleteInUse';

/* Which webhooks workflows use. Both nodes write that into the username of their webhooks: token authentication, which
   they use, has no username. */

/** What uses a webhook, and how to end that. */
interface WebhookUse {
	text: string;
	nextStep: string;
}

/** Refuses to delete a webhook that a workflow uses, unless Delete Even If in Use is on. */
export const webhookDeleteHooks = (): OperationHooks => ({
	beforeRequest: async (item) => {
		if (deletesInUse(item)) return undefined;
		const webhook = await currentWebhook(item);
		const holder = webhook && holderOf(item, webhook);
		if (holder) throw webhookInUse(item, holder);
		return undefined;
	},
});

/** Lists the workflows that may no longer receive from the webhook after an update. */
export const webhookUpdateHooks = (): OperationHooks => {
	const affected: string[] = [];
	return {
		afterResponse: (item, webhook) => {
			const holder = isDisrupted(payloadOf(item)) ? holderOf(item, webhook) : undefined;
			if (holder) affected.push(holder.text);
			return webhook;
		},
		summary: () => {
			if (affected.length === 0) return undefined;
			return `Check what uses the webhook: ${affected.join('; ')}. The update changed the URL, events, format or authentication that it receives with. If it's a published workflow, unpublish and publish it to connect it again.`;
		},
	};
};

/** The webhook of an item before anything is changed; undefined if it doesn't exist. */
async function currentWebhook(item: Item): Promise<IDataObject | undefined> {
	const { context, index, telegent } = item;
	const result = await settle(ignoreNotFound(readWebhook(telegent, payloadOf(item))));
	if ('value' in result) return result.value;
	if (!(result.error instanceof UnusableResponse)) throw result.error;
	throw new NodeOperationError(context.getNode(), result.error.message, { itemIndex: index });
}

function holderOf({ context }: Item, webhook: IDataObject): WebhookUse | undefined {
	const { AuthenticationUsername: note, WebhookUrl } = webhook;
	const workflow = ownerIn(note)?.workflow;
	if (workflow !== undefined) {
		const link = workflowLink(workflow, context.getInstanceBaseUrl(), String(WebhookUrl ?? ''));
		return {
			text: `${ownerLabel(workflow)}${link ? ` (${link})` : ''}`,
			nextStep:
				"Unpublish the workflow: that deletes the webhook. If the workflow no longer exists, add the option 'Delete Even If in Use'.",
		};
	}
	const question = readState(note);
	// The webhook of a question that has ended can be deleted.
	if (!question || question.answered || question.deadline < Date.now()) return undefined;
	const until = new Date(question.deadline).toISOString();
	return {
		text: `Send and Wait for Response in n8n execution ${question.execution} (waits for ${question.to} until ${until})`,
		nextStep:
			"Wait for the reply, or stop the execution if you don't need it. If the execution no longer waits, add the option 'Delete Even If in Use'.",
	};
}

function webhookInUse(item: Item, { nextStep, text }: WebhookUse): NodeOperationError {
	const { context, index } = item;
	const message = `The webhook ${String(idOf(payloadOf(item), 'WebhookId'))} is in use by ${text}`;
	const description = `It wasn't deleted, and nothing was changed. ${nextStep}`;
	return new NodeOperationError(context.getNode(), message, { itemIndex: index, description });
}

/** Whether an update sends what deliveries to a workflow depend on: our webhooks use POST, JSON and a token. */
function isDisrupted(sent: IDataObject): boolean {
	const differs = (field: string, value: string) =>
		field in sent && String(sent[field]).toLowerCase() !== value;
	return (
		['WebhookUrl', 'SubscribedEvents', 'AuthenticationToken'].some((field) => field in sent) ||
		differs('AuthenticationType', 'bearer') ||
		differs('Method', 'post') ||
		differs('DataFormat', 'json')
	);
}

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/**
 * One item for the messages of a person, oldest first: their texts in `body`, one per line, all media in `media`, each
 * message in `messages`, and everything else as the newest has it. Pure.
 */
export function joined(items: INodeExecutionData[]): INodeExecutionData {
	const newest = items[items.length - 1];
	const messages = items.map(({ json }) => ({
		id: json.messageId,
		body: json.body,
		time: json.receivedAt,
		media: json.media,
	})) as IDataObject[];
	const bodies = messages.map(({ body }) => String(body ?? '')).filter((body) => body !== '');
	const media = messages.flatMap((message) => (message.media ?? []) as string[]);
	return { ...newest, json: { ...newest.json, body: bodies.join('\n'), media, messages } };
}

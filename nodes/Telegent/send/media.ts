import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import type { Item } from '../engine/operation';

/** What carriers let through at most is less; Telegent’s pages name no limit. */
const MOST_BYTES = 5 * 1024 * 1024;

/**
 * Adds the content of the item's binary fields to `MmsBase64`, as `{Base64, BaseType}`.
 * @throws NodeOperationError when a field is missing or all together are too large; nothing was sent then
 */
export async function loadMedia({ context, index: itemIndex, sent }: Item): Promise<void> {
	const { BinaryFields: names, MmsBase64: given = [] } = sent;
	delete sent.BinaryFields;
	if (!Array.isArray(names)) return;
	const media: IDataObject[] = [];
	let bytes = 0;
	for (const name of names as string[]) {
		const { mimeType } = context.helpers.assertBinaryData(itemIndex, name);
		const content = await context.helpers.getBinaryDataBuffer(itemIndex, name);
		bytes += content.length;
		if (bytes > MOST_BYTES) refuse(context, itemIndex, bytes);
		media.push({ Base64: content.toString('base64'), BaseType: mimeType });
	}
	sent.MmsBase64 = [...(given as IDataObject[]), ...media];
}

function refuse(context: Item['context'], itemIndex: number, bytes: number): never {
	const size = `${(bytes / 1024 / 1024).toFixed(1)} MB`;
	throw new NodeOperationError(
		context.getNode(),
		`Media: ${size} is too large for an MMS, which takes 5 MB at most`,
		{
			itemIndex,
			description:
				'Nothing was sent. Make the picture smaller, for instance with the Edit Image node, or send a link to it.',
		},
	);
}

import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import type { Item } from '../engine/operation';

/** What carriers let through at most is less; Telegent’s pages name no limit. */
const MOST_BYTES = 5 * 1024 * 1024;

const TOO_LARGE =
	'Nothing was sent. Make the picture smaller, for instance with the Edit Image node, or send a link to it.';
const NO_CONTENT = 'Nothing was sent. Look at the node that made the file, or leave the file out.';

/**
 * Adds the content of the item's binary fields to `MmsBase64`, as `{Base64, BaseType}`.
 * @throws NodeOperationError when a field is missing, a file is empty, or all together are too large; nothing was sent
 * then
 */
export async function loadMedia({ context, index: itemIndex, sent }: Item): Promise<undefined> {
	const { BinaryFields, MmsBase64 } = sent;
	delete sent.BinaryFields;
	const names = (Array.isArray(BinaryFields) ? BinaryFields : []) as string[];
	const given = (Array.isArray(MmsBase64) ? MmsBase64 : []) as IDataObject[];
	const refuse = (message: string, description: string): never => {
		throw new NodeOperationError(context.getNode(), message, { itemIndex, description });
	};
	let bytes = 0;
	const weigh = (size: number, where: string): void => {
		if (size === 0) refuse(`${where} is empty, it has no content`, NO_CONTENT);
		bytes += size;
		if (bytes > MOST_BYTES)
			refuse(`Media: ${megabytes(bytes)} is too large for an MMS, which takes 5 MB at most`, TOO_LARGE);
	};
	for (const [i, { Base64 }] of given.entries()) {
		weigh(Buffer.byteLength(String(Base64 ?? ''), 'base64'), `Media Files (Base64): file ${i + 1}`);
	}
	const media: IDataObject[] = [];
	for (const name of names) {
		const { mimeType } = context.helpers.assertBinaryData(itemIndex, name);
		const content = await context.helpers.getBinaryDataBuffer(itemIndex, name);
		weigh(content.length, `Media From Binary Fields: the file in "${name}"`);
		media.push({ Base64: content.toString('base64'), BaseType: mimeType });
	}
	if (media.length > 0) sent.MmsBase64 = [...given, ...media];
	return undefined;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

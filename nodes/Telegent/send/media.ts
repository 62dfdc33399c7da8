import { NodeOperationError, type IDataObject, type NodeApiError } from 'n8n-workflow';
import { payloadOf, type Item } from '../engine/operation';
import { ParameterError } from '../engine/parameters';
import { told } from '../../shared/values';
import { binaryFields } from './fields';

/** Carriers allow less than this; Telegent's documentation names no limit. */
const MAX_BYTES = 5 * 1024 * 1024;

const MAX_FIELD_NAME = 500;

const MEDIA_TOO_LARGE =
	'Nothing was sent. Make the file smaller, for example with the Edit Image node, or send a link to it.';
const NO_CONTENT = 'Nothing was sent. Check the node that created the file, or remove the file.';

/**
 * Checks the media without loading them, before the first item is sent.
 * @throws ParameterError or NodeOperationError when a URL isn't one, a field is missing, a file is empty, or all together
 * are too large
 */
export function checkMedia(item: Item): void {
	const { MmsMedia } = payloadOf(item);
	for (const { MediaUrl } of (Array.isArray(MmsMedia) ? MmsMedia : []) as IDataObject[]) {
		if (typeof MediaUrl !== 'string' || /^https?:\/\/[^\s/]\S*$/i.test(MediaUrl)) continue;
		const shown = MediaUrl.slice(0, 100);
		throw new ParameterError(
			'Media URLs',
			`"${shown}" isn't a complete URL. Use the format https://example.com/photo.jpg`,
		);
	}
	mediaSizeCheck(item);
	for (const name of binaryFieldNames(item)) {
		// n8n's own message repeats all of it.
		if (String(name).length > MAX_FIELD_NAME)
			throw new ParameterError(binaryFields.displayName, `the item has no binary field "${told(name)}"`);
		item.context.helpers.assertBinaryData(item.index, name);
	}
}

/** Replaces the API's name of a field in the error's message with its label in the editor. */
export function useFormLabels(error: NodeApiError): void {
	error.message = error.message.replace(
		/(?:The )?MmsMedia(?:\[(\d+)\])?\.MediaUrl(?: field)?/gi,
		(_all, index?: string) => `'Media URLs'${index === undefined ? '' : ` (number ${Number(index) + 1})`}`,
	);
}

/**
 * Adds the content of the item's binary fields to `MmsBase64`, as `{Base64, BaseType}`.
 * @throws NodeOperationError when a field is missing, a file is empty, or all together are too large; nothing was sent
 * then
 */
export async function loadMedia(item: Item): Promise<undefined> {
	const { context, index: itemIndex } = item;
	const payload = payloadOf(item);
	const names = binaryFieldNames(item);
	delete payload.BinaryFields;
	const weigh = mediaSizeCheck(item);
	const media: IDataObject[] = [];
	for (const name of names) {
		const { mimeType } = context.helpers.assertBinaryData(itemIndex, name);
		const content = await context.helpers.getBinaryDataBuffer(itemIndex, name);
		weigh(content.length, `'${binaryFields.displayName}': the file in "${name}"`);
		media.push({ Base64: content.toString('base64'), BaseType: mimeType });
	}
	if (media.length > 0) payload.MmsBase64 = [...givenFiles(payload), ...media];
	return undefined;
}

function binaryFieldNames(item: Item): string[] {
	const { BinaryFields } = payloadOf(item);
	return (Array.isArray(BinaryFields) ? BinaryFields : []) as string[];
}

function givenFiles({ MmsBase64 }: IDataObject): IDataObject[] {
	return (Array.isArray(MmsBase64) ? MmsBase64 : []) as IDataObject[];
}

/** Weighs the files given as Base64. @returns what weighs further ones, and throws where it is too much */
function mediaSizeCheck(item: Item): (size: number, where: string) => void {
	const { context, index: itemIndex } = item;
	const refuse = (message: string, description: string): never => {
		throw new NodeOperationError(context.getNode(), message, { itemIndex, description });
	};
	let bytes = 0;
	const weigh = (size: number, where: string): void => {
		if (size === 0) refuse(`${where} is empty`, NO_CONTENT);
		bytes += size;
		if (bytes > MAX_BYTES)
			refuse(
				`The media files add up to ${megabytes(bytes)}, but an MMS can hold at most 5 MB`,
				MEDIA_TOO_LARGE,
			);
	};
	for (const [i, { Base64 }] of givenFiles(payloadOf(item)).entries()) {
		weigh(Buffer.byteLength(String(Base64 ?? ''), 'base64'), `'Media Files (Base64)': file ${i + 1}`);
	}
	return weigh;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

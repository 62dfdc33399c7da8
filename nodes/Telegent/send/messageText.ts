import { NodeOperationError } from 'n8n-workflow';
import { payloadOf, type Item } from '../engine/operation';
import { readSwitch, withFieldLabel } from '../engine/parameters';
import { counted } from '../engine/progress';
import { wholeNumber } from '../../shared/values';
import { charactersOutsideGsm, measureText, type Segmentation } from './segments';

/**
 * Puts the text into the request as it will be sent.
 * @throws NodeOperationError where it takes more than Max Segments
 */
export function prepareText(item: Item): Segmentation {
	const { context, index: itemIndex, options } = item;
	const payload = payloadOf(item);
	const replaces = readSwitch('Replace Special Characters', options.replaceSpecialCharacters);
	const { size, text } = measureText(String(payload.Body), replaces);
	payload.Body = text;
	const most = withFieldLabel('Max Segments', () => wholeNumber(options.maxSegments ?? 0));
	if (most === 0 || size.segments <= most) return size;
	const message = `The message needs ${counted(size.segments, 'segment')} (${size.encoding}), but 'Max Segments' is ${most}`;
	const description = `Nothing was sent. ${howToShorten(text, size, replaces)}`;
	throw new NodeOperationError(context.getNode(), message, { itemIndex, description });
}

/** How to get fewer segments: only advice that helps this text. */
function howToShorten(text: string, { encoding, segments }: Segmentation, replaces: boolean): string {
	if (encoding === 'GSM-7') return "Shorten the message, or raise 'Max Segments'.";
	const why = `A segment holds fewer than half the characters because of: ${charactersOutsideGsm(text).join(' ')}.`;
	const helps = !replaces && measureText(text, true).size.segments < segments;
	return helps
		? `${why} Add the option 'Replace Special Characters' to replace them, or shorten the message.`
		: `${why} Remove them, or shorten the message.`;
}

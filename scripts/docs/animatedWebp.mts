/* Puts WebP pictures together to a moving one. Format: https://developers.google.com/speed/webp/docs/riff_container */

export interface Frame {
	/** A still WebP picture, all of the same size. */
	picture: Buffer;
	milliseconds: number;
}

const ANIMATION = 0x02;
/** A frame replaces what was there before. */
const DO_NOT_BLEND = 0x02;

/** A moving picture that repeats without end. */
export function animatedWebp(frames: Frame[], width: number, height: number): Buffer {
	const header = Buffer.alloc(10);
	header.writeUInt8(ANIMATION, 0);
	header.writeUIntLE(width - 1, 4, 3);
	header.writeUIntLE(height - 1, 7, 3);
	// White behind the frames, and no last round.
	const animation = Buffer.from([255, 255, 255, 255, 0, 0]);
	const body = Buffer.concat([
		Buffer.from('WEBP'),
		chunk('VP8X', header),
		chunk('ANIM', animation),
		...frames.map((frame) => chunk('ANMF', frameContent(frame, width, height))),
	]);
	return chunk('RIFF', body);
}

function frameContent({ milliseconds, picture }: Frame, width: number, height: number): Buffer {
	const header = Buffer.alloc(16);
	header.writeUIntLE(width - 1, 6, 3);
	header.writeUIntLE(height - 1, 9, 3);
	header.writeUIntLE(milliseconds, 12, 3);
	header.writeUInt8(DO_NOT_BLEND, 15);
	return Buffer.concat([header, ...imageChunks(picture)]);
}

/** What holds the image itself in a still picture. */
function imageChunks(picture: Buffer): Buffer[] {
	if (picture.toString('latin1', 0, 4) !== 'RIFF' || picture.toString('latin1', 8, 12) !== 'WEBP')
		throw new Error('A frame is no WebP picture');
	const found: Buffer[] = [];
	for (let at = 12; at + 8 <= picture.length; ) {
		const size = picture.readUInt32LE(at + 4);
		const end = at + 8 + size + (size % 2);
		if (['ALPH', 'VP8 ', 'VP8L'].includes(picture.toString('latin1', at, at + 4)))
			found.push(picture.subarray(at, end));
		at = end;
	}
	return found;
}

function chunk(name: string, content: Buffer): Buffer {
	const head = Buffer.alloc(8);
	head.write(name, 'latin1');
	head.writeUInt32LE(content.length, 4);
	return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

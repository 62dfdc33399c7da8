import { animatedWebp } from '../../../scripts/docs/animatedWebp.mts';

/** A WebP picture of 1 × 1, as a browser makes it: a header of its own kind, and an odd number of bytes of image. */
function still(image: string): Buffer {
	const chunk = (name: string, content: string) => {
		const head = Buffer.alloc(8);
		head.write(name, 'latin1');
		head.writeUInt32LE(content.length, 4);
		return Buffer.concat([head, Buffer.from(content + (content.length % 2 ? '\0' : ''), 'latin1')]);
	};
	const body = Buffer.concat([Buffer.from('WEBP'), chunk('VP8X', 'x'.repeat(10)), chunk('VP8 ', image)]);
	return Buffer.concat([Buffer.from('RIFF'), Buffer.from([body.length, 0, 0, 0]), body]);
}

/** Name and content of each part of a RIFF file. */
function chunksOf(file: Buffer): Array<[name: string, content: Buffer]> {
	const found: Array<[string, Buffer]> = [];
	for (let at = 0; at < file.length; ) {
		const size = file.readUInt32LE(at + 4);
		found.push([file.toString('latin1', at, at + 4), file.subarray(at + 8, at + 8 + size)]);
		at += 8 + size + (size % 2);
	}
	return found;
}

test('puts pictures together as the format says', () => {
	const frames = [
		{ picture: still('first'), milliseconds: 300 },
		{ picture: still('second'), milliseconds: 70_000 },
	];
	const [[riff, body], ...rest] = chunksOf(animatedWebp(frames, 1200, 600));
	expect([riff, rest, body.toString('latin1', 0, 4)]).toEqual(['RIFF', [], 'WEBP']);
	const [[, header], [, animation], ...parts] = chunksOf(body.subarray(4));
	expect([header[0], header.readUIntLE(4, 3) + 1, header.readUIntLE(7, 3) + 1]).toEqual([2, 1200, 600]);
	expect([...animation]).toEqual([255, 255, 255, 255, 0, 0]);
	const shown = parts.map(([name, content]) => [
		name,
		content.readUIntLE(6, 3) + 1,
		content.readUIntLE(9, 3) + 1,
		content.readUIntLE(12, 3),
		chunksOf(content.subarray(16)).map(([image, bytes]) => `${image}${bytes.toString()}`),
	]);
	expect(shown).toEqual([
		['ANMF', 1200, 600, 300, ['VP8 first']],
		['ANMF', 1200, 600, 70_000, ['VP8 second']],
	]);
});

test('refuses what is no WebP picture', () => {
	const frame = { picture: Buffer.from('GIF89a and more'), milliseconds: 1 };
	expect(() => animatedWebp([frame], 1, 1)).toThrow('A frame is no WebP picture');
});

/** Frames over TCP: any cut of the stream gives the same frames. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatBytes } from '../../../src/core/base/bytes.ts';
import { decodeChannelData, encodeChannelData } from '../../../src/core/stun/channel-data.ts';
import { encodeMessage } from '../../../src/core/stun/message.ts';
import { frameForStream, StreamFramer } from '../../../src/core/stun/stream.ts';
import { anyMessage } from './arbitrary.ts';

const anyChannelData = fc.record({
  channel: fc.integer({ min: 0x4000, max: 0x4fff }),
  data: fc.uint8Array(),
});
const anyFrame = fc.oneof(anyMessage().map(encodeMessage), anyChannelData.map(encodeChannelData));

test('frames survive any cut', () => {
  fc.assert(
    fc.property(
      fc.array(anyFrame, { maxLength: 6 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 50 })),
      (frames, cuts) => {
        const stream = concatBytes(frames.map(frameForStream));
        const framer = new StreamFramer();
        const found: Uint8Array[] = [];
        let at = 0;
        for (const cut of cuts) {
          if (at >= stream.length) break;
          const pushed = framer.push(stream.subarray(at, at + cut));
          if (!pushed.ok) throw new Error(pushed.error.message);
          found.push(...pushed.value.map((frame) => frame.slice()));
          at += cut;
        }
        expect(found).toEqual(frames);
        expect(framer.waiting).toBe(0);
      },
    ),
    { numRuns: 300, seed: 5 },
  );
});

test('a stream that is something else is refused at its first bytes', () => {
  const refused = (text: string) => !new StreamFramer().push(new TextEncoder().encode(text)).ok;
  expect(refused('POST / HTTP/1.1')).toBe(true);
  expect(refused('\x00\x01\x00\x00nope')).toBe(true);
});

test('ChannelData: the range of numbers and a length beyond the datagram', () => {
  expect(decodeChannelData(Uint8Array.of(0x40, 0, 0, 2, 7, 8, 0, 0))).toEqual({
    ok: true,
    value: { channel: 0x4000, data: Uint8Array.of(7, 8) },
  });
  expect(decodeChannelData(Uint8Array.of(0x50, 0, 0, 0)).ok).toBe(false);
  expect(decodeChannelData(Uint8Array.of(0x40, 0, 0, 1)).ok).toBe(false);
  expect(decodeChannelData(Uint8Array.of(0x40, 0)).ok).toBe(false);
});

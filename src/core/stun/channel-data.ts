/**
 * ChannelData (RFC 8656 §12.4): four bytes of header, then the data as it is.
 *
 *     |   channel number (16), 0x4000–0x4FFF   |   length (16)   |   data …
 */
import { fail, ok, type Result } from '../base/result.ts';
import { concatBytes, hexNumber, readUint16, uint16 } from '../base/bytes.ts';

export interface ChannelData {
  readonly channel: number;
  readonly data: Uint8Array;
}

/** RFC 8656 §12. Clients of its predecessor draw from a longer range (RFC 5766 §11.2): who wants them, asks for it. */
export const channelNumbers = { first: 0x4000, last: 0x4fff, lastOfRfc5766: 0x7ffe } as const;

export function isChannelNumber(number: number, last: number = channelNumbers.last): boolean {
  return number >= channelNumbers.first && number <= last;
}

/** Over UDP bytes may follow the data: padding is allowed there and ignored. */
export function decodeChannelData(
  bytes: Uint8Array,
  last: number = channelNumbers.last,
): Result<ChannelData> {
  if (bytes.length < 4) {
    return fail({
      message: 'the ChannelData header is cut off',
      found: `${bytes.length} bytes`,
      expected: '4 bytes',
    });
  }
  const [channel, length] = [readUint16(bytes, 0), readUint16(bytes, 2)];
  if (!isChannelNumber(channel, last)) {
    return fail({
      message: 'not a channel number',
      where: 'byte 0',
      found: hexNumber(channel),
      expected: `${hexNumber(channelNumbers.first)}–${hexNumber(last)}`,
    });
  }
  if (bytes.length < 4 + length) {
    const found = `${bytes.length - 4} bytes`;
    return fail({
      message: 'the ChannelData is cut off',
      where: 'byte 2',
      found,
      expected: `${length} bytes`,
    });
  }
  return ok({ channel, data: bytes.subarray(4, 4 + length) });
}

/** Without padding, as over UDP; a stream must add it (see stream.ts). */
export function encodeChannelData({ channel, data }: ChannelData): Uint8Array<ArrayBuffer> {
  return concatBytes([uint16(channel), uint16(data.length), data]);
}

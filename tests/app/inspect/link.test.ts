import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { carriedBy, lineOf, linkTo, textOf } from '../../../src/app/inspect/link.ts';
import { SAMPLES } from '../../support/samples.ts';
import { encodeBase64Url } from '../../../src/core/base/base64.ts';
import { checksumOf, LINK_LIMIT, SHARED_LIMIT, writeLink } from '../../../src/core/sdp/share.ts';

const PAGE = 'http://127.0.0.1:4173/#/inspect';
const TEXT = SAMPLES[0]!.text;

const carried = async (text: string): Promise<string> => {
  const link = await linkTo(text, PAGE);
  if (!link.ok) throw new Error(link.error.message);
  return carriedBy(new URL(link.value).hash)!;
};
const messageOf = async (link: string): Promise<string> => {
  const read = await textOf(link);
  return read.ok ? '' : read.error.message;
};
/** As `linkTo` makes it, but by Node's zlib and with the bytes that we want. */
const packed = (plain: Uint8Array, compressed: Uint8Array = deflateRawSync(plain)): string => {
  const link = writeLink({ compressed, checksum: checksumOf(plain) });
  if (!link.ok) throw new Error(link.error.message);
  return link.value;
};

describe('base64url', () => {
  it('is what Node makes of the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(encodeBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe('a shared link', () => {
  it('brings any text back, byte for byte', async () => {
    for (const text of [TEXT, 'v=0', 'a\rb\nc\r\n', '\uFEFFv=0\u0000é😀', TEXT.repeat(20)]) {
      const read = await textOf(await carried(text));
      expect(read).toEqual({ ok: true, value: text });
    }
  });

  it('is standard DEFLATE in the fragment of this page, and shorter than the text', async () => {
    const link = await linkTo(TEXT, PAGE);
    if (!link.ok) throw new Error(link.error.message);
    const { hash, pathname, search } = new URL(link.value);
    expect([pathname, search]).toEqual(['/', '']);
    const data = Buffer.from(carriedBy(hash)!.split('.')[3]!, 'base64url');
    expect(inflateRawSync(data).toString('utf8')).toBe(TEXT);
    expect(link.value.length).toBeLessThan(TEXT.length);
  });

  it('cut off anywhere says so', async () => {
    const link = await carried(TEXT);
    for (const at of [2, 4, 6, 12, 40, link.length >> 1, link.length - 1])
      expect(await messageOf(link.slice(0, at)), `cut at ${at}`).toContain('cut off');
  });

  it('changed in any character is never taken for the text that was sent', async () => {
    const link = await carried('v=0\r\ns=-\r\n');
    for (let at = 0; at < link.length; at += 1) {
      const other = link[at] === 'A' ? 'B' : 'A';
      const read = await textOf(link.slice(0, at) + other + link.slice(at + 1));
      // The last digit has bits that belong to no byte: a change there changes nothing.
      expect(read.ok && read.value !== 'v=0\r\ns=-\r\n', `character ${at}`).toBe(false);
    }
    expect(await messageOf(`${link.slice(0, -4)}AAAA`)).toContain('damaged');
    expect(await messageOf(packed(Buffer.from('v=0'), Buffer.from('not deflate')))).toContain('damaged');
    for (const odd of ['', 'x', '1.1.1.1.1', '0.1.1.A', '..', '1.zz.%%.A'])
      expect(await messageOf(odd)).not.toBe('');
  });

  it('of a newer version says so', async () => {
    expect(await messageOf((await carried(TEXT)).replace(/^1/, '2'))).toContain('newer Icescope');
  });

  it('with a bomb is refused before it has gone off', async () => {
    const bomb = packed(new Uint8Array(20 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(LINK_LIMIT);
    const started = performance.now();
    expect(await messageOf(bomb)).toContain('stopped');
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await messageOf(packed(new Uint8Array(SHARED_LIMIT)))).toBe('');
  });

  it('too long is refused when read and when made', async () => {
    expect(await messageOf(`1.a.a.${'A'.repeat(LINK_LIMIT)}`)).toContain('longer');
    const noise = Array.from({ length: 90_000 }, (_, index) => Math.sin(index).toString(36)).join('');
    for (const text of [noise.slice(0, SHARED_LIMIT), 'a'.repeat(SHARED_LIMIT + 1)]) {
      const link = await linkTo(text, PAGE);
      expect(link.ok ? '' : link.error.message).toContain('too long for a link');
    }
  });
});

test('a link that opens on a line carries the same text, however much of it is taken', async () => {
  const made = await linkTo(TEXT, PAGE, 84);
  if (!made.ok) throw new Error(made.error.message);
  const { hash } = new URL(made.value);
  expect(lineOf(hash)).toBe(84);
  for (const carried of [carriedBy(hash)!, hash.split('?s=')[1]!])
    expect(await textOf(carried)).toEqual({ ok: true, value: TEXT });
  expect(lineOf(hash.replace('84', '0'))).toBeUndefined();
});

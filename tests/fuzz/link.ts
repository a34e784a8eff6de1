/** Fragments of links to Inspect, and codes for copy and paste. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { checksumOf, readLink, readShared, SHARED_LIMIT, writeLink } from '../../src/core/sdp/share.ts';
import { writeCode } from '../../src/core/signalling/code.ts';
import { readPasted } from '../../src/core/signalling/paste.ts';
import { hold, kind } from './fuzz.ts';
import { mutate } from './mutate.ts';

const SDP = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n';
const bytes = new TextEncoder().encode(SDP);
const written = writeLink({ compressed: deflateRawSync(bytes), checksum: checksumOf(bytes) });
if (!written.ok) throw new Error(written.error.message);
const link = written.value;

export const links = kind('link fragments', 100_000, (draw) => {
  const text = mutate(link, draw);
  const read = readLink(text);
  if (!read.ok) return hold(read.error.message !== '', 'a refusal without words');
  let inflated: Uint8Array;
  try {
    inflated = inflateRawSync(read.value.compressed, { maxOutputLength: SHARED_LIMIT });
  } catch {
    return;
  }
  const shared = readShared(inflated, read.value.checksum);
  hold(!shared.ok || shared.value === SDP, 'a damaged link was taken for another text');
});

const code = writeCode({ kind: 'offer', sdp: SDP, writtenAt: 1_764_000_000_000, answers: null });

export const codes = kind('codes for copy and paste', 100_000, (draw) => {
  const read = readPasted(mutate(draw.below(2) === 0 ? code : `https://example.com/#/j/${code}`, draw));
  if (!read.ok) hold(read.error.message !== '' && read.error.advice !== '', 'a refusal without words');
});

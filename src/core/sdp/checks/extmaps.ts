/** Numbers of RTP header extensions. RFC 8285 section 5. */
import { visible } from '../grammar.ts';
import type { SdpLine } from '../lines.ts';
import { cite } from '../../base/cite.ts';
import type { Description, Section } from '../structure.ts';
import { parseExtmap } from '../values.ts';
import { check, replacePart, type Fix, type Report, type Span } from './check.ts';
import { nameSpan, valueSpan } from './span.ts';

/** The number at the beginning of the value. */
function idSpan(line: SdpLine): Span {
  const { start } = valueSpan(line);
  return { start, end: start + /^[^/ ]*/.exec(line.raw.slice(start))![0].length };
}

export const extmapIds = check({
  id: 'extmap-id',
  severity: 'error',
  rfc: cite('RFC 8285', '5'),
  example:
    'm=audio 9 RTP/AVP 0\r\na=extmap:1 urn:ietf:params:rtp-hdrext:toffset\r\na=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid\r\n',
  find: ({ description }, report) => {
    for (const part of [description.session, ...description.media]) checkIds(part, { description, report });
  },
});

function checkIds(
  part: Section,
  { description, report }: { description: Description; report: Report },
): void {
  const first = new Map<string, SdpLine>();
  let free: { readonly id: number | undefined } | undefined;
  for (const line of part.attributes.get('extmap') ?? []) {
    const entry = parseExtmap(line.value);
    if (entry === undefined) continue;
    const earlier = first.get(entry.id);
    first.set(entry.id, earlier ?? line);
    if (earlier === undefined || parseExtmap(earlier.value)?.uri === entry.uri) continue;
    free ??= { id: freeId(description) };
    report(line, {
      claim: `The extension number ${visible(entry.id)} is taken`,
      reason: `Line ${earlier.number} gives it to another extension; a receiver could not tell them apart.`,
      at: idSpan(line),
      with: [{ line: earlier, at: idSpan(earlier) }],
      fix: renumber(line, free.id),
    });
  }
}

/** A number that no extension of the description has, below those that one-byte headers can not carry. */
function freeId({ session, media }: Description): number | undefined {
  const lines = [session, ...media].flatMap((part) => part.attributes.get('extmap') ?? []);
  const taken = new Set(lines.map((line) => Number(parseExtmap(line.value)?.id)));
  for (let id = 1; id <= 14; id += 1) if (!taken.has(id)) return id;
  return undefined;
}

const renumber = (line: SdpLine, id: number | undefined): Fix | undefined =>
  id === undefined ? undefined : replacePart(`Take number ${id}`, { line, at: idSpan(line) }, String(id));

export const extmapLevels = check({
  id: 'extmap-levels',
  severity: 'error',
  rfc: cite('RFC 8285', '5'),
  example:
    'a=extmap:1 urn:ietf:params:rtp-hdrext:toffset\r\nm=audio 9 RTP/AVP 0\r\na=extmap:2 urn:ietf:params:rtp-hdrext:sdes:mid\r\n',
  find: ({ description }, report) => {
    const [atSession] = description.session.attributes.get('extmap') ?? [];
    const inMedia = description.media.flatMap((media) => media.attributes.get('extmap')?.slice(0, 1) ?? []);
    if (atSession === undefined || inMedia.length === 0) return;
    report(inMedia[0]!, {
      claim: 'Header extensions stand in the session part and in media sections',
      reason: 'They stand either all here or all there; Chromium refuses a mix.',
      at: nameSpan(inMedia[0]!),
      with: [{ line: atSession, at: nameSpan(atSession) }],
    });
  },
});

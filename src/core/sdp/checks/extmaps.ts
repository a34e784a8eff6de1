/** Numbers of RTP header extensions. RFC 8285 section 5. */
import type { SdpLine } from '../lines.ts';
import { cite } from '../rfc-sections.ts';
import type { Section } from '../structure.ts';
import { parseExtmap } from '../values.ts';
import { check, type Report } from './check.ts';

export const extmapIds = check({
  id: 'extmap-id',
  severity: 'error',
  rfc: cite('RFC 8285', '5'),
  example:
    'm=audio 9 RTP/AVP 0\r\na=extmap:1 urn:ietf:params:rtp-hdrext:toffset\r\na=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid\r\n',
  find: ({ description }, report) => {
    for (const part of [description.session, ...description.media]) checkIds(part, report);
  },
});

function checkIds(part: Section, report: Report): void {
  const first = new Map<string, SdpLine>();
  for (const line of part.attributes.get('extmap') ?? []) {
    const entry = parseExtmap(line.value);
    if (entry === undefined) continue;
    const earlier = first.get(entry.id);
    first.set(entry.id, earlier ?? line);
    if (earlier === undefined || parseExtmap(earlier.value)?.uri === entry.uri) continue;
    report(line, `the number ${entry.id} is taken by the extension of line ${earlier.number}`, {
      with: [earlier],
    });
  }
}

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
    report(
      inMedia[0]!,
      'header extensions stand either all in the session part or all in media sections; Chromium refuses a mix',
      { with: [atSession] },
    );
  },
});

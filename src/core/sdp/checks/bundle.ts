/** BUNDLE groups and the sections that they name. RFC 9143. */
import { visible } from '../grammar.ts';
import { cite } from '../../base/cite.ts';
import type { Word } from '../reader.ts';
import type { Description, Group, MediaSection } from '../structure.ts';
import { addLineAfter, check, removeLine, removePart, type Fix, type Report, type Spot } from './check.ts';
import { nameSpan, wordAt, wordsOf } from './span.ts';

const bundles = (description: Description) =>
  description.groups.filter((group) => group.semantics === 'BUNDLE');
const byMid = (description: Description): ReadonlyMap<string, MediaSection> =>
  new Map(
    description.media.flatMap((media) => (media.mid === undefined ? [] : [[media.mid, media] as const])),
  );
const mids = ({ line }: Group): readonly Word[] => wordsOf(line).slice(1);

/** A group loses one mid; a group of none goes away. */
const withoutMid = (group: Group, mid: Word): Fix =>
  group.ids.length === 1
    ? removeLine('Take out the group', group.line)
    : removePart(`Take out ${visible(mid.text)}`, group.line, { start: mid.start - 1, end: mid.end });

export const bundleMids = check({
  id: 'bundle-mid',
  severity: 'error',
  rfc: cite('RFC 9143', '7'),
  example:
    'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\nm=audio 9 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=rtcp-mux\r\n',
  find: ({ description, complete }, report) => {
    if (!complete) return;
    const sections = byMid(description);
    const owner = new Map<string, Spot>();
    for (const group of bundles(description)) {
      for (const mid of mids(group)) {
        if (!sections.has(mid.text))
          report(group.line, {
            claim: `The group names mid ${visible(mid.text)}, which is not there`,
            reason: 'Browsers refuse a BUNDLE group with a section that does not exist.',
            at: mid,
            fix: withoutMid(group, mid),
          });
        checkOwner(mid, { group, owner, report });
      }
    }
  },
});

function checkOwner(mid: Word, o: { group: Group; owner: Map<string, Spot>; report: Report }): void {
  const earlier = o.owner.get(mid.text);
  const { line } = o.group;
  if (earlier === undefined) o.owner.set(mid.text, { line, at: mid });
  else
    o.report(line, {
      claim: `The mid ${visible(mid.text)} is bundled twice`,
      reason: 'A section has one transport, so it belongs to one BUNDLE group, once.',
      at: mid,
      with: [earlier],
      fix: withoutMid(o.group, mid),
    });
}

export const bundleRejected = check({
  id: 'bundle-rejected',
  severity: 'warning',
  rfc: cite('RFC 9143', '7.3.3'),
  example:
    'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=audio 0 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\n',
  find: ({ description }, report) => {
    const sections = byMid(description);
    for (const group of bundles(description)) {
      for (const mid of mids(group)) {
        const media = sections.get(mid.text);
        if (media?.rejected === true)
          report(media.mLine, {
            claim: `The section ${visible(mid.text)} is rejected, but still bundled`,
            reason: 'A section with port 0 has no transport and leaves the BUNDLE group.',
            at: wordAt(media.mLine, 1),
            with: [{ line: group.line, at: mid }],
            fix: withoutMid(group, mid),
          });
      }
    }
  },
});

export const bundleOnlyPort = check({
  id: 'bundle-only-port',
  severity: 'warning',
  rfc: cite('RFC 9143', '6'),
  example: 'm=audio 9 RTP/AVP 0\r\na=bundle-only\r\n',
  find: ({ description }, report) => {
    const grouped = new Set(bundles(description).flatMap((group) => group.ids));
    for (const media of description.media) {
      const line = media.attributes.get('bundle-only')?.[0];
      if (line === undefined) continue;
      const at = nameSpan(line);
      if (media.port !== 0)
        report(line, {
          claim: 'The section is bundle-only, but has a port',
          reason: 'bundle-only is for a section with port 0, which a peer without BUNDLE rejects.',
          at,
          with: [{ line: media.mLine, at: wordAt(media.mLine, 1) }],
          fix: removeLine('Take out bundle-only', line),
        });
      if (media.mid === undefined || !grouped.has(media.mid))
        report(line, {
          claim: 'The section is bundle-only, but not bundled',
          reason: 'Without a BUNDLE group it has no transport at all.',
          at,
        });
    }
  },
});

export const bundleRtcpMux = check({
  id: 'bundle-rtcp-mux',
  severity: 'error',
  rfc: cite('RFC 9143', '9.3'),
  example:
    'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=audio 9 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\n',
  find: ({ description }, report) => {
    const sections = byMid(description);
    for (const group of bundles(description)) {
      for (const mid of mids(group)) {
        const media = sections.get(mid.text);
        if (media === undefined || !media.rtp || media.rejected || media.attributes.has('rtcp-mux')) continue;
        report(media.mLine, {
          claim: `The bundled section ${visible(mid.text)} has no rtcp-mux`,
          reason: 'A bundled transport has one port for RTP and RTCP; Chromium refuses anything else.',
          with: [{ line: group.line, at: mid }],
          fix: addLineAfter('Add rtcp-mux', media.lines.at(-1)!, 'a=rtcp-mux'),
        });
      }
    }
  },
});

/** BUNDLE groups and the sections that they name. RFC 9143. */
import { visible } from '../grammar.ts';
import { cite } from '../rfc-sections.ts';
import type { SdpLine } from '../lines.ts';
import type { Description, MediaSection } from '../structure.ts';
import { check, type Report } from './check.ts';

const bundles = (description: Description) =>
  description.groups.filter((group) => group.semantics === 'BUNDLE');
const byMid = (description: Description): ReadonlyMap<string, MediaSection> =>
  new Map(
    description.media.flatMap((media) => (media.mid === undefined ? [] : [[media.mid, media] as const])),
  );

export const bundleMids = check({
  id: 'bundle-mid',
  severity: 'error',
  rfc: cite('RFC 9143', '7'),
  example:
    'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\nm=audio 9 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\na=rtcp-mux\r\n',
  find: ({ description, complete }, report) => {
    if (!complete) return;
    const sections = byMid(description);
    const owner = new Map<string, SdpLine>();
    for (const { line, ids } of bundles(description)) {
      for (const id of ids) {
        if (!sections.has(id))
          report(line, `the BUNDLE group names "${visible(id)}", but no section has this mid`);
        checkOwner(id, { line, owner, report });
      }
    }
  },
});

function checkOwner(id: string, o: { line: SdpLine; owner: Map<string, SdpLine>; report: Report }): void {
  const earlier = o.owner.get(id);
  if (earlier === undefined) o.owner.set(id, o.line);
  else
    o.report(o.line, `"${visible(id)}" is named twice in BUNDLE groups`, {
      with: earlier === o.line ? [] : [earlier],
    });
}

export const bundleRejected = check({
  id: 'bundle-rejected',
  severity: 'warning',
  rfc: cite('RFC 9143', '7.3'),
  example:
    'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=audio 0 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\n',
  find: ({ description }, report) => {
    const sections = byMid(description);
    for (const { line, ids } of bundles(description)) {
      for (const id of ids) {
        const media = sections.get(id);
        if (media?.rejected === true)
          report(media.mLine, `the section "${visible(id)}" has port 0, but is still in the BUNDLE group`, {
            with: [line],
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
      if (media.port !== 0) report(line, 'bundle-only is for a section with port 0', { with: [media.mLine] });
      if (media.mid === undefined || !grouped.has(media.mid))
        report(line, 'bundle-only is for a section in a BUNDLE group');
    }
  },
});

export const bundleRtcpMux = check({
  id: 'bundle-rtcp-mux',
  severity: 'error',
  rfc: cite('RFC 9143', '9.1'),
  example:
    'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=audio 9 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\n',
  find: ({ description }, report) => {
    const sections = byMid(description);
    for (const { line, ids } of bundles(description)) {
      for (const id of ids) {
        const media = sections.get(id);
        if (media === undefined || !media.rtp || media.rejected || media.attributes.has('rtcp-mux')) continue;
        report(media.mLine, 'a bundled section must have rtcp-mux; Chromium refuses this', { with: [line] });
      }
    }
  },
});

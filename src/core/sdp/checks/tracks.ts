/** Tracks that a=ssrc lines name beside a=msid: what is left of Plan B. RFC 8830, RFC 9429. */
import { visible } from '../grammar.ts';
import { cite } from '../../base/cite.ts';
import { check } from './check.ts';
import { spanOf } from './span.ts';

const SOURCE_TRACK = /^\d+ +msid:\S+ +(\S+)/;

export const mixedTracks = check({
  id: 'ssrc-other-track',
  severity: 'warning',
  rfc: cite('RFC 8830', '2'),
  example: 'm=video 9 RTP/AVP 31\r\na=msid:s t\r\na=ssrc:1 msid:s t\r\na=ssrc:2 msid:s other\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      const lines = media.attributes.get('msid') ?? [];
      const tracks = new Set(lines.flatMap((line) => line.value.trim().split(/ +/)[1] ?? []));
      if (tracks.size === 0) continue;
      const told = new Set<string>();
      for (const line of media.attributes.get('ssrc') ?? []) {
        const track = SOURCE_TRACK.exec(line.value)?.[1];
        if (track === undefined || tracks.has(track) || told.has(track)) continue;
        told.add(track);
        report(line, {
          claim: `The track ${visible(track.slice(0, 40))} is not that of a=msid`,
          reason:
            'A section has one track (Unified Plan): browsers take that of a=msid, and this one is lost. Write a section for it.',
          at: spanOf(line, track),
          with: [lines[0]!],
        });
      }
    }
  },
});

/** What the sections of a BUNDLE group share, because they share a transport: RFC 9143 sections 7.1.3 and 9.1.1. */
import { cite } from '../../base/cite.ts';
import { formatsOf } from '../formats.ts';
import type { SdpLine } from '../lines.ts';
import { sectionsOf, type Codec, type Description, type MediaSection } from '../structure.ts';
import { splitFirst } from '../values.ts';
import { check, type Report } from './check.ts';
import { spanOf, valueSpan } from './span.ts';

const bundled = (description: Description): readonly (readonly MediaSection[])[] =>
  description.groups
    .filter(({ semantics }) => semantics === 'BUNDLE')
    .map(({ ids }) => sectionsOf(description, ids).filter(({ rejected }) => !rejected));

const SECTION = (mid: string, rest: string): string => `m=video 9 RTP/AVP 96\r\na=mid:${mid}\r\n${rest}`;

export const bundlePayloads = check({
  id: 'bundle-payload-type',
  severity: 'warning',
  rfc: cite('RFC 9143', '9.1.1'),
  example: `a=group:BUNDLE a b\r\n${SECTION('a', 'a=rtpmap:96 VP8/90000\r\n')}${SECTION('b', 'a=rtpmap:96 AV1/90000\r\n')}`,
  find: ({ description }, report) => {
    for (const sections of bundled(description)) {
      if (!haveInCommon(sections)) continue;
      const owners = new Map<string, { readonly codec: Codec; readonly format: string }>();
      for (const media of sections)
        for (const [codec, format] of formatsOf(media)) {
          const owner = owners.get(codec.payload);
          if (owner === undefined) owners.set(codec.payload, { codec, format });
          else if (owner.format !== format) payloadTaken(report, { media, codec, owner: owner.codec });
        }
    }
  },
});

/** Whether a number stands in two sections: as browsers number them, those of sound and of pictures differ. */
function haveInCommon(sections: readonly MediaSection[]): boolean {
  const seen = new Set<string>();
  return sections.some(({ codecs }) => {
    const again = codecs.some(({ payload }) => seen.has(payload));
    for (const { payload } of codecs) seen.add(payload);
    return again;
  });
}

function payloadTaken(
  report: Report,
  { media, codec, owner }: { media: MediaSection; codec: Codec; owner: Codec },
): void {
  const line = codec.line ?? media.mLine;
  const same = named(codec) === named(owner);
  report(line, {
    claim: `Payload type ${codec.payload} is ${named(owner)} in another section of the group`,
    reason: same
      ? 'Here it has settings that make it another format; on one transport a number means one format.'
      : `Here it is ${named(codec)}. On one transport a number means one codec, or packets can not be told apart.`,
    at: spanOf(line, codec.payload),
    with: owner.line === undefined ? [] : [{ line: owner.line, at: spanOf(owner.line, owner.payload) }],
  });
}

const named = ({ name, clockRate }: Codec): string => `${name.slice(0, 30)}/${clockRate}`;

export const bundleRoles = check({
  id: 'bundle-role',
  severity: 'warning',
  rfc: cite('RFC 9143', '7.1.3'),
  example: `a=group:BUNDLE a b\r\n${SECTION('a', 'a=rtpmap:96 VP8/90000\r\na=setup:active\r\n')}${SECTION('b', 'a=rtpmap:96 VP8/90000\r\na=setup:passive\r\n')}`,
  find: ({ description }, report) => {
    for (const [tag, ...others] of bundled(description)) {
      const first = tag?.attributes.get('setup')?.[0];
      if (first === undefined) continue;
      for (const media of others) {
        const line = media.attributes.get('setup')?.[0];
        if (line === undefined || line.value.trim() === first.value.trim()) continue;
        report(line, {
          claim: `The role contradicts the one in line ${first.number}`,
          reason: `Bundled sections share a transport, and the first one of the group counts: ${first.value.trim().slice(0, 20)}.`,
          at: valueSpan(line),
          with: [{ line: first, at: valueSpan(first) }],
        });
      }
    }
  },
});

export const bundleSources = check({
  id: 'ssrc-two-sections',
  severity: 'warning',
  rfc: cite('RFC 5576', '4.1'),
  example: `a=group:BUNDLE a b\r\n${SECTION('a', 'a=rtpmap:96 VP8/90000\r\na=ssrc:7 cname:x\r\n')}${SECTION('b', 'a=rtpmap:96 VP8/90000\r\na=ssrc:7 cname:x\r\n')}`,
  find: ({ description }, report) => {
    for (const sections of bundled(description)) {
      const owners = new Map<string, SdpLine>();
      for (const media of sections)
        for (const line of firstOfSources(media)) {
          const [source] = splitFirst(line.value);
          const owner = owners.get(source);
          if (owner === undefined) owners.set(source, line);
          else
            report(line, {
              claim: `The source ${source.slice(0, 20)} is described in another section of the group`,
              reason:
                'Its packets can belong to one section only; Chromium can not set the answer to such an offer.',
              at: spanOf(line, source),
              with: [{ line: owner, at: spanOf(owner, source) }],
            });
        }
    }
  },
});

/** A source has a line for each of its attributes. */
const firstOfSources = (media: MediaSection): readonly SdpLine[] => {
  const bySource = new Map<string, SdpLine>();
  for (const line of media.attributes.get('ssrc') ?? []) {
    const [source] = splitFirst(line.value);
    if (!bySource.has(source)) bySource.set(source, line);
  }
  return [...bySource.values()];
};

/** What is sent in several forms or belongs together: simulcast (RFC 8853), RIDs (8851), SSRC groups (5576), extensions (8285). */
import type { SdpLine } from '../lines.ts';
import type { Description, MediaSection } from '../structure.ts';
import { parseExtmap, parseGroup, parseRid, parseSimulcast } from '../values.ts';

export interface Layer {
  readonly rid: string;
  readonly paused: boolean;
  /** `pt=96;max-width=1280`, or ''. */
  readonly restrictions: string;
  readonly lines: readonly number[];
}

/** Layers of one direction, or the SSRCs of one group. */
export interface StreamGroup {
  readonly section: MediaSection;
  /** `simulcast send`, `FID`, `SSRCs`. */
  readonly name: string;
  readonly lines: readonly number[];
  readonly members: readonly Layer[];
}

export const streamsOf = ({ media }: Description): readonly StreamGroup[] =>
  media.flatMap((section) => [...simulcastOf(section), ...sourcesOf(section)]);

const numbersOf = (lines: readonly SdpLine[]): readonly number[] => lines.map(({ number }) => number);

function simulcastOf(section: MediaSection): readonly StreamGroup[] {
  const rids = (section.attributes.get('rid') ?? []).flatMap((line) => {
    const rid = parseRid(line.value);
    return rid === undefined ? [] : [{ ...rid, line }];
  });
  return (section.attributes.get('simulcast') ?? []).flatMap((line) =>
    parseSimulcast(line.value).map(({ direction, streams }) => ({
      section,
      name: `simulcast ${direction}`,
      lines: [line.number],
      members: streams.flat().map((text) => {
        const rid = text.replace(/^~/, '');
        const named = rids.filter((one) => one.id === rid && one.direction === direction);
        return {
          rid,
          paused: text.startsWith('~'),
          restrictions: named[0]?.line.value.trim().split(/ +/).slice(2).join(' ') ?? '',
          lines: named.length === 0 ? [line.number] : numbersOf(named.map((one) => one.line)),
        };
      }),
    })),
  );
}

function sourcesOf(section: MediaSection): readonly StreamGroup[] {
  const bySource = new Map<string, SdpLine[]>();
  for (const line of section.attributes.get('ssrc') ?? []) {
    const id = line.value.trim().split(' ', 1)[0]!;
    const lines = bySource.get(id);
    if (lines === undefined) bySource.set(id, [line]);
    else lines.push(line);
  }
  const member = (id: string, otherwise: readonly number[]): Layer => {
    const lines = bySource.get(id) ?? [];
    const cname = lines.map(({ value }) => / cname:(.*)$/.exec(value)?.[1]).find(Boolean);
    return {
      rid: id,
      paused: false,
      restrictions: cname === undefined ? '' : `cname ${cname}`,
      lines: lines.length === 0 ? otherwise : numbersOf(lines),
    };
  };
  const groups = (section.attributes.get('ssrc-group') ?? []).map((line) => {
    const { semantics, ids } = parseGroup(line.value);
    const members = ids.map((id) => member(id, [line.number]));
    return { section, name: semantics, lines: [line.number], members };
  });
  const grouped = new Set(groups.flatMap(({ members }) => members.map(({ rid }) => rid)));
  const alone = [...bySource.keys()].filter((id) => !grouped.has(id)).map((id) => member(id, []));
  if (alone.length === 0) return groups;
  return [...groups, { section, name: 'alone', lines: alone.flatMap(({ lines }) => lines), members: alone }];
}

export interface Extension {
  readonly uri: string;
  /** For each section that has it, under which id; the same everywhere when they share a transport. */
  readonly uses: readonly { readonly section: number; readonly id: string; readonly line: number }[];
}

export function extensionsOf({ session, media }: Description): readonly Extension[] {
  const byUri = new Map<string, Extension['uses'][number][]>();
  for (const { index, attributes } of [session, ...media])
    for (const line of attributes.get('extmap') ?? []) {
      const extension = parseExtmap(line.value);
      if (extension === undefined) continue;
      const uses = byUri.get(extension.uri) ?? [];
      uses.push({ section: index, id: extension.id, line: line.number });
      byUri.set(extension.uri, uses);
    }
  return Array.from(byUri, ([uri, uses]) => ({ uri, uses }));
}

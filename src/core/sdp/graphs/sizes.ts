/** What of a description takes how much room: bytes as UTF-8, line ends counted, by section and by name. */
import type { SdpLine } from '../lines.ts';
import type { Description } from '../structure.ts';

export interface Share {
  /** `candidate`, `m`; of a section `audio, mid 0`. */
  readonly name: string;
  readonly bytes: number;
  /** Numbers of its lines. */
  readonly lines: readonly number[];
}

export interface SectionShare extends Share {
  /** Largest first. */
  readonly parts: readonly Share[];
}

export function sizesOf({ session, media }: Description): readonly SectionShare[] {
  const named = [
    { name: 'session', lines: session.lines },
    ...media.map(({ kind, mid, lines }) => ({
      name: mid === undefined ? kind : `${kind}, mid ${mid}`,
      lines,
    })),
  ];
  return named.filter(({ lines }) => lines.length > 0).map(sectionShare);
}

function sectionShare({ name, lines }: { name: string; lines: readonly SdpLine[] }): SectionShare {
  const byName = new Map<string, { bytes: number; lines: number[] }>();
  for (const line of lines) {
    const key = line.name === '' ? 'no line' : line.name;
    const share = byName.get(key) ?? { bytes: 0, lines: [] };
    share.bytes += bytesOf(line.raw) + line.eol.length;
    share.lines.push(line.number);
    byName.set(key, share);
  }
  const parts = Array.from(byName, ([part, share]) => ({ name: part, ...share })).sort(
    (a, b) => b.bytes - a.bytes,
  );
  return {
    name,
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    lines: lines.map(({ number }) => number),
    parts,
  };
}

function bytesOf(text: string): number {
  let bytes = text.length;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code > 0x7f) bytes += code > 0xffff ? 2 : code > 0x7ff ? 2 : 1;
  }
  return bytes;
}

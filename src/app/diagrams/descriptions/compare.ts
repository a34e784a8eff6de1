/**
 * What changed in a description since the one before it of the same peer, line by line. The m-sections of both stand in
 * the same order (RFC 9429, section 5.2.2), so each is compared with the one in its place.
 */
import { group } from 'd3';
import { type SdpLine, readLines } from '../../../core/sdp/lines.ts';

export type Change = 'same' | 'new' | 'changed' | 'gone';

export interface Line {
  /** Of this description; null for a line that is gone. */
  readonly number: number | null;
  readonly section: number;
  readonly text: string;
  /** Characters that name the line, `a=mid`; the rest is its value. */
  readonly nameLength: number;
  readonly change: Change;
}

/** All lines in order; those that are gone stand where they were. Without `before` nothing counts as changed. */
export function compare(now: string, before: string | null): readonly Line[] {
  const lines = readLines(now);
  if (before === null) return lines.map((line) => keep(line, 'same'));
  const old = group(readLines(before), ({ section }) => section);
  const sections = group(lines, ({ section }) => section);
  const count = Math.max(-1, ...sections.keys(), ...old.keys());
  return [...Array(count + 2).keys()].flatMap((at) =>
    compareSection(sections.get(at - 1) ?? [], old.get(at - 1) ?? []),
  );
}

const keep = ({ number, section, raw, type, name }: SdpLine, change: Change): Line => ({
  number: change === 'gone' ? null : number,
  section,
  text: raw,
  nameLength: type === '' ? 0 : type === name ? type.length : name.length + 2,
  change,
});

function compareSection(now: readonly SdpLine[], old: readonly SdpLine[]): Line[] {
  const partner = partners(now, old);
  const matched = new Set(partner.values());
  const gone = old.flatMap((line, at) =>
    matched.has(at) ? [] : [{ line, after: placeBefore(partner, at) }],
  );
  const lines = now.flatMap((line, at) => {
    const of = partner.get(at);
    const change = of === undefined ? 'new' : old[of]!.raw === line.raw ? 'same' : 'changed';
    const left = gone.filter(({ after }) => after === at).map((one) => keep(one.line, 'gone'));
    return [keep(line, change), ...left];
  });
  return [...gone.filter(({ after }) => after < 0).map((one) => keep(one.line, 'gone')), ...lines];
}

/** Place of the line now after which the old line `at` stood; -1 for the section's start. */
function placeBefore(partner: ReadonlyMap<number, number>, at: number): number {
  let place = -1;
  let nearest = -1;
  for (const [now, of] of partner) if (of < at && of > nearest) [nearest, place] = [of, now];
  return place;
}

/** For lines now, which old one they are: the same text, else the same thing with another value. */
function partners(now: readonly SdpLine[], old: readonly SdpLine[]): ReadonlyMap<number, number> {
  const partner = new Map<number, number>();
  const free = new Set(old.keys());
  for (const key of [(line: SdpLine) => line.raw, thing, name]) {
    const waiting = group(free, (at) => key(old[at]!));
    now.forEach((line, at) => {
      const mine = partner.has(at) ? '' : key(line);
      const other = mine === '' ? undefined : waiting.get(mine)?.shift();
      if (other === undefined) return;
      partner.set(at, other);
      free.delete(other);
    });
  }
  return partner;
}

/** Lines of which there are many, told apart by their first word: `rtpmap:111`. A candidate is never another one. */
function thing({ name, value }: SdpLine): string {
  return name === 'candidate' ? '' : `${name} ${value.split(/[ :/]/, 1)[0]}`;
}

/** Lines of which a section has one. */
const SINGLE: ReadonlySet<string> = new Set([
  ...[
    'o',
    's',
    'c',
    't',
    'm',
    'b',
    'mid',
    'group',
    'setup',
    'ice-ufrag',
    'ice-pwd',
    'ice-options',
    'fingerprint',
  ],
  ...['msid-semantic', 'msid', 'sctp-port', 'max-message-size', 'rtcp'],
]);
const name = (line: SdpLine): string => (SINGLE.has(line.name) ? line.name : directionOf(line));

const directionOf = ({ name: found }: SdpLine): string =>
  /^(?:sendrecv|sendonly|recvonly|inactive)$/.test(found) ? 'direction' : '';

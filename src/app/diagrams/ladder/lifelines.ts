import { serverKind } from '../../../core/ice/server-url.ts';
import type { View } from '../../../core/projections/view.ts';
import { bandOf } from './channel.ts';
import { isRecorded } from '../../../core/projections/path.ts';
import { peersOf } from '../parts/peer-labels.ts';
import { textWidth } from '../parts/labels.ts';
import { ms } from '../../format/words.ts';
import type { ServerName } from './row.ts';

/** Who stands at the ends: the first two connections of the session. */
export interface Ends {
  /** Letter by peer. */
  readonly labels: ReadonlyMap<string, string>;
  readonly opposite: (peer: string) => string;
  /** Who of the two was recorded. */
  readonly seen: readonly [boolean, boolean];
  /** One of them was not: a dump of one side, or the other did not agree to it. */
  readonly isOneSided: boolean;
  /** Connections that the ladder has no room for. */
  readonly others: ReadonlySet<string>;
}

/** Stands for the side that nobody recorded. */
const UNSEEN = '\u0000';

export function endsOf(view: View): Ends {
  const [first, second, ...others] = peersOf(view.whole);
  const members = [first, second].filter((member) => member !== undefined);
  const other = second?.id ?? UNSEEN;
  const isSeen = (id: string | undefined): boolean => id !== undefined && isRecorded(view.whole, id);
  const seen = [isSeen(first?.id), isSeen(second?.id)] as const;
  return {
    labels: new Map(members.map(({ id, label }) => [id, label])),
    opposite: (peer) => (peer === first?.id ? other : (first?.id ?? UNSEEN)),
    seen,
    isOneSided: seen.includes(false),
    others: new Set(others.map(({ id }) => id)),
  };
}

/** How a peer is called in a sentence. */
export const labelIn =
  ({ labels }: Ends) =>
  (peer: string): string =>
    labels.get(peer) ?? 'the other side';

/** Servers that the session was given or heard of. */
export function serversOf({ whole }: View): readonly ServerName[] {
  const urls = whole.peers
    .flatMap(({ configuration }) => configuration?.iceServers ?? [])
    .flatMap(({ urls }) => urls);
  const types = Object.values(whole.candidates).flatMap(({ local }) => local.map(({ type }) => type));
  const errors = Object.values(whole.candidates).flatMap(({ gathering }) =>
    gathering.errors.map(({ url }) => url),
  );
  const all = [...urls, ...errors];
  const servers: ServerName[] = [];
  if (all.some((url) => serverKind(url) === 'STUN') || types.includes('srflx')) servers.push('STUN');
  if (all.some((url) => serverKind(url) === 'TURN') || types.includes('relay')) servers.push('TURN');
  return servers;
}

export interface Lifeline {
  readonly name: string;
  readonly kind: 'peer' | 'unseen' | 'server';
  readonly x: number;
}

/** Where everything stands across the picture, in pixels. */
export interface Columns {
  readonly lifelines: readonly Lifeline[];
  readonly servers: ReadonlyMap<ServerName, number>;
  readonly a: number;
  readonly b: number;
  /** There is room beyond B for what B does; else it stands on the side of A. */
  readonly isOpen: boolean;
  /** The channel where levers touched a letter, else null. */
  readonly band: { readonly left: number; readonly right: number } | null;
  /** Right edge of the times. */
  readonly time: number;
  /** Rows reach from here to here. */
  readonly left: number;
  readonly right: number;
  /** x of a peer; the far end for whoever is not known. */
  readonly x: (peer: string) => number;
}

const WIDEST = { usual: 860, banded: 1000 };
/** Beyond B, for `setRemoteDescription(offer)`, in a picture at least so wide. */
const BEYOND = { room: 214, from: 900 };
const TIME = { size: 11, mono: true } as const;
/** Where servers stand between A and B: alone in the middle. */
const SHARES: readonly (readonly number[])[] = [[], [0.5], [0.36, 0.67]];
/** With the channel in the middle they stand beside it, clear of A and B. */
function besides(width: number): readonly (readonly number[])[] {
  const share = Math.min(0.26, Math.max(0.15, 64 / width));
  return [[], [1 - share], [share, 1 - share]];
}
const BAND = { share: 0.276, widest: 186, narrowest: 64 };

export function columnsOf(view: View, ends: Ends, width: number): Columns {
  const isBanded = bandOf(view) !== null;
  const used = Math.min(isBanded ? WIDEST.banded : WIDEST.usual, width);
  const isOpen = isBanded && used >= BEYOND.from;
  const start = (width - used) / 2;
  const longest = ms(view.events.at(-1)?.at ?? 0);
  const time = start + 8 + Math.max(33, textWidth({ ...TIME, text: longest }));
  const left = time + 8;
  const right = start + used - 8;
  const a = left + Math.max(22, Math.min(56, used * 0.1));
  const b = right - (isOpen ? BEYOND.room : Math.max(22, Math.min(52, used * 0.1)));
  const names = serversOf(view);
  const band = isBanded ? bandWithin(a, b) : null;
  const shares = band ? besides(b - a)[names.length]! : SHARES[names.length]!;
  const servers = new Map(names.map((name, index) => [name, a + (b - a) * shares[index]!]));
  const [first, second] = [...ends.labels.values()];
  const isFirst = (peer: string): boolean => peer === [...ends.labels.keys()][0];
  return {
    lifelines: [
      { name: first ?? 'A', kind: ends.seen[0] ? 'peer' : 'unseen', x: a },
      ...[...servers].map(([name, x]): Lifeline => ({ name, kind: 'server', x })),
      { name: second ?? 'B', kind: ends.seen[1] ? 'peer' : 'unseen', x: b },
    ],
    servers,
    isOpen,
    band,
    a,
    b,
    time,
    left,
    right,
    x: (peer) => (isFirst(peer) ? a : b),
  };
}

function bandWithin(a: number, b: number): Columns['band'] {
  const width = Math.max(BAND.narrowest, Math.min(BAND.widest, (b - a) * BAND.share));
  return { left: (a + b - width) / 2, right: (a + b + width) / 2 };
}

/** Two runs on one clock: what they share, what only one of them has, and where they part. */
import type { SessionEvent } from '../../core/session/event.ts';
import { TURN } from '../../core/sim/world.ts';

export interface DifferenceRow {
  readonly at: number;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Differences {
  /** When the first thing happened that the other run has not; null where there is none. */
  readonly firstAt: number | null;
  /** Events before that, the same in both. */
  readonly shared: number;
  readonly rows: readonly DifferenceRow[];
}

/** Without what is drawn by chance and shows nowhere: ids of transactions, and so the bytes. */
function signature({ type, peer, at, value }: SessionEvent): string {
  if (type === ':packet') {
    const { local, remote, direction, seenAt } = value;
    return `${at} ${peer} ${seenAt} ${direction} ${local} ${remote}`;
  }
  if (type === 'create') return `${at} ${peer} create`;
  return type === 'getStats' ? `${at} ${peer}` : `${at} ${peer} ${type} ${JSON.stringify(value)}`;
}

export function differencesBetween(
  before: readonly SessionEvent[],
  after: readonly SessionEvent[],
): Differences {
  let shared = 0;
  while (
    shared < before.length &&
    shared < after.length &&
    signature(before[shared]!) === signature(after[shared]!)
  )
    shared++;
  const times = [before[shared]?.at, after[shared]?.at].filter((at) => at !== undefined);
  const firstAt = times.length > 0 ? Math.min(...times) : null;
  const rows = rowsOf(storyOf(before), storyOf(after));
  const parted = rows.findIndex((row) => row.before !== row.after);
  return { firstAt, shared, rows: parted < 0 ? [] : rows.slice(parted) };
}

interface Told {
  readonly at: number;
  readonly text: string;
}

/** What a reader would tell of a run, each kind of thing once an end. */
function storyOf(events: readonly SessionEvent[]): readonly Told[] {
  const seen = new Set<string>();
  return events.flatMap((event): Told[] => {
    const text = tell(event);
    if (text === null || seen.has(text)) return [];
    seen.add(text);
    return [{ at: event.at, text }];
  });
}

function tell(event: SessionEvent): string | null {
  const { peer } = event;
  switch (event.type) {
    case ':packet': {
      const { seenAt, direction, local, remote } = event.value;
      const server = seenAt === 'server' ? local : remote;
      const asks = (seenAt === 'host') === (direction === 'sent') && /:(?:3478|443)$/.test(server);
      return asks ? `${peer} asks ${server.startsWith(TURN) ? 'TURN' : 'STUN'}` : null;
    }
    case 'onicecandidate': {
      const [, type] = / typ (\w+)/.exec(event.value?.candidate ?? '') ?? [];
      return type === undefined ? null : `${peer} has a ${type} candidate`;
    }
    case 'onicecandidateerror':
      return `${peer}: ${event.value.url.split(':')[0]} gives ${event.value.errorCode}`;
    case ':packet.dropped':
      return event.value.reason === 'private address'
        ? null
        : `${event.value.where} drops what ${peer} sends`;
    case 'oniceconnectionstatechange':
      return `${peer}: ICE ${event.value}`;
    case 'onconnectionstatechange':
      return event.value === 'connected' ? `${peer}: connected, encrypted` : null;
    case ':datachannel.state':
      return event.value.state === 'open' ? `${peer}: the data channel is open` : null;
    default:
      return null;
  }
}

/** Alike where both tell the same at the same time, to the ms. */
function rowsOf(before: readonly Told[], after: readonly Told[]): readonly DifferenceRow[] {
  const key = ({ at, text }: Told): string => `${Math.round(at)} ${text}`;
  const [ofBefore, ofAfter] = [new Set(before.map(key)), new Set(after.map(key))];
  const both = [
    ...before.map((one) => ({
      at: one.at,
      before: one.text,
      after: ofAfter.has(key(one)) ? one.text : null,
    })),
    ...after
      .filter((one) => !ofBefore.has(key(one)))
      .map((one) => ({ at: one.at, before: null, after: one.text })),
  ];
  return both.sort((a, b) => a.at - b.at);
}

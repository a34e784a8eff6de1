import { noneNamed, put } from '../base/in-place.ts';
import { Vector } from '../base/vector.ts';
import type { EventOf, StatsReport, StatsReports } from '../session/event.ts';
import { textOf } from './candidates.ts';
import type { ByPeer, Projection } from './projection.ts';

/** Counters at one reading. */
export interface Carried {
  readonly at: number;
  readonly sent: number;
  readonly received: number;
}

/** An ICE transport with its DTLS (webrtc-stats, section 8.17), as one peer's getStats tells it; null is what it did not tell. */
export interface TransportFacts {
  /** The peer and the id of the report. */
  readonly id: string;
  /** Id of the reading that told of it last. */
  readonly event: string;
  readonly dtlsState: string | null;
  readonly dtlsRole: string | null;
  /** `FEFD`: the version as it stands in records. */
  readonly tlsVersion: string | null;
  readonly dtlsCipher: string | null;
  readonly srtpCipher: string | null;
  /** `Pair.id`. */
  readonly pairId: string | null;
  readonly ownFingerprint: string | null;
  readonly otherFingerprint: string | null;
  /** Of the streams that say which transport they go over. */
  readonly mids: readonly string[];
  /** Where a counter moved. */
  readonly bytes: Vector<Carried>;
  /** The first reading that told of others and no more of this one. */
  readonly goneAt: number | null;
}

/** What each peer's transports are and carry, from the reports that getStats gave. */
export const transports: Projection<ByPeer<readonly TransportFacts[]>> = {
  id: 'transports',
  initial: noneNamed(),
  reduce(facts, event) {
    return event.type === 'getStats' ? read(facts, event) : facts;
  },
};

function read(
  facts: ByPeer<readonly TransportFacts[]>,
  event: EventOf<'getStats'>,
): ByPeer<readonly TransportFacts[]> {
  const told = Object.entries(event.value).filter(([, { type }]) => type === 'transport');
  if (told.length === 0) return facts;
  const before = new Map((facts[event.peer] ?? []).map((one) => [one.id, one]));
  const mids = midsOf(event.value);
  const now = new Map(
    told.map(([statsId, report]) => {
      const id = `${event.peer}/${statsId}`;
      return [id, update(before.get(id), id, report, event, mids.get(statsId) ?? [])];
    }),
  );
  const earlier = [...before.values()].map(
    (one) => now.get(one.id) ?? (one.goneAt === null ? { ...one, goneAt: event.at } : one),
  );
  const born = [...now.values()].filter(({ id }) => !before.has(id));
  const gone = new Set(earlier.filter(({ goneAt }) => goneAt !== null).slice(-GONE_KEPT));
  const kept = earlier.filter((one) => one.goneAt === null || gone.has(one));
  return put(facts, event.peer, [...kept, ...born]);
}

/** Of those that are told no more: so each reading takes as long as it is itself. */
const GONE_KEPT = 32;

function update(
  before: TransportFacts | undefined,
  id: string,
  report: StatsReport,
  { at, id: event, peer, value }: EventOf<'getStats'>,
  mids: readonly string[],
): TransportFacts {
  const text = (name: string, known: string | null | undefined): string | null =>
    textOf(report[name]) ?? known ?? null;
  const pair = textOf(report['selectedCandidatePairId']);
  const fingerprintOf = (name: string): string | null =>
    textOf(value[textOf(report[name]) ?? '']?.['fingerprint']);
  return {
    id,
    event,
    dtlsState: text('dtlsState', before?.dtlsState),
    dtlsRole: roleOf(textOf(report['dtlsRole'])) ?? before?.dtlsRole ?? null,
    tlsVersion: text('tlsVersion', before?.tlsVersion),
    dtlsCipher: text('dtlsCipher', before?.dtlsCipher),
    srtpCipher: text('srtpCipher', before?.srtpCipher),
    pairId: pair ? `${peer}/${pair}` : (before?.pairId ?? null),
    ownFingerprint: fingerprintOf('localCertificateId') ?? before?.ownFingerprint ?? null,
    otherFingerprint: fingerprintOf('remoteCertificateId') ?? before?.otherFingerprint ?? null,
    mids: mids.length > 0 ? mids : (before?.mids ?? []),
    bytes: counted(before?.bytes ?? Vector.empty(), report, at),
    goneAt: null,
  };
}

const roleOf = (role: string | null): string | null => (role === 'unknown' ? null : role);

function counted(bytes: Vector<Carried>, report: StatsReport, at: number): Vector<Carried> {
  const [sent, received] = [report['bytesSent'], report['bytesReceived']];
  if (typeof sent !== 'number' || typeof received !== 'number') return bytes;
  const { last } = bytes;
  return last?.sent === sent && last.received === received ? bytes : bytes.append({ at, sent, received });
}

function midsOf(reports: StatsReports): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const report of Object.values(reports)) {
    const [transport, mid] = [textOf(report['transportId']), textOf(report['mid'])];
    if (transport === null || mid === null) continue;
    const mids = found.get(transport) ?? new Set();
    found.set(transport, mids.add(mid));
  }
  return new Map([...found].map(([id, mids]) => [id, [...mids].sort()]));
}

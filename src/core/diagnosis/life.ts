/** How a connection fared, from its states where they were recorded, and from its statistics where not. */
import type { StatsReport } from '../session/event.ts';
import type { MachineFacts, PeerStates, StateStep } from '../projections/states.ts';
import type { Checks } from './checks.ts';
import type { Readings } from './readings.ts';

export interface Life {
  /** At the end of the recording; of a closed one, before it closed. */
  readonly isConnected: boolean;
  readonly connected: StateStep | null;
  /** When a connection that had stood was said to be disconnected or failed, and did not come back. */
  readonly lost: StateStep | null;
  readonly failed: StateStep | null;
  readonly closed: StateStep | null;
  /** A pair of candidates worked, whatever became of DTLS. */
  readonly iceWorked: boolean;
  readonly dtls: string;
}

const WORKS = new Set(['connected', 'completed']);
const GONE = new Set(['disconnected', 'failed']);

export function lifeOf(states: PeerStates | undefined, readings: Readings, checks: Checks): Life {
  const told = states?.connection.history.some(({ event }) => event !== null)
    ? states.connection
    : states?.ice.history.some(({ event }) => event !== null)
      ? states.ice
      : null;
  const dtls = dtlsOf(states, readings);
  const iceWorked =
    checks.answered.length > 0 || (states?.ice.history.some(({ state }) => WORKS.has(state)) ?? false);
  const closed = states?.connection.history.find(({ state }) => state === 'closed') ?? null;
  const isTold = told?.history.some(({ event, state }) => event !== null && state !== 'closed') ?? false;
  if (!told || !isTold) return { ...fromStatistics(dtls, readings, iceWorked), closed, iceWorked, dtls };
  return { ...fromStates(told), closed, iceWorked, dtls };
}

function fromStates({ history }: MachineFacts): Pick<Life, 'isConnected' | 'connected' | 'lost' | 'failed'> {
  const before = history.filter(({ state }) => state !== 'closed');
  const last = before.at(-1)!;
  const connected = before.find(({ state }) => WORKS.has(state)) ?? null;
  const lastUp = before.findLastIndex(({ state }) => WORKS.has(state));
  const after = lastUp < 0 ? [] : before.slice(lastUp + 1);
  return {
    isConnected: WORKS.has(last.state),
    connected,
    lost: after.find(({ state }) => GONE.has(state)) ?? null,
    failed: before.findLast(({ state }) => state === 'failed') ?? null,
  };
}

/** A report of one moment tells no states: DTLS that is up over a pair that works is a connection (W3C WebRTC, 4.3.3). */
function fromStatistics(
  dtls: string,
  { all, last }: Readings,
  iceWorked: boolean,
): Pick<Life, 'isConnected' | 'connected' | 'lost' | 'failed'> {
  // Older reports tell nothing of DTLS.
  const stands = iceWorked && (dtls === 'connected' || dtls === 'unknown');
  const up = all.find(({ value }) => Object.values(value).some(isUp)) ?? null;
  const stood = iceWorked && up !== null;
  const step = (
    state: string,
    { at, id }: { at: number; id: string | null } = last ?? NOWHERE,
  ): StateStep => ({
    state,
    at,
    event: id,
  });
  return {
    isConnected: stands,
    connected: stands || stood ? step('connected', up ?? undefined) : null,
    lost: stood && !stands ? step('failed') : null,
    failed: dtls === 'failed' ? step('failed') : null,
  };
}

const NOWHERE = { at: 0, id: null };

const isUp = (report: StatsReport): boolean =>
  (report.type === 'transport' &&
    (typeof report['dtlsCipher'] === 'string' || report['dtlsState'] === 'connected')) ||
  (report.type === 'peer-connection' && Number(report['dataChannelsOpened']) > 0);

function dtlsOf(states: PeerStates | undefined, { dtls }: Readings): string {
  const recorded = states?.dtls.history.findLast(({ event, state }) => event !== null && state !== 'closed');
  return recorded?.state ?? dtls.at(-1)?.state ?? (failedOverIce(states) ? 'failed' : 'unknown');
}

/** A connection fails with ICE or with DTLS (W3C WebRTC, section 4.3.3); where ICE goes on standing it was DTLS. */
function failedOverIce(states: PeerStates | undefined): boolean {
  const last = ({ history }: MachineFacts): string | undefined =>
    history.findLast(({ state, event }) => event !== null && state !== 'closed')?.state;
  return states !== undefined && last(states.connection) === 'failed' && WORKS.has(last(states.ice) ?? '');
}

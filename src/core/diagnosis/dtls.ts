/** What DTLS causes have in common: ICE works, and the handshake does not end (RFC 8842; RFC 9147). */
import type { Case } from './case.ts';
import { inForce, valuesOf } from './look.ts';
import { numberIn } from './readings.ts';

export interface Handshake {
  readonly state: string;
  /** Id of the event that told it. */
  readonly event: string | null;
  /** Milliseconds since ICE stood. */
  readonly lasted: number;
  /** Over the selected pair; null where it was not told. */
  readonly bytesSent: number | null;
  readonly bytesReceived: number | null;
}

/** Null unless ICE worked and DTLS never came up. Firefox calls DTLS failed when ICE did: that is none. */
export function stuckHandshake(call: Case): Handshake | null {
  const { life, states, readings } = call;
  if (!life.iceWorked || life.isConnected || !(life.connected === null || isRefusedAtOnce(life))) return null;
  const since =
    states?.ice.history.find(({ state }) => state === 'connected' || state === 'completed')?.at ?? null;
  const failed = life.dtls === 'failed' || (life.failed !== null && since !== null);
  const lasted = call.endsAt - (since ?? call.endsAt);
  if (!failed && lasted < 3000) return null;
  if (call.checks.answered.length === 0 && since === null) return null;
  const told = readings.dtls.at(-1);
  const transport = readings.newest('transport')[0];
  return {
    state: life.dtls,
    event: (failed ? life.failed?.event : null) ?? told?.event ?? null,
    lasted,
    bytesSent: numberIn(transport, 'bytesSent'),
    bytesReceived: numberIn(transport, 'bytesReceived'),
  };
}

/**
 * The side that ends the handshake stands for a moment, until the other's alert comes. A path that breaks is disconnected
 * first.
 */
const isRefusedAtOnce = ({ connected, lost, dtls }: Case['life']): boolean =>
  lost?.state === 'failed' && dtls === 'failed' && lost.at - connected!.at < 2000;

export interface Setups {
  readonly offer: string | undefined;
  readonly answer: string | undefined;
  readonly answerEvent: string;
}

/** The setup attribute of the exchange in force (RFC 8842, section 5.2). */
export function setups(call: Case): Setups | null {
  const [own, other] = [inForce(call.ownDescriptions), inForce(call.otherDescriptions)];
  if (!own || !other) return null;
  const [offer, answer] = own.type === 'offer' ? [own, other] : [other, own];
  return {
    offer: valuesOf(offer.sdp, 'setup')[0],
    answer: valuesOf(answer.sdp, 'setup')[0],
    answerEvent: answer.event,
  };
}

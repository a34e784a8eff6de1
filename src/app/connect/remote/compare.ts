/** The same negotiation over each way into a room: two ends in this page, one way after the other. */
import type { NewEvent } from '../../../core/session/event.ts';
import { RemoteSession } from '../../../live/remote/remote-session.ts';
import { newSecret } from '../../../live/signalling/secret.ts';
import { type Carrier, OPEN } from './carriers.ts';

export interface Comparison {
  readonly carrier: Carrier;
  /** Letters of offer, answer and candidates, and their UTF-8 bytes. */
  readonly messages: number;
  readonly bytes: number;
  /** How often the word went over to the other end and back before both were connected. */
  readonly roundTrips: number;
  /** Median milliseconds that a letter was on its way. */
  readonly flight: number;
  /** Milliseconds from the agreement of the two to both data channels open. */
  readonly took: number;
}

/** One `:signal.*` event, and when it happened by the page's clock. */
export interface Told {
  readonly event: NewEvent;
  readonly time: number;
}

const PATIENCE = 20_000;

/** `tell` hears of each letter as it is sent and as it arrives. */
export async function compare(
  carrier: Carrier,
  tell: (event: NewEvent) => void = () => {},
): Promise<Comparison> {
  const open = await OPEN[carrier]();
  const room = newSecret();
  const told: Told[] = [];
  const emit = (event: NewEvent): void => {
    if (!event.type.startsWith(':signal.')) return;
    told.push({ event, time: performance.now() });
    tell(event);
  };
  const join = (): RemoteSession =>
    new RemoteSession({ room: open(room), kind: 'devices', configuration: {}, emit, share: false });
  const ends = [join(), join()];
  try {
    const times = await within(Promise.all(ends.map(connected)));
    return { carrier, took: Math.max(...times), ...sum(told) };
  } finally {
    ends.forEach((end) => end.leave());
  }
}

const connected = (end: RemoteSession): Promise<number> =>
  new Promise((resolve, reject) =>
    end.watch(({ took, room }) => {
      if (took !== null) resolve(took);
      if (room.link === 'lost' || room.link === 'refused') reject(new Error(room.detail));
    }),
  );

function within<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('No connection in 20 seconds.')), PATIENCE);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** What the letters of one negotiation come to. */
export function sum(told: readonly Told[]): Omit<Comparison, 'carrier' | 'took'> {
  const sent = told.filter(({ event }) => event.type === ':signal.sent');
  const bytes = sent.reduce(
    (all, { event }) => all + (event.type === ':signal.sent' ? event.value.bytes : 0),
    0,
  );
  const flights = sent.flatMap(({ event, time }) => {
    const came = told.find(
      ({ event: other }) => other.type === ':signal.received' && other.correlation === event.correlation,
    );
    return came ? [came.time - time] : [];
  });
  return { messages: sent.length, bytes, roundTrips: roundTrips(sent), flight: median(flights) };
}

/** Offer and answer are one; what is trickled beside them waits for nothing. */
const roundTrips = (sent: readonly Told[]): number =>
  sent.filter(({ event }) => event.type === ':signal.sent' && event.value.kind === 'answer').length;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

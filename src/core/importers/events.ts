/** How every imported session begins. */
import type { NewEvent, PeerId } from '../session/event.ts';
import { eventOfRow, safeName } from '../session/row.ts';

/** `startedAt` in ms since 1970. */
export const sessionStart = (startedAt: number, userAgent?: string): NewEvent => ({
  type: ':session',
  peer: '',
  at: 0,
  value: { kind: 'imported', startedAt, ...(userAgent === undefined ? {} : { userAgent }) },
});

export interface ConnectionStart {
  /** As the dump calls it. */
  readonly id: string;
  readonly at: number;
  readonly configuration: unknown;
  readonly url?: string | undefined;
  readonly browser?: string | undefined;
}

export const connectionStart = ({
  id,
  at,
  configuration,
  url,
  browser,
}: ConnectionStart): readonly NewEvent[] => [
  whose({ id, at, url, browser }),
  eventOfRow({ method: 'create', peer: id, at, value: configuration, extra: url === undefined ? [] : [url] }),
];

/** Who a connection belongs to, as far as a dump says. */
export const whose = ({ id, at, url, browser }: Omit<ConnectionStart, 'configuration'>): NewEvent => ({
  type: ':peer',
  peer: safeName(id),
  at,
  value: {
    place: url === undefined ? shortName(id) : `${shortName(id)}, ${withoutScheme(url)}`,
    ...(browser === undefined ? {} : { browser }),
  },
});

/** `https://example.org/call?id=1#x` is `example.org/call`: what follows may be anybody's secret. */
const withoutScheme = (url: string): string =>
  url
    .replace(/^\w+:\/\//, '')
    .split(/[?#]/, 1)[0]!
    .slice(0, 80);

/** Firefox calls a connection `{acb67d0c-d371-4723-87f9-5424e0dbd772} 1628844045153000`: its beginning tells it from others. */
export const shortName = (id: string): string => (id.length > 24 ? `${id.slice(0, 9)}…` : id);

/**
 * Chromium writes `addIceCandidate` when it is done, and only of one that failed also how it ended: so all others were
 * taken. Where a dump tells of any success by itself, as rtcstats-js does, nothing is added.
 */
export function withOutcomes(events: readonly NewEvent[]): readonly NewEvent[] {
  if (events.some(({ type }) => type === 'addIceCandidateOnSuccess')) return events;
  const next = new Map<PeerId, NewEvent>();
  const isFollowed = new Set<NewEvent>();
  for (const event of events.toReversed()) {
    if (next.get(event.peer)?.type === 'addIceCandidateOnFailure') isFollowed.add(event);
    next.set(event.peer, event);
  }
  return events.flatMap((event): readonly NewEvent[] => {
    if (event.type !== 'addIceCandidate' || isFollowed.has(event)) return [event];
    const { peer, at } = event;
    return [event, { type: 'addIceCandidateOnSuccess', peer, at, value: null }];
  });
}

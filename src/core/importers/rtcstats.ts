/** RTCStats dumps, version 3: Chromium's own, those of rtcstats-js and its server, and what Icescope saves. */
import { type Result, fail, ok } from '../base/result.ts';
import { readSession } from '../session/codec.ts';
import type { NewEvent } from '../session/event.ts';
import { browserOf } from './browser.ts';
import { whose, withOutcomes } from './events.ts';
import { type Importer, type JsonObject, type Read, isObject } from './importer.ts';

export const rtcstats: Importer = {
  id: 'rtcstats',
  title: 'RTCStats dump',
  never: [],
  detect: ({ text }) => /^RTCStatsDump\r?\n/.test(text),
  read({ text }, options): Result<Read> {
    const session = readSession(text);
    if (!session.ok) return fail(session.error);
    options.progress(0.5);
    const { meta, events, notices, isRestored } = session.value;
    const lost = [...notices];
    if (isRestored)
      lost.push(
        'Parts of descriptions were left out because an earlier one had them; candidates in them may be of a later time.',
      );
    return ok({ events: withPeers(events, meta), lost, notices: [] });
  },
};

/** Other programs' dumps do not say whose a connection is, but in what browser all of them ran. */
function withPeers(events: readonly NewEvent[], meta: JsonObject): readonly NewEvent[] {
  if (events.some(({ type }) => type === ':peer')) return events;
  const client = events.find((event) => event.type === ':unknown' && event.value.method === 'create');
  const told = client?.type === ':unknown' && isObject(client.value.value) ? client.value.value : {};
  const userAgent = told['userAgent'] ?? meta['userAgent'];
  const browser = browserOf(userAgent, told['userAgentData']);
  const pageUrl = typeof meta['url'] === 'string' ? meta['url'] : undefined;
  const seen = new Set<string>();
  // Only Chromium's own dump tells of the browser in a row.
  const rows = client === undefined ? events : withOutcomes(events);
  return rows.flatMap((event): readonly NewEvent[] => {
    if (event.type === ':session' && typeof userAgent === 'string')
      return [{ ...event, value: { ...event.value, userAgent } }];
    if (event.peer === '' || event.type === ':unknown' || seen.has(event.peer)) return [event];
    seen.add(event.peer);
    const url = (event.type === 'create' ? event.value.pageUrl : undefined) ?? pageUrl;
    return [whose({ id: event.peer, at: event.at, url, browser }), event];
  });
}

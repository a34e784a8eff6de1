/** What getStats told over time, as far as causes ask for it. */
import type { EventOf, SessionEvent, StatsReport, StatsReports } from '../session/event.ts';
import type { StateStep } from '../projections/states.ts';

export type Reading = EventOf<'getStats'> & SessionEvent;

export interface Readings {
  readonly all: readonly Reading[];
  readonly last: Reading | null;
  /** States of the transport's DTLS as the readings told them; only changes. */
  readonly dtls: readonly StateStep[];
  /** The last of each type, by type. */
  readonly newest: (type: string) => readonly StatsReport[];
}

export function readingsOf(events: readonly SessionEvent[]): Readings {
  const all = events.filter((event): event is Reading => event.type === 'getStats');
  const dtls: StateStep[] = [];
  for (const { value, at, id } of all) {
    const state = worstDtls(value);
    if (state !== null && state !== dtls.at(-1)?.state) dtls.push({ state, at, event: id });
  }
  let byType: ReadonlyMap<string, readonly StatsReport[]> | null = null;
  return {
    all,
    last: all.at(-1) ?? null,
    dtls,
    newest: (type) => (byType ??= newestOf(all)).get(type) ?? [],
  };
}

/** Each type in the last reading that has it. */
function newestOf(all: readonly Reading[]): ReadonlyMap<string, readonly StatsReport[]> {
  const found = new Map<string, StatsReport[]>();
  for (let index = all.length - 1; index >= 0; index--) {
    const { value } = all[index]!;
    const here = new Map<string, StatsReport[]>();
    for (const id in value) {
      const report = value[id]!;
      if (found.has(report.type)) continue;
      const list = here.get(report.type);
      if (list) list.push(report);
      else here.set(report.type, [report]);
    }
    for (const [type, list] of here) found.set(type, list);
  }
  return found;
}

/** Of several transports the one that tells most: BUNDLE closes those it makes needless, and `new` may be one that is not used. */
const ORDER = ['failed', 'connecting', 'connected', 'closed', 'new'];

function worstDtls(reports: StatsReports): string | null {
  let worst = Infinity;
  for (const id in reports) {
    const report = reports[id]!;
    if (report.type !== 'transport') continue;
    const place = ORDER.indexOf(String(report['dtlsState']));
    if (place >= 0 && place < worst) worst = place;
  }
  return ORDER[worst] ?? null;
}

export const numberIn = (report: StatsReport | undefined, member: string): number | null => {
  const value = report?.[member];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

/** What came of the checks of the pair in use over time: those that chance lost, and times in which nobody answered at all. */
import type { Case } from './case.ts';
import { numberIn } from './readings.ts';

export interface Outage {
  /** The last moment at which an answer had come. */
  readonly from: number;
  readonly until: number;
  readonly requests: number;
  /** Id of the last reading of it. */
  readonly event: string;
  readonly isAtEnd: boolean;
}

/** Between two readings, those of outages left out. */
export interface ChecksOverTime {
  readonly requests: number;
  readonly responses: number;
  /** The most requests that were lost between two answers: by chance it is a small part of all that were. */
  readonly mostInARow: number;
  readonly outages: readonly Outage[];
}

/** Chromium asks every 2.5 s while a pair is stable, and 2 times a second once an answer is missing: chance loses no five in a row. */
const FEW = 5;
const SHORT = 4000;

interface Count {
  readonly at: number;
  readonly event: string;
  readonly requests: number;
  readonly responses: number;
}

function counts({ selected, readings, peer }: Case): readonly Count[] {
  const id = selected?.id.slice(peer.length + 1) ?? '';
  return readings.all.flatMap(({ at, id: event, value }): readonly Count[] => {
    const [requests, responses] = [
      numberIn(value[id], 'requestsSent'),
      numberIn(value[id], 'responsesReceived'),
    ];
    return requests === null || responses === null ? [] : [{ at, event, requests, responses }];
  });
}

export function checksOverTime(call: Case): ChecksOverTime {
  const all = counts(call);
  const outages: Outage[] = [];
  let [requests, responses, mostInARow] = [0, 0, 0];
  /** The reading with the last answer. */
  let start = all[0];
  const end = (last: Count, answered: Count | null): void => {
    const until = answered ?? last;
    const sent = until.requests - start!.requests;
    if (last.requests - start!.requests >= FEW && last.at - start!.at >= SHORT)
      outages.push({
        from: start!.at,
        until: until.at,
        requests: sent,
        event: last.event,
        isAtEnd: answered === null,
      });
    else {
      const answers = until.responses - start!.responses;
      requests += sent;
      responses += answers;
      mostInARow = Math.max(mostInARow, sent - answers);
    }
    start = until;
  };
  for (const [index, one] of all.entries())
    if (index > 0 && one.responses !== all[index - 1]!.responses) end(all[index - 1]!, one);
  if (all.length > 1) end(all.at(-1)!, null);
  return { requests, responses, mostInARow, outages };
}

/** The pair in use has not been answered since then, to the end of the recording. */
export const silenceAtEnd = (call: Case): Outage | null =>
  checksOverTime(call).outages.find(({ isAtEnd }) => isAtEnd) ?? null;

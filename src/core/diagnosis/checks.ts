/** What all connectivity checks of a connection came to (RFC 8445, section 7). */
import type { Pair } from '../projections/pairs.ts';

export interface Checks {
  /** Pairs that were tried: a request went out, or the pair came to an end. */
  readonly asked: readonly Pair[];
  readonly answered: readonly Pair[];
  /** Pairs on which the other side's requests came in. */
  readonly heard: readonly Pair[];
  readonly requests: number;
  readonly responses: number;
  readonly requestsReceived: number;
}

export const checksOf = (pairs: readonly Pair[]): Checks => ({
  asked: pairs.filter(
    (pair) =>
      pair.requestsSent > 0 ||
      pair.spans.some(({ state }) => state === 'in-progress' || state === 'failed' || state === 'succeeded'),
  ),
  answered: pairs.filter(isAnswered),
  heard: pairs.filter(({ requestsReceived }) => requestsReceived > 0),
  requests: sum(pairs.map(({ requestsSent }) => requestsSent)),
  responses: sum(pairs.map(({ responsesReceived }) => responsesReceived)),
  requestsReceived: sum(pairs.map(({ requestsReceived }) => requestsReceived)),
});

const isAnswered = (pair: Pair): boolean =>
  pair.responsesReceived > 0 || pair.spans.some(({ state }) => state === 'succeeded');

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

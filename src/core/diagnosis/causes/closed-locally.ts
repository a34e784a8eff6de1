import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';

/** What made somebody hang up is not told by it; a call that stood until then has no fault. */
export const closedLocally: Cause = {
  id: 'closed-locally',
  verdict: 'This page closed the connection itself.',
  find({ life, states }) {
    if (!life.closed) return null;
    if (life.failed || life.lost) return null;
    const began = states?.ice.history.find(({ state }) => state === 'checking')?.at ?? null;
    const waited = began === null ? null : life.closed.at - began;
    return {
      confidence: life.isConnected ? 'possible' : waited !== null && waited < 5000 ? 'likely' : 'possible',
      message: life.isConnected
        ? 'The connection stood until this page called close().'
        : 'This page called close() before the connection stood.',
      evidence: shown(life.closed.event, 'close()'),
      change: life.isConnected
        ? null
        : { who: 'page', what: 'Give a connection at least 15 s before you close it.' },
    };
  },
};

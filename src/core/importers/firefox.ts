/** What Firefox's report, its saved page and its log have in common. */
import type { NewEvent } from '../session/event.ts';
import { eventOfRow } from '../session/row.ts';

export const FIREFOX_NEVER: readonly string[] = [
  'Firefox does not tell when a state changed, nor when a candidate was found or added.',
  'What was sent and received between the two pages is not in it, nor are the packets.',
];

export interface SetDescription {
  readonly at: number;
  readonly isLocal: boolean;
  readonly sdp: string;
}

/**
 * The descriptions that a connection was given, one after the other. Firefox writes no types: who has an offer of the
 * other side in hand answers it, else it offers (W3C WebRTC, section 4.4.1.4), which also says the signalling state.
 */
export class Descriptions {
  readonly #peer: string;
  /** Whose offer waits for its answer. */
  #offered: 'local' | 'remote' | null = null;
  readonly #lines = new Set<string>();

  constructor(peer: string) {
    this.#peer = peer;
  }

  set({ at, isLocal, sdp }: SetDescription, errors: unknown = []): readonly NewEvent[] {
    const peer = this.#peer;
    const type = this.#offered === (isLocal ? 'remote' : 'local') && !isNewOffer(sdp) ? 'answer' : 'offer';
    const call = isLocal ? 'setLocalDescription' : 'setRemoteDescription';
    if (!isLocal) for (const line of sdp.match(/^a=candidate:.*$/gm) ?? []) this.#lines.add(bare(line));
    this.#offered = type === 'offer' ? (isLocal ? 'local' : 'remote') : null;
    const state = this.#offered === null ? 'stable' : `have-${this.#offered}-offer`;
    const events: NewEvent[] = [
      { type: call, peer, at, value: { type, sdp } },
      { type: 'onsignalingstatechange', peer, at, value: state },
      { type: `${call}OnSuccess`, peer, at, value: null },
    ];
    if (Array.isArray(errors) && errors.length > 0)
      events.push(eventOfRow({ method: 'sdpParsingErrors', peer, at, value: errors }));
    return events;
  }

  /** Candidates of the other side, in the form of their lines, that were in no description. */
  added(lines: readonly string[], at: number): readonly NewEvent[] {
    return lines.flatMap((line): readonly NewEvent[] => {
      const candidate = bare(line);
      if (!candidate.startsWith('candidate:') || this.#lines.has(candidate)) return [];
      this.#lines.add(candidate);
      const ufrag = / ufrag (\S+)/.exec(candidate)?.[1];
      const value = { candidate, ...(ufrag === undefined ? {} : { usernameFragment: ufrag }) };
      return [{ type: 'addIceCandidate', peer: this.#peer, at, value }];
    });
  }
}

const bare = (line: string): string => line.trim().replace(/^a=/, '');

/** An offer says `actpass`, which no answer may (RFC 8842, section 5.3). */
const isNewOffer = (sdp: string): boolean => /^a=setup:actpass\s*$/m.test(sdp);

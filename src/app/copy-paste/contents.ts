/** What is in a letter, in the words of somebody who gives it to another. */
import { CANDIDATE_TYPES, type CandidateType } from '../../core/sdp/priority.ts';
import { readCandidate } from '../../core/projections/candidates.ts';

export interface Contents {
  readonly ufrag: string;
  /** The first bytes, which tell one certificate from another. */
  readonly fingerprint: string;
  readonly candidates: readonly { readonly type: CandidateType; readonly count: number }[];
  /** `data`, `audio`, `video`: kinds of its m-lines. */
  readonly purposes: readonly string[];
}

export function contentsOf(sdp: string): Contents {
  const lines = sdp.split(/\r?\n/);
  const value = (start: string): string =>
    lines.find((line) => line.startsWith(start))?.slice(start.length) ?? '';
  const types = lines.flatMap((line) =>
    line.startsWith('a=candidate:') ? (readCandidate(line.slice(2))?.type ?? []) : [],
  );
  const kinds = lines.flatMap((line) => /^m=(\w+)/.exec(line)?.[1] ?? []);
  return {
    ufrag: value('a=ice-ufrag:'),
    fingerprint: value('a=fingerprint:').split(' ')[1]?.slice(0, 11) ?? '',
    candidates: CANDIDATE_TYPES.map((type) => ({
      type,
      count: types.filter((one) => one === type).length,
    })).filter(({ count }) => count > 0),
    purposes: [...new Set(kinds.map((kind) => (kind === 'application' ? 'data' : kind)))],
  };
}

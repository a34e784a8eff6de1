/** Candidate and pair priorities: RFC 8445 sections 5.1.2.1, 5.1.2.2 and 6.1.2.3. */

export type CandidateType = 'host' | 'srflx' | 'prflx' | 'relay';

/** What each type of candidate is called in words (RFC 8445, section 4). */
export const TYPE_WORDS: Readonly<Record<CandidateType, string>> = {
  host: 'host',
  srflx: 'server reflexive',
  prflx: 'peer reflexive',
  relay: 'relay',
};

/** The type preferences that RFC 8445 section 5.1.2.2 recommends. */
export const recommendedTypePreference: Readonly<Record<CandidateType, number>> = {
  host: 126,
  prflx: 110,
  srflx: 100,
  relay: 0,
};

/** The three parts that a priority is made of. */
export interface PriorityParts {
  /** 0 to 126. */
  readonly typePreference: number;
  /** 0 to 65535. */
  readonly localPreference: number;
  /** 1 to 256. */
  readonly component: number;
}

/** `{126, 32542, 1}` → 2122260223. Section 5.1.2.1: 2^24 × type + 2^8 × local + (256 − component). */
export const candidatePriority = ({ typePreference, localPreference, component }: PriorityParts): number =>
  typePreference * 2 ** 24 + localPreference * 2 ** 8 + (256 - component);

/** Takes a priority apart by the recommended formula. An agent may use another one (section 5.1.2). */
export const priorityParts = (priority: number): PriorityParts => ({
  typePreference: Math.floor(priority / 2 ** 24),
  localPreference: Math.floor(priority / 2 ** 8) % 2 ** 16,
  component: 256 - (priority % 2 ** 8),
});

/** Section 6.1.2.3: 2^32 × MIN(G, D) + 2 × MAX(G, D) + (G > D ? 1 : 0); it needs more than 53 bits. */
export function pairPriority(controlling: number, controlled: number): bigint {
  const low = BigInt(Math.min(controlling, controlled));
  const high = BigInt(Math.max(controlling, controlled));
  return (low << 32n) + 2n * high + (controlling > controlled ? 1n : 0n);
}

/** The type whose recommended preference a number is, for example 126 → host; undefined for other numbers. */
export function typeOfPreference(preference: number): CandidateType | undefined {
  const types: readonly CandidateType[] = ['host', 'prflx', 'srflx', 'relay'];
  return types.find((type) => recommendedTypePreference[type] === preference);
}

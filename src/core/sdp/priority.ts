/** Candidate and pair priorities: RFC 8445 sections 5.1.2.1, 5.1.2.2 and 6.1.2.3. */

/** The types of RFC 8839, section 5.1, from the nearest to the most roundabout. */
export const CANDIDATE_TYPES = ['host', 'srflx', 'prflx', 'relay'] as const;
export type CandidateType = (typeof CANDIDATE_TYPES)[number];

export const isCandidateType = (type: unknown): type is CandidateType =>
  CANDIDATE_TYPES.some((known) => known === type);

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
  return CANDIDATE_TYPES.find((type) => recommendedTypePreference[type] === preference);
}

/** A type preference that browsers give to candidates made in one way. */
export interface PreferenceHabit {
  readonly preference: number;
  readonly type: CandidateType;
  /** How the candidate was made; for a relayed one, how the TURN server is reached. */
  readonly way: string;
  readonly whose: string;
}

/**
 * Preferences other than the recommended ones. libwebrtc: `IcePriorityValue` in p2p/base/p2p_constants.h (before it knew TURN over
 * DTLS, 2 meant UDP). Firefox: `NR_ICE_REG_PREF_TYPE_…` in nricectx.cpp. Both make TCP a little worse than UDP.
 */
const HABITS: readonly PreferenceHabit[] = [
  { preference: 125, type: 'host', way: 'over TCP', whose: 'Firefox' },
  { preference: 109, type: 'prflx', way: 'over TCP', whose: 'Firefox' },
  { preference: 99, type: 'srflx', way: 'over TCP', whose: 'Firefox' },
  { preference: 90, type: 'host', way: 'over TCP', whose: 'libwebrtc' },
  { preference: 80, type: 'prflx', way: 'over TCP', whose: 'libwebrtc' },
  { preference: 5, type: 'relay', way: 'TURN over UDP', whose: 'Firefox' },
  { preference: 3, type: 'relay', way: 'TURN over UDP', whose: 'libwebrtc' },
  { preference: 2, type: 'relay', way: 'TURN over UDP or DTLS', whose: 'libwebrtc' },
  { preference: 1, type: 'relay', way: 'TURN over TCP', whose: 'libwebrtc' },
];

/** The habit that a type preference follows; undefined for the recommended ones, and for those of nobody known. */
export const habitOf = (preference: number): PreferenceHabit | undefined =>
  HABITS.find((habit) => habit.preference === preference);

/** `host`; `relay, TURN over UDP, as libwebrtc numbers it`; undefined for a preference of nobody known. */
export function preferenceInWords(preference: number): string | undefined {
  const habit = habitOf(preference);
  if (habit === undefined) return typeOfPreference(preference);
  return `${habit.type}, ${habit.way}, as ${habit.whose} numbers it`;
}

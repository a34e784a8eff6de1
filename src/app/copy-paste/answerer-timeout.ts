/**
 * How long the one who answered goes on knocking while nobody answers. RFC 8863,
 * section 4, recommends 39.5 s; browsers wait for less. These were measured, the offerer being gone: Chromium 156 says failed after 15.1 s, Firefox 140 after
 * 11.2 s. While the offerer's page is there and reachable it answers checks before it knows the answer (section 7.3): both
 * then waited for as long as was measured, 45 s. Firefox gives up after 5 to 6 s where it can form no pair at all, as
 * where it can not look up the other side's .local names.
 */
export interface AnswererTimeout {
  readonly browser: string;
  /** In ms. */
  readonly lasts: number;
  /** In words, where it may be shorter. */
  readonly shorter: string;
}

const CHROMIUM: AnswererTimeout = { browser: 'Chromium', lasts: 15_000, shorter: '' };
const FIREFOX: AnswererTimeout = {
  browser: 'Firefox',
  lasts: 11_000,
  shorter: ', and after 5 s where it can not look up .local names',
};

/** Firefox signs its descriptions in the `o=` line. */
export const answererTimeout = (answer: string): AnswererTimeout =>
  /^o=mozilla/m.test(answer) ? FIREFOX : CHROMIUM;

/** `about 6 s`; by then it is over. */
export function leftText(left: number): string {
  if (left <= 0) return 'over';
  return left < 1500 ? 'about a second' : `about ${Math.round(left / 1000)} s`;
}

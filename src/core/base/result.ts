/** What can be expected to fail returns a Result; a bug throws (see assert.ts). */
export type Result<T, E = Problem> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** Why an input could not be used: what was found, where, and what was expected there. Facts only, no advice. */
export interface Problem {
  readonly message: string;
  /** For example `line 3` or `byte 17`. */
  readonly where?: string;
  readonly found?: string;
  readonly expected?: string;
}

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const fail = <E = Problem>(error: E): Result<never, E> => ({ ok: false, error });

/** `There is no port (line 3). Found: 70000. Expected: 0 to 65535.` */
export function sentence({ message, where, found, expected }: Problem): string {
  const place = where ? ` (${where})` : '';
  const seen = found ? ` Found: ${found}.` : '';
  return `${message}${place}${seen}${expected ? ` Expected: ${expected}.` : ''}`;
}

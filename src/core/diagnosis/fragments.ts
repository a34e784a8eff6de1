/** Whose candidates do not fit the description in force, by their user name fragment (RFC 8839, section 5.4). */
import type { Case } from './case.ts';
import { valuesOf } from './look.ts';
import type { HeldDescription } from './page.ts';

export interface Stranger {
  readonly ufrag: string;
  readonly at: number;
  readonly event: string;
}

export function strangers({ given }: Case, description: HeldDescription): readonly Stranger[] {
  const known = new Set(valuesOf(description.sdp, 'ice-ufrag'));
  if (known.size === 0) return [];
  return given.flatMap(({ init, parsed, at, event, refused }) => {
    const ufrag = parsed?.ufrag ?? init.usernameFragment ?? null;
    return ufrag !== null && ufrag !== '' && !known.has(ufrag) && refused === null
      ? [{ ufrag, at, event }]
      : [];
  });
}

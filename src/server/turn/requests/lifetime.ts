import type { Limits } from '../limits.ts';

/** Seconds: never less than the default, never more than the maximum (RFC 8656 §7.2). */
export function grantedLifetime(
  wished: number | undefined,
  { defaultLifetime, maxLifetime }: Limits,
): number {
  return Math.min(Math.max(wished ?? 0, defaultLifetime), maxLifetime);
}

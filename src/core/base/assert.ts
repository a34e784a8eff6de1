/** Throws when something that must be true by construction is not: a bug, never an input. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`);
}

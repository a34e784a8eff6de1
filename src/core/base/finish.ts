/** All slices of a work that is cut into slices, at once. */
export function finish<T>(slices: Generator<unknown, T, void>): T {
  for (;;) {
    const slice = slices.next();
    if (slice.done === true) return slice.value;
  }
}

/** How slow a machine is now, so that limits in ms hold on it too: a known piece of work, here or in a page. */

/** Milliseconds that `knownWork` takes on the machine that limits are set on. */
const KNOWN_WORK = 8;

/** Milliseconds, the best of five. Runs in a page too: it uses nothing from outside itself. */
export function knownWork(): number {
  const times = [1, 2, 3, 4, 5].map(() => {
    const start = performance.now();
    const words = new Map<string, number>();
    for (let i = 0; i < 60_000; i++) {
      const word = `a=mid:${(i * 7919) % 30_011}`;
      words.set(word, (words.get(word) ?? 0) + word.length);
    }
    return words.size > 0 ? performance.now() - start : Infinity;
  });
  return Math.min(...times);
}

/** At least 1: on a quicker machine the limits stay what they are. */
export const slownessFrom = (took: number): number => Math.max(1, took / KNOWN_WORK);

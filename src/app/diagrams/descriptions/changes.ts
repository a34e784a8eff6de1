/** What changed between two texts of one side, line by line: small, for descriptions of some hundred lines. */
export type Change = 'new' | 'changed' | 'same';

export interface Compared {
  /** One for each line of the newer text. */
  readonly changes: readonly Change[];
  readonly gone: number;
}

/**
 * Lines that stand in both in the same order are the same (longest common subsequence); of the others, a line whose name
 * was there before in the same place is changed. Texts of more than 2,000 lines are compared by their set of lines.
 */
export function compareLines(before: readonly string[], after: readonly string[]): Compared {
  const kept =
    after.length * before.length > 4_000_000 ? commonBySet(before, after) : commonInOrder(before, after);
  const lost = before.filter((_, index) => !kept.before.has(index));
  const names = new Map<string, number>();
  for (const line of lost) names.set(nameOf(line), (names.get(nameOf(line)) ?? 0) + 1);
  let replaced = 0;
  const changes = after.map((line, index): Change => {
    if (kept.after.has(index)) return 'same';
    const left = names.get(nameOf(line)) ?? 0;
    if (left === 0) return 'new';
    names.set(nameOf(line), left - 1);
    replaced++;
    return 'changed';
  });
  return { changes, gone: lost.length - replaced };
}

/** `a=fmtp:111 …` and `a=fmtp:112 …` are different things; `a=ice-ufrag:x` and `a=ice-ufrag:y` are one that changed. */
const nameOf = (line: string): string =>
  /^a=(?:rtpmap|fmtp|rtcp-fb|extmap|ssrc):\S+|^a=[^:]*|^./.exec(line)?.[0] ?? line;

interface Common {
  readonly before: ReadonlySet<number>;
  readonly after: ReadonlySet<number>;
}

function commonInOrder(before: readonly string[], after: readonly string[]): Common {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const down = lengths[(i + 1) * width + j]!;
      const right = lengths[i * width + j + 1]!;
      lengths[i * width + j] =
        before[i] === after[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(down, right);
    }
  }
  const common = { before: new Set<number>(), after: new Set<number>() };
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (before[i] === after[j]) {
      common.before.add(i++);
      common.after.add(j++);
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
    else j++;
  }
  return common;
}

function commonBySet(before: readonly string[], after: readonly string[]): Common {
  const [was, is] = [new Set(before), new Set(after)];
  const indexes = (lines: readonly string[], other: ReadonlySet<string>) =>
    new Set(lines.flatMap((line, index) => (other.has(line) ? [index] : [])));
  return { before: indexes(before, is), after: indexes(after, was) };
}

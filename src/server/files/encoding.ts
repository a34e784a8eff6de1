/** Which compressed form a client takes (RFC 9110, section 12.5.3). */

export interface Encoding {
  /** As Accept-Encoding and Content-Encoding name it. */
  readonly name: 'br' | 'gzip';
  /** What the build adds to the file's name. */
  readonly suffix: '.br' | '.gz';
}

/** The smallest first. */
const ENCODINGS: readonly Encoding[] = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
];

export const isCompressed = (file: string): boolean => ENCODINGS.some(({ suffix }) => file.endsWith(suffix));

/** `gzip, br;q=0` → gzip alone. Without the header none is taken, though section 12.5.3 would let us. */
export function acceptedEncodings(header: string | undefined): readonly Encoding[] {
  const weights = new Map((header ?? '').split(',').map(weightOf));
  return ENCODINGS.filter(({ name }) => (weights.get(name) ?? weights.get('*') ?? 0) > 0);
}

/** `gzip;q=0.5` → `['gzip', 0.5]`. */
function weightOf(item: string): readonly [name: string, weight: number] {
  const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  return [name, q === undefined ? 1 : Number(q.slice(2)) || 0];
}

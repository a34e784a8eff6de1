/** Parts of a file (RFC 9110, section 14). One range at a time; several are answered with the whole, as section 14.2 allows. */

/** First and last byte, both included. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** `bytes=0-9`, `bytes=5-`, `bytes=-3` → its part; 'whole' where it asks for none that is known; 'none' outside the file. */
export function partOf(range: string | undefined, size: number): Part | 'whole' | 'none' {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/i.exec(range?.trim() ?? '') ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') return suffix(Number(last), size);
  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'whole';
  if (start >= size) return 'none';
  return { start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

const suffix = (length: number, size: number): Part | 'none' =>
  length === 0 || size === 0 ? 'none' : { start: Math.max(0, size - length), end: size - 1 };

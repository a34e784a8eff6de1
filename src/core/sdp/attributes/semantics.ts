/** The first word of a=group and a=ssrc-group: what the members are to each other. RFC 5888 section 5, RFC 5576 section 4.2. */
import { visible } from '../grammar.ts';
import type { Reader, Word } from '../reader.ts';

/** `BUNDLE`; `''` when it is missing. `of` says whose meaning it is: `a group`. */
export function readSemantics(
  reader: Reader,
  word: Word | undefined,
  { known, of }: { known: ReadonlyMap<string, string>; of: string },
): string {
  const name = reader.need(
    word,
    'semantics',
    (text) => `${visible(text)}: ${known.get(text) ?? 'not a registered meaning'}`,
  );
  if (word !== undefined && !known.has(name))
    reader.breaks(`"${visible(name)}" is not a registered meaning of ${of}`, word);
  return name;
}

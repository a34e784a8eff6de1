/** Attributes whose value is a row of words, each with a meaning of its own. */
import { integerIn, visible } from '../grammar.ts';
import type { Reader, Word } from '../reader.ts';
import { attribute, type AttributeDoc } from './doc.ts';

/** One word of the value: what it is, and what its text means. */
export interface Part {
  readonly role: string;
  readonly says: (text: string) => string;
  /** Whether the text can stand there. */
  readonly valid?: (text: string) => boolean;
  /** What could stand there, for the message: `on, off or -`. */
  readonly expected?: string;
}

export const part = (role: string, says: (text: string) => string): Part => ({ role, says });

/** One of some words. */
export const oneOf = (role: string, words: Readonly<Record<string, string>>): Part => {
  const known = new Map(Object.entries(words));
  return {
    role,
    says: (text) => known.get(text) ?? `"${visible(text)}", which is not known`,
    valid: (text) => known.has(text),
    expected: [...known.keys()].join(', '),
  };
};

/** A whole number. */
export const count = (role: string, says: (value: string) => string, most = 4294967295): Part => ({
  role,
  says: (text) =>
    integerIn(text, 0, most) === undefined ? `"${visible(text)}" is not a number` : says(text),
  valid: (text) => integerIn(text, 0, most) !== undefined,
  expected: `a whole number from 0 to ${most}`,
});

/** The same, or `-` for nothing said. */
export const orNothing = (inner: Part): Part => ({
  ...inner,
  says: (text) => (text === '-' ? `${inner.role}: nothing is said` : inner.says(text)),
  valid: (text) => text === '-' || inner.valid?.(text) !== false,
});

/** Names a word as a part; one that can not stand there is a warning, because nobody refuses a description for it. */
export function readPart(
  reader: Reader,
  word: Word | undefined,
  { role, says, valid, expected }: Part,
): void {
  if (word === undefined || word.text === '') return void reader.warn(`the ${role} is missing`);
  reader.token(word, role, says(word.text));
  if (valid?.(word.text) === false)
    reader.warn(
      `"${visible(word.text)}" is not a ${role}`,
      word,
      expected === undefined ? undefined : `It is ${expected}.`,
    );
}

type Entry = Omit<AttributeDoc, 'id' | 'form' | 'level' | 'explain'> &
  Partial<Pick<AttributeDoc, 'form' | 'level'>> & {
    readonly parts: readonly Part[];
    /** What the words after the parts are; without it none may follow. */
    readonly rest?: Part;
    readonly sentence: string | ((words: readonly string[]) => string);
  };

/** An attribute of some words in a row. */
export const wordsOf = ({ parts, rest, sentence, ...entry }: Entry): AttributeDoc =>
  attribute({
    ...entry,
    explain: (reader) => {
      const words = reader.hasValue ? reader.words() : [];
      if (reader.hasValue || entry.form !== 'optional') {
        parts.forEach((one, index) => readPart(reader, words[index], one));
        const more = words.slice(parts.length);
        if (rest === undefined) reader.surplus(more);
        else for (const word of more) readPart(reader, word, rest);
      }
      return typeof sentence === 'string' ? sentence : sentence(words.map(({ text }) => visible(text)));
    },
  });

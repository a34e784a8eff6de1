/** What the program knows about one attribute or line type. One file per attribute or small family holds its entries. */
import { visible } from '../grammar.ts';
import type { Cite } from '../../base/cite.ts';
import type { Reader } from '../reader.ts';

/** Where an attribute may stand: RFC 8866 section 8.2.4 registers this with each attribute. */
export type Level = 'session' | 'media' | 'both';

export interface AttributeDoc {
  /** `a=candidate`, or `m=` for a line type. */
  readonly id: string;
  /** `candidate`, or `m`. */
  readonly name: string;
  readonly level: Level;
  readonly rfc: Cite;
  /** A whole line that follows the grammar. */
  readonly example: string;
  /** At most one such line in a section. */
  readonly single?: boolean;
  /** A flag has no value; else a value is required, or optional. */
  readonly form: 'flag' | 'value' | 'optional';
  /** Names the tokens of the value through the reader and returns the sentence that the line says. */
  readonly explain: (reader: Reader) => string;
}

type Attribute = Omit<AttributeDoc, 'id' | 'form' | 'level'> & Partial<Pick<AttributeDoc, 'form' | 'level'>>;

/** An attribute with a value, at media level unless said otherwise. */
export const attribute = (entry: Attribute): AttributeDoc => ({
  id: `a=${entry.name}`,
  form: 'value',
  level: 'media',
  ...entry,
});

/** An attribute without a value. */
export const flag = (entry: Omit<Attribute, 'explain'> & { readonly says: string }): AttributeDoc => {
  const { says, ...rest } = entry;
  return { single: true, ...attribute({ ...rest, form: 'flag', explain: () => says }) };
};

type Shared = Pick<AttributeDoc, 'rfc'> & Partial<Pick<AttributeDoc, 'level' | 'form'>>;

/** Attributes alike without a value: `name: sentence`. */
export const flags = (shared: Shared, rows: Readonly<Record<string, string>>): AttributeDoc[] =>
  Object.entries(rows).map(([name, says]) => flag({ ...shared, name, example: `a=${name}`, says }));

/** An attribute whose value is one text that is not taken apart. */
export const text = (
  entry: Omit<Attribute, 'explain'> & { readonly role: string; readonly says: (value: string) => string },
): AttributeDoc => {
  const { role, says, ...rest } = entry;
  return attribute({
    ...rest,
    explain: (reader) => {
      const { value } = reader;
      if (value.text !== '') reader.token(value, role, says(value.text));
      return says(value.text);
    },
  });
};

/**
 * Attributes alike, each whose value is one text: `name: [value of the example, sentence]`, where `{}` in the sentence
 * stands for the value.
 */
export const texts = (
  shared: Pick<AttributeDoc, 'rfc'> &
    Partial<Pick<AttributeDoc, 'level' | 'form'>> & { readonly role: string },
  rows: Readonly<Record<string, readonly [value: string, sentence: string]>>,
): AttributeDoc[] =>
  Object.entries(rows).map(([name, [value, sentence]]) =>
    text({
      ...shared,
      name,
      example: value === '' ? `a=${name}` : `a=${name}:${value}`,
      says: (found) => sentence.replace('{}', () => visible(found)),
    }),
  );

/** A line type other than `a=`. */
export const lineType = (
  entry: Omit<AttributeDoc, 'id' | 'form'> & Partial<Pick<AttributeDoc, 'form'>>,
): AttributeDoc => ({
  id: `${entry.name}=`,
  form: 'value',
  ...entry,
});

/** `lessons/glossary.yaml`: each word once, explained once, with its source. */
import * as v from 'valibot';
import type { GlossaryWord } from '../core/lessons/text.ts';
import { refuse } from './problem.ts';
import { readYaml } from './read-yaml.ts';
import { readReference } from './references.ts';

const Words = v.record(
  v.string(),
  v.strictObject({
    means: v.pipe(v.string(), v.trim(), v.nonEmpty()),
    also: v.exactOptional(v.array(v.string())),
    everyday: v.exactOptional(v.boolean()),
    in: v.string(),
    url: v.exactOptional(v.pipe(v.string(), v.url())),
  }),
);

export interface Glossary {
  readonly words: ReadonlyMap<string, GlossaryWord>;
  /** From how a word may be written (plural, capital) to its name. */
  readonly names: ReadonlyMap<string, string>;
  /** Words of everyday speech, which may stand in the prose before they are explained. */
  readonly everyday: ReadonlySet<string>;
}

export function readGlossary(text: string, file: string): Glossary {
  const { value, lineOf } = readYaml({ text, file, firstLine: 1 }, Words);
  const words = new Map<string, GlossaryWord>();
  const names = new Map<string, string>();
  for (const [word, { means, also = [], in: source, url }] of Object.entries(value)) {
    const place = { file, line: lineOf(word) };
    words.set(word, { means, source, url: readReference(source, place, url) });
    for (const name of [word, ...also].map((one) => one.toLowerCase())) {
      if (names.has(name)) refuse(place, `“${name}” is explained twice.`);
      names.set(name, word);
    }
  }
  const everyday = new Set(Object.keys(value).filter((word) => value[word]?.everyday));
  return { words, names, everyday };
}

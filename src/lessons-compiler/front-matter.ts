/** The head of a lesson: what the map shows, and the sources. */
import * as v from 'valibot';
import { LEGS, type LessonText, PLACES } from '../core/lessons/text.ts';
import { refuse } from './problem.ts';
import { type YamlText, readYaml } from './read-yaml.ts';
import { readReference } from './references.ts';

const words = v.pipe(v.string(), v.trim(), v.nonEmpty('some words are expected'));
const reference = v.strictObject({ in: words, url: v.exactOptional(v.pipe(words, v.url())) });

const Head = v.strictObject({
  question: v.pipe(words, v.endsWith('?')),
  'leads-to': words,
  leg: v.picklist(LEGS.map(({ id }) => id)),
  place: v.picklist(PLACES),
  minutes: v.pipe(v.number(), v.minValue(5), v.maxValue(10)),
  can: words,
  sources: v.pipe(
    v.array(v.strictObject({ key: v.exactOptional(words), claim: words, ...reference.entries })),
    v.minLength(1, 'each number and claim of the prose needs its source'),
  ),
  'read-on': v.array(reference),
});

export type Head = Omit<LessonText, 'slug' | 'number' | 'steps' | 'text' | 'glossary'>;

export function readHead(yaml: YamlText): Head {
  const { value, lineOf } = readYaml(yaml, Head);
  const { 'leads-to': leadsTo, 'read-on': readOn, sources, ...rest } = value;
  const at = (...path: readonly (string | number)[]) => ({ file: yaml.file, line: lineOf(...path) });
  return {
    ...rest,
    leadsTo,
    sources: sources.map((source, index) => ({
      key: source.key ?? null,
      claim: source.claim,
      in: source.in,
      url: readReference(source.in, at('sources', index), source.url),
    })),
    readOn: readOn.map((entry, index) => ({
      title: entry.in,
      url: readReference(entry.in, at('read-on', index), entry.url),
    })),
  };
}

/** `lessons/03-candidates/index.md` → 3 and `candidates`. */
export function readFolder(file: string): { readonly number: number; readonly slug: string } {
  const [, number, slug] = /(?:^|\/)(\d\d)-([a-z0-9-]+)\/[^/]+$/.exec(file) ?? [];
  if (!number || !slug) return refuse({ file, line: 1 }, 'A lesson lies in a folder “NN-slug”.');
  return { number: Number(number), slug };
}

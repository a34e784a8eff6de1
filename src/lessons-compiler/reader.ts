/** What reading one lesson shares: its file, the glossary, its sources, and which of them were used. */
import type { GlossaryWord, Source } from '../core/lessons/text.ts';
import type { Glossary } from './glossary.ts';
import { type Place, refuse } from './problem.ts';

interface Positioned {
  readonly position?: { readonly start: { readonly line: number } } | undefined;
}

export class Reader {
  readonly #file: string;
  readonly #glossary: Glossary;
  readonly used = new Map<string, GlossaryWord>();
  readonly #keys: ReadonlySet<string | null>;
  readonly #unused: Set<string | null>;

  constructor(file: string, glossary: Glossary, sources: readonly Source[]) {
    this.#file = file;
    this.#glossary = glossary;
    this.#keys = new Set(sources.map(({ key }) => key));
    this.#unused = new Set(this.#keys);
  }

  place(node: Positioned): Place {
    return { file: this.#file, line: node.position?.start.line ?? 1 };
  }

  refuse(node: Positioned, message: string): never {
    return refuse(this.place(node), message);
  }

  /** The key of a source. */
  source(node: Positioned, key: string | undefined): string {
    if (key === undefined || !this.#keys.has(key))
      return this.refuse(node, `“${key ?? ''}” is not the \`key\` of a source in the front matter.`);
    this.#unused.delete(key);
    return key;
  }

  /** A source with a key that the words do not name. */
  get unusedSource(): string | null {
    return [...this.#unused].find((key) => key !== null) ?? null;
  }

  /** The name of a word in the glossary. */
  term(node: Positioned, text: string): string {
    const word = this.#glossary.names.get(text.toLowerCase());
    if (word === undefined) return this.refuse(node, `“${text}” is not in lessons/glossary.yaml.`);
    this.used.set(word, this.#glossary.words.get(word)!);
    return word;
  }
}

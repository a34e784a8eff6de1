/** What reading one lesson shares: its file, the glossary, and which words of it were used. */
import type { GlossaryWord } from '../core/lessons/text.ts';
import type { Glossary } from './glossary.ts';
import { type Place, refuse } from './problem.ts';

interface Positioned {
  readonly position?: { readonly start: { readonly line: number } } | undefined;
}

export class Reader {
  readonly #file: string;
  readonly #glossary: Glossary;
  readonly used = new Map<string, GlossaryWord>();

  constructor(file: string, glossary: Glossary) {
    this.#file = file;
    this.#glossary = glossary;
  }

  place(node: Positioned): Place {
    return { file: this.#file, line: node.position?.start.line ?? 1 };
  }

  refuse(node: Positioned, message: string): never {
    return refuse(this.place(node), message);
  }

  /** The name of a word in the glossary. */
  term(node: Positioned, text: string): string {
    const word = this.#glossary.names.get(text.toLowerCase());
    if (word === undefined) return this.refuse(node, `“${text}” is not in lessons/glossary.yaml.`);
    this.used.set(word, this.#glossary.words.get(word)!);
    return word;
  }
}

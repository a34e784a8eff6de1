/**
 * What is taken of the other side's recording. Whoever sends other things, or more, is no Icescope that means well: the
 * answer is a sentence that says what came and what was expected, and from then on nothing is taken.
 */
import { TokenBucket } from '../../core/base/token-bucket.ts';
import { type RecordNote, readMessage } from './note.ts';
import { TAKEN } from './record.ts';

export const limits = {
  /** Characters of one message: a list is at most 48,000 bytes, and its stamp a few. */
  message: 64 * 1024,
  /** Things that are no note or no event: a newer Icescope may know some that this one does not. */
  mistakes: 100,
  /** Messages that bring nothing new, at once and then a second: questions after the time, lists that came already. */
  idle: [300, 30],
} as const;

export class Guard {
  readonly #now: () => number;
  readonly #idle: TokenBucket;
  #mistakes = 0;
  #characters = 0;
  #refusal: string | null = null;

  /** `now` in milliseconds, of any steady clock. */
  constructor(now: () => number) {
    this.#now = now;
    this.#idle = new TokenBucket(...limits.idle, now());
  }

  /** Why nothing is taken any more: a sentence, or null. */
  get refusal(): string | null {
    return this.#refusal;
  }

  /** What came over a channel, if it is a note about the recording. */
  read(data: unknown): RecordNote | null {
    if (typeof data !== 'string') this.#refuse('bytes came, and text was expected');
    else if (data.length > limits.message)
      this.#refuse(
        `a message of ${grouped(data.length)} characters came, and ${grouped(limits.message)} are the most`,
      );
    if (this.#refusal) return null;
    const note = readMessage(data as string);
    if (note && 'meet' in note && isAboutRecord(note)) return note;
    this.mistaken(1);
    return null;
  }

  /** So many things were none of those that are taken. */
  mistaken(count: number): void {
    this.#mistakes += count;
    if (this.#mistakes > limits.mistakes)
      this.#refuse(`${grouped(this.#mistakes)} things came that are no events of a connection`);
  }

  /** A message that brought nothing new. */
  idle(): void {
    if (!this.#idle.take(this.#now())) this.#refuse('messages came without end, and nothing new in them');
  }

  /** A list of so many characters was taken; `isFull` says that no more events fit. */
  grown(characters: number, isFull: boolean): void {
    this.#characters += characters;
    if (isFull || this.#characters > TAKEN.characters)
      this.#refuse(
        `it is longer than ${grouped(TAKEN.events)} events or ${TAKEN.characters / 1e6} million characters`,
      );
  }

  #refuse(why: string): void {
    this.#refusal ??= `The other side’s recording is not taken any more: ${why}. To begin anew, connect again.`;
  }
}

const isAboutRecord = (note: { readonly meet: string }): note is RecordNote =>
  note.meet === 'events' || note.meet === 'tick' || note.meet === 'got';

const grouped = (count: number): string => count.toLocaleString('en');

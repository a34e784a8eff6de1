import { PROGRESS_KEY } from '../state/learning.ts';
import { parseProgress, type OfLesson, type Stored } from './stored-progress.ts';

const NOTHING: Stored = { icescope: 1, lessons: {}, recall: {} };
const UNSEEN: OfLesson = { step: '', met: [], answers: {}, finished: false };

/** How far the reader has come: in this browser only, and in a file when wanted. */
class Progress {
  #stored: Stored = $state.raw(read());

  constructor() {
    // Another tab has written: what is done there counts here, and is not written over.
    addEventListener('storage', ({ key }) => {
      if (key === PROGRESS_KEY || key === null) this.#stored = read();
    });
  }

  of(slug: string): OfLesson {
    return this.#stored.lessons[slug] ?? UNSEEN;
  }

  get recall(): Stored['recall'] {
    return this.#stored.recall;
  }

  change(slug: string, what: Partial<OfLesson>): void {
    this.#write({
      ...this.#stored,
      lessons: { ...this.#stored.lessons, [slug]: { ...this.of(slug), ...what } },
    });
  }

  answered(question: string, isRight: boolean): void {
    const { right, wrong } = this.#stored.recall[question] ?? { right: 0, wrong: 0 };
    const now = { right: right + Number(isRight), wrong: wrong + Number(!isRight), at: Date.now() };
    this.#write({ ...this.#stored, recall: { ...this.#stored.recall, [question]: now } });
  }

  toText(): string {
    return JSON.stringify(this.#stored, null, 2);
  }

  /** Puts what a file holds in place of what is here; gives back what is wrong with it, or null. */
  fromText(text: string): string | null {
    const stored = parseProgress(text);
    if (!stored) return 'This is not a file of progress that Icescope saved. Nothing was changed.';
    this.#write(stored);
    return null;
  }

  #write(stored: Stored): void {
    this.#stored = stored;
    try {
      localStorage.setItem(PROGRESS_KEY, JSON.stringify(stored));
    } catch {
      // Storage may be switched off: then progress lasts as long as the page.
    }
  }
}

function read(): Stored {
  try {
    return parseProgress(localStorage.getItem(PROGRESS_KEY) ?? '') ?? NOTHING;
  } catch {
    return NOTHING;
  }
}

export const progress = new Progress();

/**
 * What a tapped page keeps while nobody listens, as JSON, within a fixed number of characters. Readings and the messages of
 * channels come without end, so they have a part of their own and push out nothing but older ones of their kind; the calls
 * and events of a connection are its story.
 */
export interface RingLimits {
  /** Characters of the story, and of all else. */
  readonly story: number;
  readonly traffic: number;
  /** Events of each. */
  readonly events: number;
  /** Characters of one event: what is longer is not kept. */
  readonly longest: number;
}

export const RING: RingLimits = {
  story: 4_000_000,
  traffic: 2_000_000,
  events: 8000,
  longest: 1_000_000,
};

interface Kept {
  readonly order: number;
  readonly text: string;
}

/** First in, first out; taking is cheap, however long it is. */
class Queue {
  #items: Kept[] = [];
  #first = 0;
  characters = 0;

  get head(): Kept | undefined {
    return this.#items[this.#first];
  }

  get length(): number {
    return this.#items.length - this.#first;
  }

  push(item: Kept): void {
    this.#items.push(item);
    this.characters += item.text.length;
  }

  shift(): Kept | undefined {
    const item = this.#items[this.#first];
    if (item === undefined) return undefined;
    this.characters -= item.text.length;
    this.#first++;
    if (this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }
}

export class EventRing {
  readonly #limits: RingLimits;
  readonly #story = new Queue();
  readonly #traffic = new Queue();
  #order = 0;
  /** Events that were not kept, or not long enough. */
  missed = 0;

  constructor(limits: RingLimits = RING) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#story.length === 0 && this.#traffic.length === 0;
  }

  /** Characters that are kept now. */
  get characters(): number {
    return this.#story.characters + this.#traffic.characters;
  }

  add(text: string, part: 'story' | 'traffic'): void {
    const { longest, events } = this.#limits;
    if (text.length > longest) return void this.missed++;
    const queue = part === 'story' ? this.#story : this.#traffic;
    queue.push({ order: this.#order++, text });
    while (queue.characters > this.#limits[part] || queue.length > events) {
      queue.shift();
      this.missed++;
    }
  }

  /** The oldest, in the order in which they came, up to so many characters, at least one; `[]` where there is none. */
  take(characters: number): string[] {
    const taken: string[] = [];
    for (let left = characters; ;) {
      const queue = this.#older();
      const next = queue?.head;
      if (next === undefined || (taken.length > 0 && next.text.length > left)) return taken;
      queue!.shift();
      taken.push(next.text);
      left -= next.text.length;
    }
  }

  #older(): Queue | undefined {
    const [story, traffic] = [this.#story.head, this.#traffic.head];
    if (!story) return traffic && this.#traffic;
    return traffic && traffic.order < story.order ? this.#traffic : this.#story;
  }
}

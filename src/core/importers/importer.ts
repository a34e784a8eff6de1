import type { Result } from '../base/result.ts';
import type { LongJson } from './long-lists.ts';
import type { NewEvent } from '../session/event.ts';

/** One format of dumps. */
export interface Importer {
  readonly id: string;
  /** As people call it: `Chromium's webrtc-internals dump`. */
  readonly title: string;
  /** What no file of this format can hold, in sentences. */
  readonly never: readonly string[];
  /** Whether the content is of this format, never by a file's name; JSON arrives parsed. */
  detect(source: Source): boolean;
  read(source: Source, options: ReadOptions): Result<Read>;
}

/** The content of a file or of a paste: inflated, decoded, and parsed where it is JSON. */
export interface Source {
  readonly text: string;
  /** Undefined where the text is no JSON. */
  readonly json: unknown;
  /** For what stands in `json` in the place of a long list of values. */
  readonly take: LongJson['take'];
}

export interface ReadOptions {
  /** Told the part that is done, 0 to 1. */
  readonly progress: (part: number) => void;
  /** How many values of statistics to keep at most; what is left out is said. */
  readonly mostValues: number;
}

export interface Read {
  /** As the dump has them; equal times stay in this order. */
  readonly events: readonly NewEvent[];
  /** What this file does not hold, or could not be read, in sentences. */
  readonly lost: readonly string[];
  readonly notices: readonly string[];
}

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `3 rows were`, `1 row was`: of a thing whose plural takes an s. */
export const counted = (count: number, thing: string): string =>
  `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;

/**
 * The reader that every attribute explains its value with. It walks over one line, names each token, says the token's
 * value in words, and notes where the line departs from its grammar. Offsets are offsets within the raw line.
 */
import { integerIn, isMasked, visible } from './grammar.ts';
import { hasColon, type SdpLine } from './lines.ts';
import type { Cite } from '../base/cite.ts';

export interface Token {
  readonly start: number;
  readonly end: number;
  /** What the token is, for example `port`. */
  readonly role: string;
  /** What its actual value means, for example `port 54400`. */
  readonly explanation: string;
}

export type Severity = 'error' | 'warning' | 'info';

/** A departure from the grammar of a line. */
export interface Defect {
  readonly severity: Severity;
  /** What is wrong, in one clause without a full stop. */
  readonly claim: string;
  /** Why it matters or what is expected, in one sentence; where there is none, the example of the line says it. */
  readonly reason?: string;
  readonly start: number;
  readonly end: number;
  /** The text that would stand there in a correct line, when that is plain. */
  readonly replacement?: string;
}

/** A piece of the raw line. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a line is read against: what other lines say about the names that it uses. */
export interface LineContext {
  /** `audio`, `video`, … of the media section that the line stands in. */
  readonly kind?: string;
  /** Transport protocol of the media section, for example `UDP/TLS/RTP/SAVPF`. */
  readonly proto?: string;
  /** The codec that the media section maps to a payload type, for example `VP8/90000`. */
  readonly codecs?: ReadonlyMap<string, string>;
  /** The settings (a=fmtp) of a payload type. */
  readonly settings?: ReadonlyMap<string, string>;
  /** False when the description is not meant for browsers (streaming, plain SIP): those readers are more tolerant. */
  readonly browser?: boolean;
}

const NO_CONTEXT: LineContext = {};

export class Reader {
  readonly line: SdpLine;
  readonly context: LineContext;
  readonly tokens: Token[] = [];
  readonly defects: Defect[] = [];
  /** The document that says what this value means, where it is another than that of the line. */
  source: Cite | undefined;
  /** The whole value, without the spaces around it. */
  readonly value: Word;

  constructor(line: SdpLine, context: LineContext = NO_CONTEXT) {
    this.line = line;
    this.context = context;
    this.value = valueOf(line);
  }

  get hasValue(): boolean {
    const colonNeeded = this.line.type === 'a' && this.line.valueStart > 0;
    return (!colonNeeded || hasColon(this.line)) && this.value.text !== '';
  }

  /** The value split at spaces. More than one space in a row is noted, once. */
  words(within: Word = this.value): readonly Word[] {
    const words: Word[] = [];
    let doubled = -1;
    let at = within.start;
    while (at < within.end) {
      const space = this.line.raw.indexOf(' ', at);
      const end = space < 0 || space > within.end ? within.end : space;
      if (end > at) words.push({ text: this.line.raw.slice(at, end), start: at, end });
      else if (doubled < 0) doubled = at;
      at = end + 1;
    }
    if (doubled >= 0)
      this.note('warning', {
        claim: 'more than one space in a row',
        reason: 'One space divides two values; some parsers read an empty value between two.',
        start: doubled - 1,
        end: doubled + 1,
        replacement: ' ',
      });
    return words;
  }

  /** A word split at a separator; the pieces keep their offsets, empty pieces too. */
  split(word: Word, separator: string): readonly Word[] {
    let at = word.start;
    return word.text.split(separator).map((text) => {
      const piece = { text, start: at, end: at + text.length };
      at = piece.end + separator.length;
      return piece;
    });
  }

  /** What is left of the value from a word on. */
  restFrom(word: Word): Word {
    const { end } = this.value;
    return { text: this.line.raw.slice(word.start, end), start: word.start, end };
  }

  token(word: Word, role: string, explanation: string): void {
    this.tokens.push({ start: word.start, end: word.end, role, explanation });
  }

  /** Names a token that must be there; a missing one is an error. Returns its text, or ''. */
  need(word: Word | undefined, role: string, explain: (text: string) => string): string {
    if (word === undefined || word.text === '') {
      this.error(`${role} is missing`);
      return '';
    }
    this.token(word, role, explain(word.text));
    return word.text;
  }

  /** Names a whole number that must be there and lie in a range. */
  integer(
    word: Word | undefined,
    role: string,
    range: Range,
    explain: (value: number) => string,
  ): number | undefined {
    if (word === undefined || word.text === '') {
      this.error(`${role} is missing`);
      return undefined;
    }
    const value = integerIn(word.text, range.min, range.max);
    this.token(word, role, value === undefined ? `"${visible(word.text)}" is no ${role}` : explain(value));
    if (value === undefined) {
      this.error(
        `${role} "${visible(word.text)}" is not a whole number from ${range.min} to ${range.max}`,
        word,
      );
    }
    return value;
  }

  /** Notes words that the grammar has no place for. */
  surplus(words: readonly Word[]): void {
    for (const word of words) {
      this.token(word, 'surplus', `"${visible(word.text)}": nothing is expected here`);
      this.note('error', {
        claim: `nothing is expected after the value, but "${visible(word.text)}" follows`,
        ...word,
      });
    }
  }

  /** Somebody has put a mask in the place of a value: said once for each. */
  masked(word: Word): void {
    if (this.defects.some(({ start, claim }) => start === word.start && claim === MASKED)) return;
    this.warn(MASKED, word, 'Put the value back before a browser gets it; nothing is said of it until then.');
  }

  #isMask(word: Word): boolean {
    return this.line.type !== 'm' && isMasked(word.text);
  }

  error(claim: string, word: Word = this.value, reason?: string): void {
    if (this.#isMask(word)) this.masked(word);
    else this.note('error', { claim, reason, ...word });
  }

  /** An error where browsers read the description; elsewhere a warning. */
  breaks(claim: string, word: Word = this.value, reason?: string): void {
    if (this.#isMask(word)) this.masked(word);
    else this.note(this.context.browser === false ? 'warning' : 'error', { claim, reason, ...word });
  }

  warn(claim: string, word: Word = this.value, reason?: string): void {
    this.note('warning', { claim, reason, ...word });
  }

  info(claim: string, word: Word = this.value, reason?: string): void {
    this.note('info', { claim, reason, ...word });
  }

  note(severity: Severity, { claim, reason, start, end, replacement }: Note): void {
    this.defects.push({
      severity,
      claim,
      start,
      end,
      ...(reason === undefined ? {} : { reason }),
      ...(replacement === undefined ? {} : { replacement }),
    });
  }
}

/** The claim about a value that somebody has hidden. */
export const MASKED = 'the value was blanked out';

type Note = Omit<Defect, 'severity' | 'reason'> & { readonly reason?: string | undefined };

function valueOf({ raw, valueStart }: SdpLine): Word {
  let start = valueStart;
  let end = raw.length;
  while (start < end && isSpace(raw.charCodeAt(start))) start += 1;
  while (end > start && isSpace(raw.charCodeAt(end - 1))) end -= 1;
  return { text: raw.slice(start, end), start, end };
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

export const PORT: Range = { min: 0, max: 65535 };
export const UINT32: Range = { min: 0, max: 4294967295 };
export const PAYLOAD_TYPE: Range = { min: 0, max: 127 };

const isSpace = (code: number): boolean => code === 32 || code === 9;

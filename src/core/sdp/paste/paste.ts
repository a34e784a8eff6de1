/** What was found in a pasted text, and what its readers share. */
import { lineStarts } from '../lines.ts';
import type { DescriptionType } from '../structure.ts';
import { lastAtMost, type Excerpt } from './excerpt.ts';

export type PasteKind =
  | 'empty'
  | 'sdp'
  | 'lines'
  | 'fragment'
  | 'json'
  | 'escaped'
  | 'html'
  | 'url'
  | 'log'
  | 'base64'
  | 'message'
  | 'candidates'
  | 'candidate-json';

/** Where a line stood in the pasted text. */
export interface Origin {
  /** 1-based. */
  readonly line: number;
  readonly offset: number;
}

export interface PastedDescription {
  /** As the wrapping, or the order of the descriptions, says; undefined when neither does. */
  readonly type: DescriptionType | undefined;
  readonly sdp: string;
  /** The number in the pasted text of its first line; 1 when its lines are not lines of that text. */
  readonly firstLine: number;
  /** One for each line of `sdp`. */
  readonly origins: readonly Origin[];
  /** False for some lines that are not a whole description. */
  readonly complete: boolean;
  /** An ICE fragment (RFC 8840, section 9): what is said of whole descriptions is not said of it. */
  readonly fragment?: boolean;
}

/** A description before the whole paste is known. */
export interface FoundDescription {
  readonly excerpt: Excerpt;
  /** As the wrapping says in words. */
  readonly type: DescriptionType | undefined;
  readonly complete: boolean;
  readonly fragment?: boolean;
}

export interface PastedCandidate {
  readonly candidate: string;
  readonly sdpMid?: string | null;
  readonly sdpMLineIndex?: number | null;
  readonly usernameFragment?: string | null;
}

interface PasteOf<D> {
  readonly kind: PasteKind;
  /** Sentences for people: what was taken off, and what was found. */
  readonly notices: readonly string[];
  readonly descriptions: readonly D[];
  readonly candidates: readonly PastedCandidate[];
}

export type Paste = PasteOf<PastedDescription>;
export type Found = PasteOf<FoundDescription>;

/** All that can be read, in words. */
export const FORMS =
  'SDP, {"type", "sdp"} JSON, text with literal \\r\\n, base64 of these, a SIP message, candidates or candidate JSON, an ICE fragment, offer and answer together, and any of them inside a log or the source of a program';

export const found = (kind: PasteKind, rest: Partial<Found> = {}): Found => ({
  kind,
  notices: [],
  descriptions: [],
  candidates: [],
  ...rest,
});

/** What was found inside a wrapping. */
export const rewrapped = (inner: Found, kind: PasteKind, notice: string): Found => ({
  ...inner,
  kind,
  notices: [notice, ...inner.notices],
});

/** Where each line of an excerpt stood; `starts` are the offsets of the lines of the pasted text. */
export const originsOf = ({ text, originOf }: Excerpt, starts: readonly number[]): readonly Origin[] =>
  lineStarts(text).map((start) => {
    const offset = originOf(start);
    return { line: lastAtMost(starts, offset) + 1, offset };
  });

/** The numbers that lines go by: those of the pasted text where each line is one of its lines, else from 1 on. */
export function numbersOf(origins: readonly Origin[]): readonly number[] {
  const own = origins.every(({ line }, index) => index === 0 || line > origins[index - 1]!.line);
  return origins.map(({ line }, index) => (own && origins.length > 1 ? line : index + 1));
}

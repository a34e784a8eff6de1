/** What was found in a pasted text, and what its readers share. */
import type { DescriptionType } from '../structure.ts';

export type PasteKind =
  'empty' | 'sdp' | 'lines' | 'json' | 'escaped' | 'base64' | 'message' | 'candidates' | 'candidate-json';

export interface PastedDescription {
  /** As the wrapping says; undefined when it does not say. */
  readonly type: DescriptionType | undefined;
  readonly sdp: string;
  /** The number in the pasted text of its first line; 1 when it was unwrapped. */
  readonly firstLine: number;
  /** False for some lines that are not a whole description. */
  readonly complete: boolean;
}

export interface PastedCandidate {
  readonly candidate: string;
  readonly sdpMid?: string | null;
  readonly sdpMLineIndex?: number | null;
  readonly usernameFragment?: string | null;
}

export interface Paste {
  readonly kind: PasteKind;
  /** Sentences for people. */
  readonly notices: readonly string[];
  readonly descriptions: readonly PastedDescription[];
  readonly candidates: readonly PastedCandidate[];
}

/** All that can be read, in words. */
export const FORMS =
  'SDP, {"type", "sdp"} JSON, text with literal \\r\\n, base64 of these, a SIP message, candidates or candidate JSON, offer and answer together';

export const paste = (kind: PasteKind, rest: Partial<Paste> = {}): Paste => ({
  kind,
  notices: [],
  descriptions: [],
  candidates: [],
  ...rest,
});

/** What was found inside a wrapping. */
export const rewrapped = (inner: Paste, kind: PasteKind, notice: string): Paste => ({
  ...inner,
  kind,
  notices: [notice, ...inner.notices],
});

/** Of two descriptions whose setup lines say nothing, the first is the offer. */
export function paired(descriptions: readonly PastedDescription[]): readonly PastedDescription[] {
  const [first, second] = descriptions;
  if (descriptions.length !== 2 || first === undefined || second === undefined) return descriptions;
  const type = first.type ?? (second.type === 'offer' ? 'answer' : 'offer');
  return [
    { ...first, type },
    { ...second, type: second.type ?? (type === 'offer' ? 'answer' : 'offer') },
  ];
}

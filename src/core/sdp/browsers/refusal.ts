/**
 * Why a browser refuses a description. The rules beside this file were found by putting changed descriptions to real
 * browsers; `tests/fixtures/sdp/negotiation` keeps what they answered.
 */
import type { SdpLine } from '../lines.ts';
import { inherited, type Description, type MediaSection } from '../structure.ts';

/** The DOM name of the exception that a promise is rejected with. */
export type ErrorName = 'OperationError' | 'InvalidAccessError' | 'InvalidParameterError';

export interface Refusal {
  readonly error: ErrorName;
  readonly reason: string;
  /** The number of the guilty line. */
  readonly line?: number;
}

/** A description that a browser gets from the other side. */
export interface Remote {
  readonly text: string;
  readonly description: Description;
  readonly type: 'offer' | 'answer';
  /** What the browser has offered, when this is the answer to it. */
  readonly offer?: Description;
}

export type Rule = (remote: Remote) => Refusal | undefined;

export const refuse = (error: ErrorName, reason: string, line?: SdpLine): Refusal => ({
  error,
  reason,
  ...(line === undefined ? {} : { line: line.number }),
});

export const syntaxError = (reason: string, line?: SdpLine): Refusal =>
  refuse('OperationError', reason, line);
export const accessError = (reason: string, line?: SdpLine): Refusal =>
  refuse('InvalidAccessError', reason, line);

/** An answer has as many sections as its offer (RFC 3264 section 6). */
export const otherCount = (answer: Description, offer: Description): Refusal =>
  accessError(
    `the offer has ${offer.media.length} sections, the answer ${answer.media.length}`,
    answer.media.at(-1)?.mLine,
  );

/** The first refusal of some rules, tried in their order. */
export function firstRefusal(rules: readonly Rule[], remote: Remote): Refusal | undefined {
  for (const rule of rules) {
    const refusal = rule(remote);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** The first refusal among some things. */
export function firstOf<T>(items: Iterable<T>, judge: (item: T) => Refusal | undefined): Refusal | undefined {
  for (const item of items) {
    const refusal = judge(item);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

export const bundleGroups = (description: Description) =>
  description.groups.filter((group) => group.semantics === 'BUNDLE');

/** The sections whose own transport counts: in an answer, later members of a BUNDLE group use that of the first. */
export function ownTransport({ description, type }: Remote): readonly MediaSection[] {
  const later = new Set(
    type === 'answer' ? bundleGroups(description).flatMap((group) => group.ids.slice(1)) : [],
  );
  return description.media.filter(
    (media) => media.port !== 0 && !(media.mid !== undefined && later.has(media.mid)),
  );
}

/** The sections that bring their own transport when the bundle is taken as offered: the first of each group, and the rest. */
export function tagged({ description }: Remote): readonly MediaSection[] {
  const later = new Set(bundleGroups(description).flatMap((group) => group.ids.slice(1)));
  return description.media.filter(
    (media) => media.port !== 0 && !(media.mid !== undefined && later.has(media.mid)),
  );
}

/** Whether a flag is there; both browsers take `a=rtcp-mux x` for it. */
export const hasFlag = (media: MediaSection, name: string): boolean =>
  media.attributes.has(name) || [...media.attributes.keys()].some((other) => other.startsWith(`${name} `));

/** An answer takes the mids that it leaves out from the offer. */
export const withOfferedMids = ({ description, offer, ...rest }: Remote): Remote => ({
  ...rest,
  ...(offer === undefined ? {} : { offer }),
  description: {
    ...description,
    media: description.media.map((media) =>
      (media.mid ?? '') === '' ? { ...media, mid: offer?.media[media.index]?.mid } : media,
    ),
  },
});

export const valueOf = (remote: Remote, media: MediaSection, name: string): string | undefined =>
  inherited(media, remote.description.session, name);

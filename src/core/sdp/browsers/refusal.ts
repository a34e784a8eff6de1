/**
 * Why a browser refuses a description. The rules beside this file were found by putting changed descriptions to real
 * browsers: `tests/fixtures/make/sdp/refusals.ts` does it again, with other changes, and says where a rule is wrong.
 */
import type { SdpLine } from '../lines.ts';
import { inherited, type Description, type Group, type MediaSection } from '../structure.ts';

/** The DOM name of the exception that a promise is rejected with. */
export type ErrorName =
  'OperationError' | 'InvalidAccessError' | 'InvalidParameterError' | 'InvalidModificationError';

export interface Refusal {
  readonly error: ErrorName;
  readonly reason: string;
  /** The number of the guilty line. */
  readonly line?: number;
}

/** The two descriptions that are in force while another is negotiated. */
export interface InForce {
  /** Of the browser that is asked. */
  readonly mine: Description;
  /** Of its peer. */
  readonly theirs: Description;
}

/** A description that a browser gets from the other side. */
export interface Remote {
  readonly text: string;
  readonly description: Description;
  readonly type: 'offer' | 'answer';
  /** What the browser has offered, when this is the answer to it. */
  readonly offer?: Description;
  /** Undefined in a first negotiation. */
  readonly inForce?: InForce;
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

const groupsByMid = new WeakMap<readonly Group[], ReadonlyMap<string, Group>>();

/** The BUNDLE group that a section is in: the first that names it. */
export function groupOf(description: Description, { mid }: MediaSection): Group | undefined {
  let byMid = groupsByMid.get(description.groups);
  if (byMid === undefined) {
    const entries = bundleGroups(description).flatMap((group) => group.ids.map((id) => [id, group] as const));
    byMid = new Map(entries.toReversed());
    groupsByMid.set(description.groups, byMid);
  }
  return mid === undefined ? undefined : byMid.get(mid);
}

/** Whether a section is in a BUNDLE group, and not its first member, whose transport it uses. */
export const isLater = (description: Description, media: MediaSection): boolean => {
  const group = groupOf(description, media);
  return group !== undefined && group.ids[0] !== media.mid;
};

export const isAudioOrVideo = ({ kind }: MediaSection): boolean => kind === 'audio' || kind === 'video';

export const valueOf = (remote: Remote, media: MediaSection, name: string): string | undefined =>
  inherited(media, remote.description.session, name);

/** Groups that were negotiated before. */
export const groupsInForce = ({ inForce }: Remote): readonly (readonly string[])[] => {
  if (inForce === undefined) return [];
  const mine = new Set(bundleGroups(inForce.mine).flatMap(({ ids }) => ids));
  return bundleGroups(inForce.theirs).map(({ ids }) => ids.filter((id) => mine.has(id)));
};

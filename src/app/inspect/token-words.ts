/** What is said of one selected value. */
import {
  habitOf,
  priorityParts,
  recommendedTypePreference,
  typeOfPreference,
  type PriorityParts,
} from '../../core/sdp/priority.ts';
import { parseCandidate } from '../../core/sdp/candidate.ts';
import type { SdpLine } from '../../core/sdp/lines.ts';
import type { Token } from '../../core/sdp/reader.ts';
import { cite, type Cite } from '../../core/base/cite.ts';
import { sentence } from './facts.ts';
import { type CandidateKind } from './pieces.ts';
import { shown } from '../format/shown.ts';

export const PRIORITY_RULE: Cite = cite('RFC 8445', '5.1.2.1');

/** Role in bold, then the value in words; a text that begins with its role does not say it twice. */
export function saidOf({ role, explanation }: Token): { readonly head: string; readonly rest: string } {
  const words = shown(explanation, 1000);
  if (words.toLowerCase().startsWith(`${role} `))
    return { head: sentence(role), rest: `${words.slice(role.length)}.` };
  const end = /[.!?…]$/.test(words) ? '' : '.';
  return { head: `${sentence(role)}.`, rest: ` ${sentence(words)}${end}` };
}

/** `, value 4 of 9`: where a token stands among the values of its line; nothing for a line's type and name. */
export function whichValue(tokens: readonly Token[], token: Token): string {
  const values = tokens.filter(({ role }) => role !== 'type' && role !== 'name');
  const at = values.indexOf(token);
  return at < 0 || values.length < 2 ? '' : `, value ${at + 1} of ${values.length}`;
}

export interface Priority extends PriorityParts {
  /** The component that the line itself names. */
  readonly named: number | undefined;
}

/** Undefined for what is no priority. */
export function readPriority(text: string, line: SdpLine): Priority | undefined {
  const value = Number(text);
  if (!/^\d{1,10}$/.test(text) || value > 0xffffffff) return undefined;
  return { ...priorityParts(value), named: parseCandidate(line.raw)?.component };
}

export const KIND_WORDS: Readonly<Record<CandidateKind, string>> = {
  host: 'host',
  srflx: 'server reflexive',
  prflx: 'peer reflexive',
  relay: 'relayed',
};

/** Whether a priority was made as RFC 8445 section 5.1.2 recommends, as far as the line tells. */
export function judgePriority(
  { typePreference, component, named }: Priority,
  kind: CandidateKind | undefined,
): string {
  if (named !== undefined && named !== component)
    return `This would be component ${component}, but the line says ${named}: the priority was made by another rule.`;
  if (kind === undefined) return '';
  const usual = recommendedTypePreference[kind];
  if (usual === typePreference)
    return `${usual} is the type preference recommended for ${KIND_WORDS[kind]} candidates.`;
  const habit = habitOf(typePreference);
  const chosen =
    habit?.type === kind
      ? `${habit.whose} gives ${typePreference} to those ${habit.type === 'relay' ? `reached by ${habit.way}` : habit.way}`
      : `this side chose ${typePreference}`;
  return `For ${KIND_WORDS[kind]} candidates ${usual} is recommended; ${chosen}.`;
}

/** The kind that a preference stands for, in words. */
export function preferenceInWords(preference: number): string {
  const kind = typeOfPreference(preference) ?? habitOf(preference)?.type;
  return kind === undefined ? 'its own choice' : KIND_WORDS[kind];
}

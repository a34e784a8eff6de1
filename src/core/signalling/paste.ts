/** Finds the letter in whatever somebody pasted, and says plainly what is wrong when it is not the one that is awaited. */
import { fail, ok, type Result } from '../base/result.ts';
import { readPaste } from '../sdp/read-paste.ts';
import { guessType, readDescription } from '../sdp/structure.ts';
import { type Damage, type CodeContent, descriptionId, readCode } from './code.ts';

/** What somebody pasted, once it could be read. */
export interface Pasted extends CodeContent {
  /** What was done to read it, in sentences. */
  readonly notices: readonly string[];
}

export type PasteFault =
  | 'empty'
  | 'foreign'
  | 'room'
  | 'candidates'
  | 'two'
  | 'newer'
  | 'truncated'
  | 'altered'
  | 'own'
  | 'offer-for-answer'
  | 'answer-for-offer'
  | 'other-letter'
  | 'stale';

export interface PasteProblem {
  readonly fault: PasteFault;
  /** What was found. */
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
}

/** What this side waits for. */
export interface Awaited {
  readonly kind: 'offer' | 'answer';
  /** The description that this side wrote itself; null before it wrote one. */
  readonly own: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How old a letter may be, in ms. */
  readonly timeout: number;
}

/** Characters. */
const LONGEST = 100_000;
/** What chats, mail and word processors put between or around: white space, quotes, markers, invisible characters. */
const NOISE = String.raw`[\s>|*_~\u0060'"“”„‟‘’‚«»‹›\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff\\]`;
const MARKER = new RegExp(`#${NOISE}*/${NOISE}*j${NOISE}*/`, 'g');
const WORD = new RegExp(`(?<![0-9A-Za-z])[0-9]${NOISE}*[oa](?:${NOISE}*[0-9A-Za-z…]){24,}`);
/** The version, and which letter it is. */
const BEGINNING = /^[0-9][oa]/;
/** Characters of what could still be a letter. */
const SHORTEST = 26;
const AFTER_MARKER = new RegExp(`^${NOISE}*((?:[0-9A-Za-z…]${NOISE}*)+)`);
/** In the address of a room. */
const ROOM = /#\/\?room=[\w-]{22}/;
const INNER_NOISE = new RegExp(NOISE, 'g');

export function readPasted(text: string): Result<Pasted, PasteProblem> {
  if (text.trim() === '') return wrong('empty');
  if (text.length > LONGEST) return wrong('foreign');
  const found = findWord(text);
  if (found === null) return readPlain(text);
  const word = found.replace(INNER_NOISE, '');
  if (word === '') return wrong('truncated', 'Only the address before it is here.');
  if (!BEGINNING.test(word)) return wrong(word.length < SHORTEST ? 'foreign' : 'altered');
  if (word.includes('…')) return wrong('truncated', 'The middle is missing: “…” stands for it.');
  const opened = readCode(word);
  if (!opened.ok) return damaged(opened.error);
  const isBroken = withoutEnd(found) !== word;
  const notices =
    isBroken && found.length > word.length
      ? ['Line breaks and signs that a chat put in were taken out.']
      : [];
  return ok({ ...opened.value, notices });
}

/** Without the blanks, quotes and markers that a chat puts behind it. */
function withoutEnd(text: string): string {
  let end = text.trimEnd().length;
  while (end > 0 && `"'”’»>*_~`.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** After the last `#/j/`, or the first word that looks like a letter. */
function findWord(text: string): string | null {
  const marker = [...text.matchAll(MARKER)].at(-1);
  if (marker) return AFTER_MARKER.exec(text.slice(marker.index + marker[0].length))?.[1] ?? '';
  return /^\s*(?:v=|\{|\[)/.test(text) ? null : (WORD.exec(text)?.[0] ?? null);
}

/** A description that was never a letter: raw SDP, or JSON of it. */
function readPlain(text: string): Result<Pasted, PasteProblem> {
  if (ROOM.test(text)) return wrong('room');
  const straight = text.replace(/[“”„‟]/g, '"').replace(/[‘’‚]/g, "'");
  const paste = readPaste(straight.replace(/^[ \t]*(?:>[ \t]*)+/gm, ''));
  if (!paste.ok) return wrong('foreign');
  const { descriptions, candidates } = paste.value;
  const [first, second] = descriptions;
  if (second) return wrong('two');
  if (candidates.length > 0 || first?.complete === false) return wrong('candidates');
  const kind = first?.type ?? (first ? guessType(readDescription(first.sdp)) : undefined);
  if (!first || (kind !== 'offer' && kind !== 'answer')) return wrong('foreign');
  const sdp = `${first.sdp.trim().replace(/\r?\n/g, '\r\n')}\r\n`;
  return ok({
    kind,
    sdp,
    writtenAt: null,
    answers: null,
    notices: [
      'This is plain SDP, not a letter: it has no checksum and no date.',
      ...(straight === text ? [] : ['Typographic quotes were made straight again.']),
    ],
  });
}

/** Whether it is the letter that this side waits for. */
export function judge(code: CodeContent, awaited: Awaited): PasteProblem | null {
  const { kind, own } = awaited;
  if (code.sdp === own) return problem('own', ownWords(code.kind));
  if (code.kind !== kind) return problem(code.kind === 'offer' ? 'offer-for-answer' : 'answer-for-offer');
  if (code.answers !== null && code.answers !== 0 && own !== null && code.answers !== descriptionId(own))
    return problem('other-letter');
  const age = ageOf(code, awaited.now);
  return age !== null && age > awaited.timeout ? problem('stale', `It was written ${ago(age)} ago.`) : null;
}

/** Milliseconds, by two clocks that may differ; null where nothing is known. */
export const ageOf = ({ writtenAt }: CodeContent, now: number): number | null =>
  writtenAt === null ? null : Math.max(0, now - writtenAt);

/** `40 s`, `3 minutes`, `2 hours`, `5 days`. */
export function ago(age: number): string {
  const seconds = Math.round(age / 1000);
  if (seconds < 100) return `${seconds} s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} minutes`;
  return seconds < 48 * 3600 ? `${Math.round(seconds / 3600)} hours` : `${Math.round(seconds / 86_400)} days`;
}

const ownWords = (kind: CodeContent['kind']): string => `This is your own letter, the ${kind}.`;

function damaged(damage: Damage): Result<never, PasteProblem> {
  switch (damage.is) {
    case 'newer':
      return wrong('newer', `It is of version ${damage.version}; this page reads version 1.`);
    case 'truncated':
      return wrong(
        'truncated',
        damage.missing === null ? undefined : `Of its end ${damage.missing} characters are missing.`,
      );
    case 'altered':
      return wrong(
        'altered',
        damage.how === 'lower case' ? 'Capital letters have become small ones.' : undefined,
      );
  }
}

const WORDS: Readonly<Record<PasteFault, readonly [message: string, advice: string]>> = {
  empty: ['There is nothing to read.', 'Copy the whole letter on the other device, then paste it here.'],
  foreign: [
    'This is not a letter of Icescope, and not SDP either.',
    'On the other device press Copy beside its letter, then paste it here.',
  ],
  room: [
    'This is the link of a room, not a letter.',
    'Open it as an address: then both devices meet in that room, and no letter is needed.',
  ],
  candidates: [
    'These are only parts of a description.',
    'Paste the whole: an offer or an answer, from “v=0” on, with its candidates in it.',
  ],
  two: ['There are two descriptions in this.', 'Paste only the one from the other device.'],
  newer: [
    'The other device writes letters of another version.',
    'Load the same version of Icescope on both devices.',
  ],
  truncated: ['Part of the letter is missing.', 'Copy it again, all of it: it is one long word.'],
  altered: [
    'The letter was changed on its way: its checksum does not fit.',
    'Copy it again. A chat that corrects spelling may do this; send it as code, or use the QR code.',
  ],
  own: ['This is your own letter.', 'It goes to the other device. What that device writes comes here.'],
  'offer-for-answer': [
    'This is an offer, and an answer is awaited: both devices have written an offer.',
    'One of the two begins again and pastes the other’s offer first.',
  ],
  'answer-for-offer': [
    'This is an answer, and there is no offer of yours that it could answer.',
    'Paste it where the offer was written: that page must still be open. Or write a new letter here.',
  ],
  'other-letter': [
    'This answers another letter than yours: one from before, or of somebody else.',
    'Give the letter that you see now to the other device, and paste what it writes then.',
  ],
  stale: [
    'This letter is too old.',
    'ICE on the other device has given up by now, or soon will. Begin again with a new letter.',
  ],
};

function problem(fault: PasteFault, found?: string): PasteProblem {
  const [message, advice] = WORDS[fault];
  const says = fault === 'own' && found ? found : found ? `${message} ${found}` : message;
  return { fault, message: says, advice };
}

const wrong = (fault: PasteFault, found?: string): Result<never, PasteProblem> => fail(problem(fault, found));

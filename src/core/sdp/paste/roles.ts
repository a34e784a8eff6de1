/** Which of the descriptions is the offer: words decide before order, order before guesses. */
import { guessType, readDescription, type Description, type DescriptionType } from '../structure.ts';
import type { FoundDescription } from './paste.ts';

const WORDS = /(pr)?(offer|answer)/gi;

/** What the words before a description call it: the last of them counts. `setLocalDescription(offer)`, `Answer:`. */
export function typeInWords(words: string): DescriptionType | undefined {
  const near = words.slice(-2000);
  const last = [...near.matchAll(WORDS)].at(-1);
  return last === undefined ? messageType(near) : typeOfWord(last[0]);
}

/** `type: 'offer'` among what is printed with a description. */
export function typeInFields(words: string): DescriptionType | undefined {
  const match = /\btype["']?\s*[:=]\s*["']?(offer|answer|pranswer)\b/i.exec(words.slice(0, 2000));
  return match === null ? undefined : typeOfWord(match[1]!);
}

const typeOfWord = (word: string): DescriptionType => {
  const small = word.toLowerCase();
  return small === 'offer' || small === 'answer' ? small : 'pranswer';
};

/** The first description of a request is the offer; a response answers, a provisional one provisionally (RFC 3264). */
function messageType(words: string): DescriptionType | undefined {
  const start = [
    ...words.matchAll(
      /\b(INVITE|UPDATE|POST) [^ \r\n]+ (?:SIP|HTTP)\/|\b(SIP\/2\.0 1)?(?:SIP|HTTP)\/[0-9.]+ [0-9]{3}/g,
    ),
  ].at(-1);
  if (start === undefined) return undefined;
  if (start[1] !== undefined) return 'offer';
  return /SIP\/2\.0 1[0-9]{2}$/.test(start[0]) ? 'pranswer' : 'answer';
}

/** Each description with its type, as far as words, order and setup lines tell. */
export function withTypes(descriptions: readonly FoundDescription[]): readonly FoundDescription[] {
  const [first, second, ...more] = descriptions;
  if (first === undefined || second === undefined || more.length > 0)
    return descriptions.map((description) => ({
      ...description,
      type: description.type ?? guessed(description),
    }));
  const [a, b] = typesOfTwo(first, second);
  return [
    { ...first, type: a },
    { ...second, type: b },
  ];
}

type Types = readonly [DescriptionType | undefined, DescriptionType | undefined];

function typesOfTwo(first: FoundDescription, second: FoundDescription): Types {
  if (first.type !== undefined || second.type !== undefined)
    return [first.type ?? opposite(second.type), second.type ?? opposite(first.type)];
  if (!first.complete || !second.complete) return [guessed(first), guessed(second)];
  const [a, b] = [read(first), read(second)];
  const guesses: Types = [guessType(a), guessType(b)];
  if (sameSession(a, b)) return guesses;
  return guesses[0] === 'answer' && guesses[1] === 'offer' ? guesses : ['offer', 'answer'];
}

const read = ({ excerpt }: FoundDescription): Description => readDescription(excerpt.text);

const guessed = (description: FoundDescription): DescriptionType | undefined =>
  description.complete ? guessType(read(description)) : undefined;

const opposite = (type: DescriptionType | undefined): DescriptionType | undefined =>
  type === 'offer' ? 'answer' : type === undefined || type === 'rollback' ? undefined : 'offer';

/** Two descriptions of one side, one after the other: the same user name and session id in o= (RFC 8866, section 5.2). */
function sameSession(a: Description, b: Description): boolean {
  const [one, other] = [a, b].map(({ session }) =>
    session.lines
      .find(({ type }) => type === 'o')
      ?.value.split(' ', 2)
      .join(' '),
  );
  return one !== undefined && one === other && one !== '- 0' && one !== '- 1';
}

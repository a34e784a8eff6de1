/** t=, r=, z=: when a session takes place. RFC 8866 sections 5.9 to 5.11. */
import { isDigits, visible } from '../grammar.ts';
import type { Reader, Word } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { lineType } from './doc.ts';

/** Seconds from 1900, where NTP begins to count, to 1970. */
const NTP_TO_UNIX = 2208988800;
const TYPED_TIME = /^-?[0-9]+[dhms]?$/;

export const timing = lineType({
  name: 't',
  level: 'session',
  rfc: cite('RFC 8866', '5.9'),
  example: 't=0 0',
  explain: (reader) => {
    const [start, stop, ...rest] = reader.words();
    time(reader, start, 'start', 'no beginning: the session is permanent');
    time(reader, stop, 'stop', 'no end');
    reader.surplus(rest);
    if (start?.text === '0' && stop?.text === '0')
      return 'The session has no fixed time; it is permanent, as in each offer and answer.';
    if (start && stop && stop.text !== '0' && Number(stop.text) < Number(start.text))
      reader.warn(
        'the session stops before it starts',
        reader.value,
        'The stop time comes after the start time, or is 0.',
      );
    return 'When the session starts and stops.';
  },
});

function time(reader: Reader, word: Word | undefined, role: string, zero: string): void {
  const text = reader.need(word, `${role} time`, (digits) =>
    digits === '0' ? zero : ntpInWords(role, digits),
  );
  if (word !== undefined && !isDigits(text))
    reader.error(`the ${role} time "${visible(text)}" is not a number`, word);
  else if (word !== undefined && text !== '0' && text.length < 10)
    reader.warn(
      `the ${role} time ${text} is not a time of today`,
      word,
      'A time other than 0 has at least ten digits: seconds since 1900.',
    );
}

function ntpInWords(role: string, digits: string): string {
  const seconds = Number(digits) - NTP_TO_UNIX;
  if (!isDigits(digits) || seconds < 0 || seconds > 8e12) return `${role} "${visible(digits)}": not a time`;
  return `${role}: ${new Date(seconds * 1000).toISOString().replace('.000Z', ' UTC').replace('T', ' ')}`;
}

export const repeat = lineType({
  name: 'r',
  level: 'session',
  rfc: cite('RFC 8866', '5.10'),
  example: 'r=7d 1h 0 25h',
  explain: (reader) => {
    const [interval, duration, ...offsets] = reader.words();
    typedTime(reader, interval, 'repeat interval', 'it repeats every');
    typedTime(reader, duration, 'active duration', 'each time for');
    for (const offset of offsets) typedTime(reader, offset, 'offset', 'starting after');
    if (offsets.length === 0)
      reader.warn(
        'the offsets are missing',
        reader.value,
        'At least one offset from the start time is expected.',
      );
    return 'When the session repeats.';
  },
});

function typedTime(reader: Reader, word: Word | undefined, role: string, phrase: string): void {
  const text = reader.need(word, role, (value) => `${phrase} ${inWords(value)}`);
  if (word !== undefined && !TYPED_TIME.test(text))
    reader.error(`the ${role} "${visible(text)}" is not a length of time`, word);
}

const UNITS: ReadonlyMap<string, string> = new Map([
  ['d', 'days'],
  ['h', 'hours'],
  ['m', 'minutes'],
  ['s', 'seconds'],
]);

function inWords(value: string): string {
  const unit = UNITS.get(value.at(-1) ?? '');
  const amount = unit === undefined ? value : value.slice(0, -1);
  const units = unit ?? 'seconds';
  return `${visible(amount)} ${/^-?1$/.test(amount) ? units.slice(0, -1) : units}`;
}

export const zones = lineType({
  name: 'z',
  level: 'session',
  rfc: cite('RFC 8866', '5.11'),
  example: 'z=2882844526 -1h 2898848070 0',
  explain: (reader) => {
    const words = reader.words();
    words.forEach((word, index) => {
      if (index % 2 === 0) time(reader, word, 'adjustment', 'the beginning');
      else typedTime(reader, word, 'offset', 'from then on the clock differs by');
    });
    if (words.length % 2 === 1)
      reader.error('the offset is missing', words.at(-1), 'Each adjustment time needs one.');
    return 'Changes of the clock (summer time) that repeated sessions must follow.';
  },
});

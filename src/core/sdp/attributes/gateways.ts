/** What telephone gateways and media relays write: RFC 3108, V.152, rtpproxy. */
import { describeAddress, visible } from '../grammar.ts';
import { cite } from '../../base/cite.ts';
import type { Word } from '../reader.ts';
import { attribute, type AttributeDoc } from './doc.ts';
import { count, oneOf, orNothing, part, readPart, wordsOf, type Part } from './parts.ts';

/** RFC 3108 writes numbers in decimal or with 0x. */
const decimalOrHex = (role: string, says: (value: number) => string): Part => ({
  role,
  says: (text) =>
    /^(?:0x[0-9A-Fa-f]+|[0-9]+)$/.test(text) ? says(Number(text)) : `"${visible(text)}" is not a number`,
  valid: (text) => /^(?:0x[0-9A-Fa-f]+|[0-9]+)$/.test(text),
  expected: 'a number, or - for nothing said',
});

const SILENCE: readonly Part[] = [
  oneOf('silence suppression', {
    on: 'silence is not sent',
    off: 'silence is sent like sound',
    '-': 'silence suppression: nothing is said',
  }),
  orNothing(decimalOrHex('silence timer', (value) => `after ${value} ms without sound`)),
  orNothing(
    oneOf('preferred way', { standard: 'as the codec itself does it', custom: 'in a way of its own' }),
  ),
  orNothing(
    oneOf('silence insertion', {
      'No SID': 'nothing is sent in silence (No SID)',
      'Fixed Noise': 'the receiver plays noise of a fixed level',
      'Sampled Noise': 'the receiver plays noise like that of the sender',
    }),
  ),
  orNothing(decimalOrHex('noise level', (value) => `noise of -${value} dBm0`)),
];

/** Words between quotation marks are one; the marks are part of its place and not of its text. */
function quotedWords(value: Word): readonly Word[] {
  return Array.from(value.text.matchAll(/"([^"]*)"|[^ "]+/g), (match) => ({
    text: match[1] ?? match[0],
    start: value.start + match.index,
    end: value.start + match.index + match[0].length,
  }));
}

const silenceSupp = attribute({
  name: 'silenceSupp',
  rfc: cite('RFC 3108', '5.6.3'),
  example: 'a=silenceSupp:off - - - -',
  explain: (reader) => {
    const words = quotedWords(reader.value);
    SILENCE.forEach((one, index) => readPart(reader, words[index], one));
    reader.surplus(words.slice(SILENCE.length));
    const [first] = words;
    return first?.text === 'on'
      ? 'This side sends nothing, or less, while nobody speaks.'
      : 'Whether silence is sent, and what is played in its place.';
  },
});

const ecan = wordsOf({
  name: 'ecan',
  rfc: cite('RFC 3108', '5.6.3'),
  example: 'a=ecan:fb on -',
  parts: [
    oneOf('direction', { f: 'forward', b: 'backward', fb: 'in both directions' }),
    oneOf('echo cancelling', {
      on: 'echo is cancelled',
      off: 'echo is not cancelled',
      '-': 'nothing is said',
    }),
    orNothing(oneOf('kind', { G165: 'after ITU-T G.165', G168: 'after ITU-T G.168' })),
  ],
  sentence: 'Whether the gateway cancels the echo of the telephone line.',
});

const gpmd = wordsOf({
  name: 'gpmd',
  rfc: cite('ITU-T V.152', '7'),
  example: 'a=gpmd:96 vbd=yes',
  parts: [part('format', (text) => `for the payload type ${visible(text)}`)],
  rest: part('setting', (text) =>
    /^vbd=yes;?$/i.test(text)
      ? 'it carries modem and fax tones (voice-band data)'
      : /^vbd=no;?$/i.test(text)
        ? 'it carries no modem or fax tones'
        : `the setting ${visible(text)}`,
  ),
  sentence:
    'What a telephone gateway uses a codec for: modems and fax need one that does not change their tones.',
});

const nortpproxy = wordsOf({
  name: 'nortpproxy',
  level: 'both',
  rfc: cite('RFC 8866', '5.13'),
  example: 'a=nortpproxy:yes',
  parts: [
    oneOf('relay', {
      yes: 'a relay is in the way already: a second one stays out',
      no: 'no relay is in the way yet',
    }),
  ],
  sentence: 'A mark of rtpproxy, so that two proxies on the way do not both put in a relay.',
});

const oldMediaIp = wordsOf({
  name: 'oldmediaip',
  level: 'both',
  rfc: cite('RFC 8866', '5.13'),
  example: 'a=oldmediaip:192.0.2.7',
  parts: [part('address', describeAddress)],
  sentence: 'The address that stood in c= before rtpproxy wrote its own.',
});

const oldDirection = wordsOf({
  name: 'direction',
  level: 'both',
  rfc: cite('RFC 4145', '4'),
  example: 'a=direction:active',
  parts: [
    oneOf('role', {
      active: 'this side opens the connection',
      passive: 'this side waits for the connection',
      both: 'either side may open the connection',
    }),
  ],
  rest: count('port', (value) => `from the port ${value}`, 65535),
  sentence: 'Who opens the connection, as an old draft wrote it; today this is a=setup.',
});

export const gateways: readonly AttributeDoc[] = [
  silenceSupp,
  ecan,
  gpmd,
  nortpproxy,
  oldMediaIp,
  oldDirection,
];

/** ptime, maxptime, framerate, quality: RFC 8866 sections 6.4, 6.5, 6.13, 6.14. */
import { visible } from '../grammar.ts';
import type { Reader } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { attribute } from './doc.ts';

/** non-zero-int-or-real of RFC 8866 section 9. */
const POSITIVE = /^(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)$/;

function positive(reader: Reader, role: string, says: (value: string) => string): void {
  const [word, ...rest] = reader.words();
  const text = reader.need(word, role, (value) =>
    POSITIVE.test(value) ? says(value) : `"${visible(value)}" is not a number`,
  );
  if (word !== undefined && (!POSITIVE.test(text) || Number(text) === 0))
    reader.error(`the ${role} "${visible(text)}" is not a number above 0`, word);
  reader.surplus(rest);
}

export const ptime = attribute({
  name: 'ptime',
  single: true,
  rfc: cite('RFC 8866', '6.4'),
  example: 'a=ptime:20',
  explain: (reader) => {
    positive(reader, 'packet time', (value) => `${value} ms of sound in each packet`);
    return 'How much sound this side would like in each packet.';
  },
});

export const maxptime = attribute({
  name: 'maxptime',
  single: true,
  rfc: cite('RFC 8866', '6.5'),
  example: 'a=maxptime:60',
  explain: (reader) => {
    positive(reader, 'maximum packet time', (value) => `at most ${value} ms of sound in each packet`);
    return 'How much sound a packet may hold at most.';
  },
});

export const minptime = attribute({
  name: 'minptime',
  single: true,
  rfc: cite('libwebrtc', 'pc/webrtc_sdp.cc'),
  example: 'a=minptime:10',
  explain: (reader) => {
    positive(reader, 'minimum packet time', (value) => `at least ${value} ms of sound in each packet`);
    return 'How much sound a packet should hold at least. Not registered; Opus has it as an fmtp parameter.';
  },
});

export const framerate = attribute({
  name: 'framerate',
  single: true,
  rfc: cite('RFC 8866', '6.13'),
  example: 'a=framerate:29.97',
  explain: (reader) => {
    positive(reader, 'frame rate', (value) => `at most ${value} frames a second`);
    return 'How many frames a second this side would like at most.';
  },
});

export const quality = attribute({
  name: 'quality',
  single: true,
  rfc: cite('RFC 8866', '6.14'),
  example: 'a=quality:10',
  explain: (reader) => {
    const [word, ...rest] = reader.words();
    reader.integer(
      word,
      'quality',
      { min: 0, max: 10 },
      (n) => `${n} on a scale from 0 (least) to 10 (best)`,
    );
    reader.surplus(rest);
    return 'How good still pictures should be.';
  },
});

export const maxprate = attribute({
  name: 'maxprate',
  level: 'both',
  single: true,
  rfc: cite('RFC 3890', '6.3'),
  example: 'a=maxprate:100.00',
  explain: (reader) => {
    positive(reader, 'packet rate', (value) => `at most ${value} packets a second`);
    return 'How many packets a second are sent at most.';
  },
});

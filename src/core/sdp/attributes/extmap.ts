/** a=extmap: a number for an RTP header extension. RFC 8285 sections 5 and 8, RFC 6904 (encrypted). */
import { integerIn, visible } from '../grammar.ts';
import type { Reader, Word } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { attribute } from './doc.ts';

const RTP = 'urn:ietf:params:rtp-hdrext:';
const WEBRTC = 'http://www.webrtc.org/experiments/rtp-hdrext/';

/** What each header extension carries, by its URI. */
const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  [`${RTP}ssrc-audio-level`, 'how loud the sound in each packet is (RFC 6464)'],
  [`${RTP}csrc-audio-level`, 'how loud each mixed source is (RFC 6465)'],
  [`${RTP}toffset`, 'when a packet was sent, apart from its timestamp (RFC 5450)'],
  [`${RTP}smpte-tc`, 'SMPTE time codes (RFC 5484)'],
  [`${RTP}ntp-64`, 'synchronization times (RFC 6051)'],
  [`${RTP}ntp-56`, 'synchronization times (RFC 6051)'],
  [`${RTP}encrypt`, 'encrypted header extensions (RFC 6904)'],
  [`${RTP}splicing-interval`, 'when another stream is spliced in (RFC 8286)'],
  [`${RTP}framemarking`, 'what frame a packet belongs to (RFC 9626)'],
  [`${RTP}vla`, 'which layers are sent, at what rate'],
  [`${RTP}sdes:mid`, 'the mid of the section that a packet belongs to (RFC 9143)'],
  [`${RTP}sdes:rtp-stream-id`, 'the rid of the simulcast stream (RFC 8852)'],
  [`${RTP}sdes:repaired-rtp-stream-id`, 'the rid of the stream that a packet repairs (RFC 8852)'],
  [`${RTP}sdes:cname`, 'the CNAME of the source (RFC 7941)'],
  [`${RTP}sdes:CaptId`, 'the CLUE capture (RFC 8849)'],
  ['urn:3gpp:video-orientation', 'how the camera is turned (3GPP TS 26.114)'],
  ['urn:3gpp:video-orientation:6', 'how the camera is turned, finer (3GPP TS 26.114)'],
  [`${WEBRTC}abs-send-time`, 'when a packet was sent, for bandwidth estimation (Google)'],
  [`${WEBRTC}abs-capture-time`, 'when a frame was captured (Google)'],
  [`${WEBRTC}playout-delay`, 'how long the receiver should wait (Google)'],
  [`${WEBRTC}video-content-type`, 'whether it is a screen or a camera (Google)'],
  [`${WEBRTC}video-timing`, 'where the time goes in the pipeline (Google)'],
  [`${WEBRTC}color-space`, 'the colour space of a frame (Google)'],
  [`${WEBRTC}transport-wide-cc-02`, 'a number counting all packets, with a request for feedback (Google)'],
  [
    `${WEBRTC}generic-frame-descriptor-00`,
    'which frames a frame depends on, for end-to-end encryption (Google)',
  ],
  [`${WEBRTC}generic-frame-descriptor-01`, 'which frames a frame depends on (Google)'],
  [`${WEBRTC}video-layers-allocation00`, 'which simulcast layers are sent, at what rate (Google)'],
  [`${WEBRTC}video-frame-tracking-id`, 'a number for each frame, for tests (Google)'],
  [`${WEBRTC}corruption-detection`, 'samples of the picture, to notice damage (Google)'],
  [`${WEBRTC}inband-cn`, 'comfort noise inside the stream (Google)'],
  [
    'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
    'a number counting all packets, for bandwidth estimation',
  ],
  ['http://tools.ietf.org/html/draft-ietf-avtext-framemarking-07', 'what frame a packet belongs to'],
  [
    'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
    'which frames a frame depends on (AV1)',
  ],
  ['http://example.com/082005/ext.htm#ttime', 'an example extension of RFC 8285'],
]);

/** RFC 6464 section 4. */
const SETTINGS: ReadonlyMap<string, string> = new Map([
  ['vad=on', 'vad=on: a bit says whether there is a voice'],
  ['vad=off', 'vad=off: the bit for a voice is not used'],
]);

const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ['sendonly', 'sendonly: this side sends it and does not want to get it'],
  ['recvonly', 'recvonly: this side wants to get it and does not send it'],
  ['sendrecv', 'sendrecv: this side sends it and wants to get it'],
  ['inactive', 'inactive: not used now, the number is kept'],
]);

export const extmap = attribute({
  name: 'extmap',
  level: 'both',
  rfc: cite('RFC 8285', '8'),
  example: 'a=extmap:3/sendonly urn:ietf:params:rtp-hdrext:sdes:mid',
  explain: (reader) => {
    const [entry, uri, ...rest] = reader.words();
    const id = readEntry(reader, entry);
    readUri(reader, uri);
    const encrypted = uri?.text === `${RTP}encrypt`;
    if (encrypted) readUri(reader, rest[0]);
    for (const word of encrypted ? rest.slice(1) : rest)
      reader.token(
        word,
        'extension attribute',
        SETTINGS.get(word.text) ?? `the setting ${visible(word.text)}`,
      );
    const what =
      EXTENSIONS.get((encrypted ? rest[0]?.text : uri?.text) ?? '') ??
      'an extension that this program does not know';
    return `RTP header extension ${visible(id)}: ${what}.`;
  },
});

function readEntry(reader: Reader, word: Word | undefined): string {
  if (word === undefined) {
    reader.error('the number of the extension is missing');
    return '?';
  }
  const [id, direction, ...rest] = reader.split(word, '/');
  reader.integer(id, 'extension id', { min: 0, max: 65535 }, idInWords);
  checkId(reader, id!);
  if (direction !== undefined) {
    reader.token(direction, 'direction', DIRECTIONS.get(direction.text) ?? `"${visible(direction.text)}"`);
    if (!DIRECTIONS.has(direction.text))
      reader.error(`"${visible(direction.text)}" is not a direction`, direction);
  }
  reader.surplus(rest);
  return id!.text;
}

function idInWords(id: number): string {
  if (id >= 4096) return `number ${id}: offered as one of several choices, not usable itself`;
  if (id <= 14) return `number ${id} in the packets`;
  return id === 15
    ? 'number 15 in the packets: reserved in one-byte headers, so it needs two-byte headers'
    : `number ${id} in the packets: above 14, so they need two-byte headers`;
}

function checkId(reader: Reader, word: Word): void {
  const id = integerIn(word.text, 0, 65535);
  if (id === undefined) return;
  if (id === 0 || (id > 255 && id < 4096) || id > 4351)
    reader.error(
      `${id} can not be the number of an extension`,
      word,
      'Numbers are 1 to 255, or 4096 to 4351 in an offer of alternatives.',
    );
  else if (id === 15)
    reader.warn(
      'the number 15 is reserved',
      word,
      'In one-byte headers it means that no more extensions follow. Firefox refuses it; take 1 to 14.',
    );
}

function readUri(reader: Reader, word: Word | undefined): void {
  const uri = reader.need(
    word,
    'extension URI',
    (text) => EXTENSIONS.get(text) ?? `the extension ${visible(text)}`,
  );
  if (word === undefined) return;
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:./.test(uri)) reader.warn(`"${visible(uri)}" is not a URI`, word);
}

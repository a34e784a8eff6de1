/** a=rtpmap: which codec a payload type stands for. RFC 8866 section 6.6. */
import { integerIn, isToken, visible } from '../grammar.ts';
import { PAYLOAD_TYPE, type Range, type Reader, type Word } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { payloadInWords } from './codecs/summary.ts';
import { attribute } from './doc.ts';

const CODECS: ReadonlyMap<string, string> = new Map([
  ['opus', 'Opus, the audio codec of WebRTC (RFC 7587)'],
  ['pcmu', 'G.711 µ-law telephone audio'],
  ['pcma', 'G.711 A-law telephone audio'],
  ['g722', 'G.722 audio (16 kHz, though the clock rate says 8000)'],
  ['g729', 'G.729 telephone audio'],
  ['isac', 'iSAC audio, removed from browsers'],
  ['ilbc', 'iLBC audio'],
  ['speex', 'Speex audio'],
  ['l16', 'uncompressed audio of 16 bits'],
  ['l24', 'uncompressed audio of 24 bits'],
  ['cn', 'comfort noise for silence'],
  ['telephone-event', 'key tones (DTMF), RFC 4733'],
  ['red', 'redundancy: older frames are sent once more (RFC 2198)'],
  ['ulpfec', 'forward error correction (RFC 5109)'],
  ['flexfec-03', 'flexible forward error correction, an early draft of RFC 8627'],
  ['flexfec', 'flexible forward error correction (RFC 8627)'],
  ['rtx', 'retransmission of lost packets (RFC 4588)'],
  ['vp8', 'VP8 video (RFC 7741)'],
  ['vp9', 'VP9 video (RFC 9628)'],
  ['av1', 'AV1 video'],
  ['av1x', 'AV1 video, under its experimental name'],
  ['h264', 'H.264 video (RFC 6184)'],
  ['h265', 'H.265 video (RFC 7798)'],
  ['h263', 'H.263 video'],
  ['h263-1998', 'H.263+ video'],
  ['mp4v-es', 'MPEG-4 video'],
  ['mpeg4-generic', 'MPEG-4 audio or video (RFC 3640)'],
  ['raw', 'uncompressed video'],
  ['amr', 'AMR telephone audio'],
  ['amr-wb', 'AMR wideband audio'],
  ['evs', 'EVS audio'],
  ['multiopus', 'Opus with more than two channels (libwebrtc)'],
  ['gsm', 'GSM full rate telephone audio'],
  ['g723', 'G.723.1 telephone audio'],
  ['g726-32', 'G.726 telephone audio'],
  ['g7221', 'G.722.1 audio'],
  ['silk', 'SILK audio'],
  ['mp4a-latm', 'MPEG-4 audio (AAC)'],
  ['mpa', 'MPEG-1 or MPEG-2 audio'],
  ['h261', 'H.261 video'],
  ['h264-svc', 'H.264 video in layers (RFC 6190)'],
  ['jpeg', 'JPEG pictures as video (RFC 2435)'],
  ['mp2t', 'an MPEG-2 transport stream'],
  ['hevc', 'H.265 video, under another name'],
  ['parityfec', 'forward error correction by parity'],
  ['h224', 'H.224 far end camera control (RFC 4573)'],
  ['celt', 'CELT audio, from before Opus'],
  ['siren', 'Siren audio of Microsoft and Polycom'],
  ['x-msrta', 'RTAudio of Microsoft'],
  ['mpv', 'MPEG-1 or MPEG-2 video'],
  ['g726-16', 'G.726 telephone audio'],
  ['g726-24', 'G.726 telephone audio'],
  ['g726-40', 'G.726 telephone audio'],
  ['smpte2022-6', 'uncompressed video as on a studio cable (SMPTE ST 2022-6)'],
  ['vnd.onvif.metadata', 'what a camera has recognised (ONVIF)'],
  ['google-data', 'data channels over RTP, removed from browsers'],
  ['t140', 'real-time text'],
  ['t38', 'fax'],
  ['applelossless', 'Apple Lossless audio'],
]);

/** libwebrtc packs ulpfec so: it adds no copies of pictures. */
const VIDEO_RED = 'a wrapper that carries video and its error correction, ulpfec, in one stream (RFC 2198)';
const OPUS_CHANNELS =
  '2 channels: always written so; stereo in the fmtp line says whether stereo is wanted (RFC 7587 section 7)';

const RATE: Range = { min: 1, max: 4294967295 };

export const rtpmap = attribute({
  name: 'rtpmap',
  rfc: cite('RFC 8866', '6.6'),
  example: 'a=rtpmap:111 opus/48000/2',
  explain: (reader) => {
    const [payload, encoding, ...rest] = reader.words();
    const number = reader.integer(
      payload,
      'payload type',
      PAYLOAD_TYPE,
      (n) => `payload type ${n} in the RTP packets`,
    );
    if (encoding === undefined) reader.error('the codec is missing');
    const name = encoding === undefined ? '?' : readEncoding(reader, encoding);
    reader.surplus(rest);
    const codec =
      payload === undefined || reader.context.settings?.has(payload.text) !== true
        ? visible(name)
        : payloadInWords(reader.context, payload.text, name);
    return `Payload type ${number ?? '?'} stands for ${codec}.`;
  },
});

function readEncoding(reader: Reader, word: Word): string {
  const [name, rate, channels, ...rest] = reader.split(word, '/');
  const codec = name!.text.toLowerCase();
  reader.need(name, 'codec', (text) =>
    codec === 'red' && rate?.text === '90000'
      ? VIDEO_RED
      : (CODECS.get(codec) ?? `the codec ${visible(text)}`),
  );
  if (name!.text !== '' && !isToken(name!.text))
    reader.error(`the codec name "${visible(name!.text)}" has characters that are not allowed in it`, name);
  if (rate === undefined) reader.breaks('the clock rate is missing', word);
  else readRate(reader, rate);
  if (codec === 'opus' && channels?.text === '2') reader.token(channels, 'channels', OPUS_CHANNELS);
  else if (channels !== undefined) readChannels(reader, channels);
  reader.surplus(rest);
  return word.text;
}

function readRate(reader: Reader, word: Word): void {
  if (word.text !== '0') {
    reader.integer(word, 'clock rate', RATE, (n) => `timestamps count ${n} times a second`);
    return;
  }
  reader.token(word, 'clock rate', '0: no rate');
  reader.warn('the clock rate is 0', word, 'Timestamps have to count something.');
}

/** For audio the number of channels; other media define no parameter, but some senders write one. */
function readChannels(reader: Reader, word: Word): void {
  const count = integerIn(word.text, 1, 255);
  reader.token(
    word,
    'channels',
    count === undefined
      ? `the parameter "${visible(word.text)}"`
      : count === 1
        ? '1 channel'
        : `${count} channels`,
  );
  if (count === undefined)
    reader.error(`the number of channels "${visible(word.text)}" is not a number`, word);
  else if (count > 24) reader.warn(`${count} channels are many`, word, 'Browsers read at most 24.');
}

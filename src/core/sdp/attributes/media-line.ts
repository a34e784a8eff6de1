/** m=: here a media section begins. RFC 8866 section 5.14; protocols are registered with IANA. */
import { integerIn, isToken, visible } from '../grammar.ts';
import { PORT, type Reader, type Word } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { isRtp } from '../values.ts';
import { payloadInWords } from './codecs/summary.ts';
import { lineType } from './doc.ts';
import { staticPayloadTypes } from './payload-types.ts';

const MEDIA: ReadonlyMap<string, string> = new Map([
  ['audio', 'sound'],
  ['video', 'pictures'],
  ['text', 'real-time text'],
  ['application', 'data of an application'],
  ['message', 'messages'],
  ['image', 'still images or fax'],
]);

/** Transport protocols, as registered with IANA, and the spellings of older drafts that are still sent. */
const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ['RTP/AVP', 'RTP without encryption'],
  ['RTP/AVPF', 'RTP with feedback, without encryption'],
  ['RTP/SAVP', 'SRTP'],
  ['RTP/SAVPF', 'SRTP with feedback'],
  ['UDP/TLS/RTP/SAVP', 'SRTP, keyed by DTLS, over UDP'],
  ['UDP/TLS/RTP/SAVPF', 'SRTP with feedback, keyed by DTLS, over UDP: what WebRTC uses'],
  ['TCP/DTLS/RTP/SAVP', 'SRTP, keyed by DTLS, over TCP'],
  ['TCP/DTLS/RTP/SAVPF', 'SRTP with feedback, keyed by DTLS, over TCP'],
  ['DCCP/TLS/RTP/SAVP', 'SRTP, keyed by DTLS, over DCCP'],
  ['DCCP/TLS/RTP/SAVPF', 'SRTP with feedback, keyed by DTLS, over DCCP'],
  ['DCCP/RTP/AVP', 'RTP over DCCP'],
  ['DCCP/RTP/SAVP', 'SRTP over DCCP'],
  ['DCCP/RTP/AVPF', 'RTP with feedback over DCCP'],
  ['DCCP/RTP/SAVPF', 'SRTP with feedback over DCCP'],
  ['DCCP', 'DCCP'],
  ['TCP/RTP/AVP', 'RTP over TCP'],
  ['TCP/RTP/AVPF', 'RTP with feedback over TCP'],
  ['TCP/RTP/SAVP', 'SRTP over TCP'],
  ['TCP/RTP/SAVPF', 'SRTP with feedback over TCP'],
  ['TCP/TLS/RTP/AVP', 'RTP over TLS'],
  ['TCP/TLS/RTP/AVPF', 'RTP with feedback over TLS'],
  ['TCP/TLS/RTP/SAVP', 'SRTP over TLS'],
  ['TCP/TLS/RTP/SAVPF', 'SRTP with feedback over TLS'],
  ['RTP/AVP/TCP', 'RTP inside the RTSP connection'],
  ['RTP/AVP/UDP', 'RTP over UDP'],
  ['RTP/AVPF/TCP', 'RTP with feedback inside the RTSP connection'],
  ['RTP/SAVPF/UDP', 'SRTP with feedback over UDP'],
  ['RTP/SAVP/TCP', 'SRTP inside the RTSP connection'],
  ['UDP/DTLS/SCTP', 'SCTP in DTLS over UDP: data channels'],
  ['TCP/DTLS/SCTP', 'SCTP in DTLS over TCP: data channels'],
  ['DTLS/SCTP', 'SCTP in DTLS, as drafts before RFC 8841 wrote it: data channels'],
  ['SCTP/DTLS', 'DTLS over SCTP'],
  ['SCTP', 'SCTP'],
  ['UDP', 'UDP'],
  ['TCP', 'TCP'],
  ['TCP/TLS', 'TLS'],
  ['UDP/UDT/IX', 'the iX channel of Cisco, for conference control'],
  ['UDPTL', 'T.38 fax over UDP'],
  ['UDP/TLS/UDPTL', 'T.38 fax in DTLS'],
  ['TCP/BFCP', 'BFCP (floor control) over TCP'],
  ['TCP/TLS/BFCP', 'BFCP (floor control) over TLS'],
  ['TCP/DTLS/BFCP', 'BFCP (floor control) in DTLS over TCP'],
  ['UDP/BFCP', 'BFCP (floor control) over UDP'],
  ['UDP/TLS/BFCP', 'BFCP (floor control) in DTLS'],
  ['TCP/WS/BFCP', 'BFCP over a WebSocket'],
  ['TCP/WSS/BFCP', 'BFCP over a secure WebSocket'],
  ['TCP/MSRP', 'MSRP (messages) over TCP'],
  ['TCP/TLS/MSRP', 'MSRP (messages) over TLS'],
  ['TCP/WS/MSRP', 'MSRP over a WebSocket'],
  ['TCP/WSS/MSRP', 'MSRP over a secure WebSocket'],
  ['TCP/MRCPV2', 'MRCPv2 (speech resources)'],
  ['TCP/TLS/MRCPV2', 'MRCPv2 (speech resources) over TLS'],
  ['TCP/CIP/T140', 'T.140 text'],
  ['TCP/CCMP', 'conference control'],
  ['UDP/FEC', 'FEC over UDP'],
  ['FEC/UDP', 'FEC over UDP'],
  ['MP2T/RTP', 'an MPEG-2 transport stream in RTP'],
  ['MP2T/AVP', 'an MPEG-2 transport stream'],
  ['MP2T/UDP', 'an MPEG-2 transport stream over UDP'],
  ['UDP/MP2T', 'an MPEG-2 transport stream over UDP'],
  ['RAW/RAW/UDP', 'raw data over UDP'],
  ['VAT', 'the protocol of the tool vat'],
  ['RTP', 'the protocol of old tools'],
  ['H.320', 'H.320'],
  ['PSTN', 'the telephone network'],
  ['TLS', 'TLS'],
  ['FLUTE/UDP', 'FLUTE file delivery'],
  ['X-DATA', "data, as Microsoft's clients offer it"],
]);

export const media = lineType({
  name: 'm',
  level: 'media',
  rfc: cite('RFC 8866', '5.14'),
  example: 'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
  explain: (reader) => {
    const [kind, port, rest] = withPort(reader.words());
    const [protocol, ...formats] = rest;
    const name = reader.need(
      kind,
      'media',
      (text) => MEDIA.get(text) ?? `"${visible(text)}" is not a registered kind of media`,
    );
    if (kind !== undefined && !MEDIA.has(name))
      reader.breaks(`"${visible(name)}" is not a registered kind of media`, kind);
    const number = readPort(reader, port);
    readProtocol(reader, protocol);
    const rtp = isRtp(protocol?.text ?? '');
    for (const format of formats) readFormat(reader, format, rtp);
    if (formats.length === 0)
      reader.breaks('the formats are missing', reader.value, 'At least one must follow the protocol.');
    return sentence({
      kind: name,
      port: number,
      formats: formats.map(({ text }) => reader.context.codecs?.get(text) ?? text),
      protocol: protocol?.text ?? '',
    });
  },
});

/** `RTP/SAVPF` → `SRTP with feedback (RTP/SAVPF)` */
export const protocolInWords = (text: string): string =>
  `${PROTOCOLS.get(text.toUpperCase()) ?? 'not a registered protocol'} (${visible(text)})`;

/** A protocol in the place of the port: the port was left out, and what follows moves up. */
function withPort(words: readonly Word[]): readonly [Word | undefined, Word | undefined, readonly Word[]] {
  const [kind, port, ...rest] = words;
  return port !== undefined && PROTOCOLS.has(port.text.toUpperCase())
    ? [kind, undefined, words.slice(1)]
    : [kind, port, rest];
}

/** Formats that carry no media of their own: retransmission, redundancy, error correction, comfort noise, key presses. */
const HELPERS = /^(?:rtx|red|ulpfec|flexfec(?:-03)?|CN|telephone-event|tone)(?:\/|$)|^13$/i;

interface MediaWords {
  readonly kind: string;
  readonly port: number | undefined;
  /** Codecs as in rtpmap where they are known, else the formats as written. */
  readonly formats: readonly string[];
  readonly protocol: string;
}

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

function sentence(m: MediaWords): string {
  const what = `A media section for ${visible(m.kind)}`;
  if (m.port === 0) return `${what}, rejected or not in use: its port is 0.`;
  if (!isRtp(m.protocol))
    return `${what} with ${counted(m.formats.length, 'format')}, in order of preference.`;
  const helpers = m.formats.filter((format) => HELPERS.test(format)).length;
  const codecs = `${what} with ${counted(m.formats.length - helpers, 'codec')}, in order of preference`;
  return helpers === 0
    ? `${codecs}.`
    : `${codecs}, and ${counted(helpers, 'format')} that ${helpers === 1 ? 'helps' : 'help'} them (rtx, red, key presses and the like).`;
}

function readPort(reader: Reader, word: Word | undefined): number | undefined {
  if (word === undefined) {
    reader.error('the port is missing');
    return undefined;
  }
  const [port, count, ...rest] = reader.split(word, '/');
  const value = reader.integer(port, 'port', PORT, portInWords);
  if (count !== undefined)
    reader.integer(count, 'number of ports', { min: 1, max: 65535 }, (n) => `${n} pairs of ports in a row`);
  reader.surplus(rest);
  return value;
}

function portInWords(port: number): string {
  if (port === 0) return 'port 0: this section is rejected, or waits for the one it is bundled with';
  if (port === 9) return 'port 9 (discard): a placeholder, the real address comes with the candidates';
  return `port ${port}`;
}

function readProtocol(reader: Reader, word: Word | undefined): void {
  const text = reader.need(
    word,
    'protocol',
    (name) => PROTOCOLS.get(name.toUpperCase()) ?? `"${visible(name)}" is not a registered protocol`,
  );
  if (word === undefined || PROTOCOLS.has(text.toUpperCase())) return;
  reader.breaks(
    `"${visible(text)}" is not a registered transport protocol`,
    word,
    'Nobody knows how the media is to be sent.',
  );
}

/** Formats of protocols other than RTP. */
const FORMATS: ReadonlyMap<string, string> = new Map([
  ['webrtc-datachannel', 'webrtc-datachannel: the data channels of WebRTC run here (RFC 8841)'],
  ['t38', 't38: fax (T.38)'],
  ['*', '*: no format is named here; the protocol and its attributes say what is sent'],
  ['wb', 'wb: a shared whiteboard'],
]);

function readFormat(reader: Reader, word: Word, rtp: boolean): void {
  if (!rtp) {
    reader.token(word, 'format', FORMATS.get(word.text.toLowerCase()) ?? `the format ${visible(word.text)}`);
    if (!isToken(word.text))
      reader.error(`the format "${visible(word.text)}" has characters that are not allowed in it`, word);
    return;
  }
  const value = integerIn(word.text, 0, 127);
  const codec = reader.context.codecs?.get(word.text) ?? staticPayloadTypes.get(word.text);
  reader.token(
    word,
    'payload type',
    value === undefined
      ? `"${visible(word.text)}" is not a payload type`
      : `payload type ${value}${codec === undefined ? '' : `: ${payloadInWords(reader.context, word.text, codec)}`}`,
  );
  if (value === undefined)
    reader.error(`the payload type "${visible(word.text)}" is not a number from 0 to 127`, word);
}

/** a=rtcp, a=rtcp-fb, a=rtcp-xr and their kin. RFC 3605, RFC 4585, RFC 5104, RFC 3611. */
import { addressKind, describeAddress, integerIn, visible } from '../grammar.ts';
import { PAYLOAD_TYPE, PORT, type Reader, type Word } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { attribute } from './doc.ts';
import { addressType, disagree, netType } from './session-lines.ts';

export const rtcp = attribute({
  name: 'rtcp',
  single: true,
  rfc: cite('RFC 3605', '2.1'),
  example: 'a=rtcp:9 IN IP4 0.0.0.0',
  explain: (reader) => {
    const [port, net, family, address, ...rest] = reader.words();
    const number = reader.integer(port, 'port', PORT, (n) =>
      n === 9 ? 'port 9 (discard): a placeholder' : `port ${n}`,
    );
    if (net !== undefined) readAddress(reader, { net, family, address });
    reader.surplus(rest);
    return `Where RTCP is received when it does not share the port of RTP: port ${number ?? '?'}.`;
  },
});

function readAddress(
  reader: Reader,
  a: { net: Word; family: Word | undefined; address: Word | undefined },
): void {
  netType(reader, a.net);
  const type = addressType(reader, a.family);
  const text = reader.need(a.address, 'address', describeAddress);
  if (text === '') return;
  const kind = addressKind(text);
  if (kind === undefined) reader.error(`"${visible(text)}" is neither an address nor a host name`, a.address);
  else if (kind === 'obfuscated') reader.masked(a.address!);
  else if (disagree(type, kind)) reader.breaks(`the address type ${type} does not fit ${text}`, a.address);
}

interface Feedback {
  readonly meaning: string;
  /** The parameters that are registered; `*` stands for any. */
  readonly parameters: ReadonlyMap<string, string>;
  /** A parameter must follow. */
  readonly required?: boolean;
}

const any = new Map([['*', '']]);

/** Feedback types: registered with IANA, and those of libwebrtc and Microsoft. */
const FEEDBACK: ReadonlyMap<string, Feedback> = new Map<string, Feedback>([
  [
    'nack',
    {
      meaning: 'lost packets are reported one by one',
      parameters: new Map([
        ['pli', 'a lost picture is reported: send a key frame'],
        ['sli', 'a lost slice is reported'],
        ['rpsi', 'the picture that was decoded well is named'],
        ['ecn', 'congestion marks are reported'],
        ['rai', 'rapid acquisition'],
        ['app', 'an application message'],
        ['tllei', 'losses seen further up are reported'],
        ['pslei', 'payload specific losses seen further up are reported'],
      ]),
    },
  ],
  [
    'ack',
    {
      meaning: 'received packets are confirmed',
      required: true,
      parameters: new Map([
        ['rpsi', 'the picture that was decoded well is named'],
        ['ccfb', 'congestion control feedback (RFC 8888)'],
        ['app', 'an application message'],
      ]),
    },
  ],
  [
    'ccm',
    {
      meaning: 'codec control',
      required: true,
      parameters: new Map([
        ['fir', 'a key frame may be requested (full intra request)'],
        ['tmmbr', 'the bit rate may be limited (TMMBR)'],
        ['tstr', 'speed may be traded against quality'],
        ['vbcm', 'H.271 video messages'],
        ['pause', 'the stream may be paused'],
        ['lrr', 'a layer may be refreshed'],
      ]),
    },
  ],
  ['trr-int', { meaning: 'the least time between regular reports', required: true, parameters: any }],
  ['app', { meaning: 'application messages', parameters: any }],
  [
    'goog-remb',
    { meaning: "the receiver's estimate of the bandwidth (REMB, Google)", parameters: new Map() },
  ],
  [
    'transport-cc',
    {
      meaning: 'the arrival time of each packet is reported, for bandwidth estimation by the sender',
      parameters: new Map(),
    },
  ],
  ['x-message', { meaning: "messages of Microsoft's clients", parameters: any }],
  ['goog-lntf', { meaning: 'loss notification (Google)', parameters: new Map() }],
  ['rrtr', { meaning: 'receiver reference time reports (round trip time of receivers)', parameters: any }],
  ['3gpp-roi-arbitrary', { meaning: 'a region of interest may be requested', parameters: any }],
  ['3gpp-roi-predefined', { meaning: 'a predefined region of interest may be requested', parameters: any }],
]);

export const rtcpFb = attribute({
  name: 'rtcp-fb',
  rfc: cite('RFC 4585', '4.2'),
  example: 'a=rtcp-fb:96 nack pli',
  explain: (reader) => {
    const [payload, type, ...parameters] = reader.words();
    readPayload(reader, payload);
    const name = reader.need(
      type,
      'feedback type',
      (text) => FEEDBACK.get(text)?.meaning ?? `"${visible(text)}" is not a registered feedback type`,
    );
    const feedback = FEEDBACK.get(name);
    if (name === 'ccm') reader.source = cite('RFC 5104', '7.1');
    if (type !== undefined && feedback === undefined && !name.startsWith('x-'))
      reader.breaks(`"${visible(name)}" is not a registered feedback type`, type);
    readParameters(reader, { name, feedback, parameters });
    return `Feedback by RTCP that can be used for ${payload?.text === '*' ? 'all codecs' : `payload type ${visible(payload?.text ?? '?')}`}.`;
  },
});

function readPayload(reader: Reader, word: Word | undefined): void {
  if (word?.text === '*') reader.token(word, 'payload type', 'all payload types of this section');
  else
    reader.integer(word, 'payload type', PAYLOAD_TYPE, (n) => `for payload type ${n}${codecName(reader, n)}`);
}

function codecName(reader: Reader, payload: number): string {
  const codec = reader.context.codecs?.get(String(payload));
  return codec === undefined ? '' : ` (${visible(codec)})`;
}

function readParameters(
  reader: Reader,
  f: { name: string; feedback: Feedback | undefined; parameters: readonly Word[] },
): void {
  const [first, ...rest] = f.parameters;
  if (first === undefined) {
    if (f.feedback?.required === true) reader.error(`"${f.name}" needs a parameter`);
    return;
  }
  const meaning = f.feedback?.parameters.get(first.text);
  reader.token(
    first,
    'feedback parameter',
    meaning ??
      (f.name === 'trr-int'
        ? `at least ${visible(first.text)} ms apart`
        : `the parameter "${visible(first.text)}"`),
  );
  for (const word of rest) reader.token(word, 'feedback parameter', `the parameter "${visible(word.text)}"`);
  if (f.name === 'trr-int') {
    if (integerIn(first.text, 0, 4294967295) === undefined)
      reader.error(`"${visible(first.text)}" is not a number of milliseconds`, first);
  } else if (f.feedback !== undefined && meaning === undefined && !f.feedback.parameters.has('*')) {
    reader.breaks(`"${visible(first.text)}" is not a parameter of "${f.name}"`, first);
  }
}

const REPORT_BLOCKS: ReadonlyMap<string, string> = new Map([
  ['pkt-loss-rle', 'which packets were lost'],
  ['pkt-dup-rle', 'which packets came twice'],
  ['pkt-rcpt-times', 'when packets arrived'],
  ['rcvr-rtt', 'round trip times of receivers'],
  ['stat-summary', 'a summary of statistics'],
  ['voip-metrics', 'the quality of a telephone call'],
]);

export const rtcpXr = attribute({
  name: 'rtcp-xr',
  level: 'both',
  form: 'optional',
  rfc: cite('RFC 3611', '5.1'),
  example: 'a=rtcp-xr:rcvr-rtt=all:10000 stat-summary=loss,dup',
  explain: (reader) => {
    for (const word of reader.words()) {
      const name = word.text.split('=', 1)[0] ?? '';
      reader.token(word, 'report block', REPORT_BLOCKS.get(name) ?? `the report ${visible(name)}`);
    }
    return 'Which extended RTCP reports may be sent.';
  },
});

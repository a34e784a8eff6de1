/** What the SDP parser of libwebrtc refuses: `Failed to parse SessionDescription`, an OperationError. */
import { integerIn, isDigits, isIPv4, isIPv6, isToken } from '../grammar.ts';
import { hashLengths } from '../attributes/dtls.ts';
import { staticPayloadTypes } from '../attributes/payload-types.ts';
import type { SdpLine } from '../lines.ts';
import type { MediaSection } from '../structure.ts';
import { isLine, isRtpProtocol } from './chromium-reading.ts';
import { firstOf, isAudioOrVideo, syntaxError, type Refusal, type Rule } from './refusal.ts';

/** The parser takes the session part line by line, in this order: one line at most of each type, but for b=, t=, r= and a=. */
const sessionOrder: Rule = ({ description }) => {
  const { lines } = description.session;
  let at = 0;
  const skip = (types: string, most = Infinity): void => {
    const end = Math.min(lines.length, at + most);
    while (at < end && lines[at]!.type !== '' && types.includes(lines[at]!.type)) at += 1;
  };
  for (const type of ['v', 'o', 's']) {
    const line = lines[at];
    if (line?.type !== type || line.value === '')
      return syntaxError(`"${type}=" is expected here`, line ?? description.lines.at(-1));
    at += 1;
  }
  for (const type of ['i', 'u', 'e', 'p', 'c']) skip(type, 1);
  skip('b');
  if (lines[at]?.type !== 't')
    return syntaxError('"t=" is expected here', lines[at] ?? description.lines.at(-1));
  skip('tr');
  skip('z', 1);
  skip('k', 1);
  skip('a');
  return at < lines.length ? syntaxError('"m=" is expected here', lines[at]) : undefined;
};

const originFields: Rule = ({ description }) => {
  const line = description.session.lines.find(({ type }) => type === 'o');
  return line !== undefined && line.value.split(' ').length !== 6
    ? syntaxError('o= has six fields', line)
    : undefined;
};

/** Every line has its form, and ends with a line feed. */
const lineForm: Rule = ({ description }) => {
  const bad = description.lines.find((line) => !isLine(line.raw) || !line.eol.endsWith('\n'));
  if (bad === undefined) return undefined;
  if (!bad.eol.endsWith('\n')) return syntaxError('the line does not end with a line feed', bad);
  return syntaxError(bad.raw === '' ? 'the line is empty' : 'this is not a line of SDP', bad);
};

const mediaLine: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    const fields = media.mLine.value.split(' ');
    const [kind, port, protocol, ...formats] = fields;
    if (fields.length < 4) return syntaxError('m= has at least four fields', media.mLine);
    if (integerIn(port!, 0, 65535) === undefined)
      return syntaxError('the port is not a number up to 65535', media.mLine);
    if (isAudioOrVideo(media) && !isRtpProtocol(protocol!))
      return syntaxError(`${kind} needs a protocol with RTP`, media.mLine);
    const bad = isRtpProtocol(protocol!)
      ? formats.find((format) => integerIn(format, 0, 127) === undefined)
      : undefined;
    return bad === undefined ? undefined : syntaxError(`"${bad}" is not a payload type`, media.mLine);
  });

const connectionLine = (line: SdpLine): Refusal | undefined => {
  const [net, type, ...rest] = line.value.split(/ +/);
  const address = rest.join(' ');
  if (rest.length === 0) return syntaxError('c= has three fields', line);
  if (net !== 'IN') return syntaxError('the network type is not IN', line);
  if (address.includes('/')) return syntaxError('a multicast address is not accepted', line);
  const wrong = (isIPv6(address) && type !== 'IP6') || (isIPv4(address) && type !== 'IP4');
  return wrong ? syntaxError('address type and address do not fit', line) : undefined;
};

const bandwidthLine = (line: SdpLine): Refusal | undefined => {
  const [type, ...amount] = line.value.split(':');
  if (amount.length === 0) return syntaxError('b= has no colon', line);
  if (type !== 'AS' && type !== 'TIAS') return undefined;
  return integerIn(amount.join(':'), 0, 2147483647) === undefined
    ? syntaxError('the bandwidth is not a number up to 2147483647', line)
    : undefined;
};

const connections: Rule = ({ description }) =>
  firstOf(
    description.lines.filter((line) => line.type === 'c'),
    connectionLine,
  );
const bandwidths: Rule = ({ description }) =>
  firstOf(
    description.lines.filter((line) => line.type === 'b' && line.section >= 0),
    bandwidthLine,
  );

type Judge = (value: string, words: readonly string[], media: MediaSection | undefined) => string | undefined;

const number =
  (max: number, message: string): Judge =>
  (value) =>
    integerIn(value, 0, max) === undefined ? message : undefined;

const SETUP = new Set(['active', 'passive', 'actpass', 'holdconn']);
const CANDIDATE_TYPES = new Set(['host', 'srflx', 'prflx', 'relay']);
const TCP_TYPES = new Set(['active', 'passive', 'so']);

const fingerprint: Judge = (_value, [hash = '', digest = '', ...rest]) => {
  if (rest.length > 0 || digest === '') return 'a fingerprint has two fields';
  if (!hashLengths.has(hash.toLowerCase()) || hash.startsWith('md')) return 'the hash function is not known';
  return /^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})*$/.test(digest)
    ? undefined
    : 'the fingerprint is not hexadecimal';
};

const candidate: Judge = (_value, words) => {
  const [, component, transport, priority, , port, typ, type, ...rest] = words;
  if (words.length < 8 || typ !== 'typ') return 'a candidate has at least eight fields';
  if (integerIn(component!, 0, 2147483647) === undefined || integerIn(priority!, 0, 4294967295) === undefined)
    return 'component or priority is not a number';
  if (integerIn(port!, 0, 65535) === undefined) return 'the port is not valid';
  const protocol = transport!.toLowerCase();
  if (protocol !== 'udp' && protocol !== 'tcp' && protocol !== 'ssltcp') return 'the transport is not known';
  if (!CANDIDATE_TYPES.has(type!)) return 'the candidate type is not known';
  const rport = rest.indexOf('rport');
  if (rport >= 0 && integerIn(rest[rport + 1] ?? '', 0, 65535) === undefined) return 'rport is not a port';
  return numbersOf(rest) ?? tcpType(rest, protocol);
};

/** What libwebrtc writes after the type, with the largest number that each can be. */
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ['generation', 4294967295],
  ['network-id', 65535],
  ['network-cost', 65535],
]);

function numbersOf(rest: readonly string[]): string | undefined {
  const bad = rest.find((name, index) => {
    const most = index % 2 === 0 ? NUMBERS.get(name) : undefined;
    return most !== undefined && integerIn(rest[index + 1] ?? '', 0, most) === undefined;
  });
  return bad === undefined ? undefined : `${bad} is not a number`;
}

function tcpType(rest: readonly string[], protocol: string): string | undefined {
  const at = rest.indexOf('tcptype');
  if (at < 0) return undefined;
  if (!TCP_TYPES.has(rest[at + 1] ?? '')) return 'the TCP type is not known';
  return protocol === 'udp' ? 'a UDP candidate has no TCP type' : undefined;
}

const extmap: Judge = (_value, words) => {
  if (words.length < 2) return 'an extension has a number and a URI';
  return integerIn(words[0]!.split('/', 1)[0]!, 1, 255) === undefined
    ? 'the number of an extension is from 1 to 255'
    : undefined;
};

const ssrc: Judge = (value, words) => {
  if (integerIn(words[0] ?? '', 0, 4294967295) === undefined) return 'the SSRC is not a number';
  return /^[^ ]+ .*:/.test(value) ? undefined : 'an attribute and its value must follow the SSRC';
};

const ssrcGroup: Judge = (_value, [, ...ids]) => {
  if (ids.length === 0) return 'a group of sources has at least one';
  if (ids.some((id) => integerIn(id, 0, 4294967295) === undefined)) return 'an SSRC is not a number';
  return new Set(ids).size < ids.length ? 'a source is named twice' : undefined;
};

const simulcast: Judge = (value, words) => {
  if (value === '') return 'the simulcast line is empty';
  const directions = words.filter((_word, index) => index % 2 === 0);
  const lists = words.filter((_word, index) => index % 2 === 1);
  const good =
    words.length % 2 === 0 &&
    words.length <= 4 &&
    directions.every((word) => word === 'send' || word === 'recv') &&
    lists.every((list) => list.split(/[;,]/).every((id) => /^~?[^~]/.test(id)));
  return good && new Set(directions).size === directions.length
    ? undefined
    : 'the simulcast line is malformed';
};

/** Attributes whose value is not judged, but has to be there, behind a colon. */
const VALUED = ['msid-semantic', 'ice-ufrag', 'ice-pwd', 'ice-options', 'maxptime', 'ptime', 'x-google-flag'];

const JUDGES: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  [
    'group',
    (_value, [, ...ids]) =>
      ids.every((id) => id === '' || isToken(id)) ? undefined : 'a mid has characters that are not allowed',
  ],
  ...VALUED.map((name) => [name, () => undefined] as const),
  ['fingerprint', fingerprint],
  ['setup', (value) => (SETUP.has(value.toLowerCase()) ? undefined : 'this is not a role')],
  [
    'mid',
    (value) => (value === '' || isToken(value) ? undefined : 'the mid has characters that are not allowed'),
  ],
  ['candidate', candidate],
  ['extmap', extmap],
  ['ssrc', ssrc],
  ['ssrc-group', ssrcGroup],
  ['simulcast', simulcast],
  [
    'fmtp',
    (_value, words) =>
      words.length < 2 || integerIn(words[0]!, 0, 127) === undefined
        ? 'parameters must follow the payload type'
        : undefined,
  ],
  [
    'rtcp-fb',
    (_value, [payload = '', ...words]) =>
      words.length === 0 || (payload !== '*' && integerIn(payload, 0, 127) === undefined)
        ? 'a feedback type must follow the payload type'
        : undefined,
  ],
  ['sctp-port', number(65535, 'the SCTP port is not valid')],
  ['max-message-size', number(2147483647, 'the size is not a number')],
  [
    'msid',
    (value) => (/^[^ ]+(?: +[^ ]*)?$/.test(value) ? undefined : 'a stream and at most one track are named'),
  ],
]);

/** Attributes that only media sections of RTP have; elsewhere they are not read. */
const RTP_ONLY = new Set(['ssrc', 'ssrc-group', 'simulcast', 'fmtp', 'rtcp-fb', 'msid', 'maxptime', 'ptime', 'x-google-flag']); // prettier-ignore
const CODECS_ONLY = new Set(['fmtp', 'rtcp-fb']);
const SCTP_ONLY = new Set(['sctp-port', 'max-message-size']);
const SESSION_ONLY = new Set(['group', 'msid-semantic']);
const ANYWHERE = new Set(['fingerprint', 'setup', 'ice-ufrag', 'ice-pwd', 'ice-options']);

/** Where several colons are not one. */
const ONE_COLON = new Set(['setup', 'sctp-port', 'max-message-size']);

const attributeValues: Rule = ({ description }) =>
  firstOf(description.lines, (line) => {
    const media = description.media[line.section];
    const judge = line.type === 'a' ? JUDGES.get(line.name) : undefined;
    if (judge === undefined || !isRead(line, media)) return undefined;
    if (!line.raw.startsWith(`a=${line.name}:`) || (ONE_COLON.has(line.name) && line.raw.includes('::')))
      return syntaxError(`a=${line.name} has no value`, line);
    const reason = judge(line.value, line.value.split(' '), media);
    return reason === undefined ? undefined : syntaxError(reason, line);
  });

function isRead({ name }: SdpLine, media: MediaSection | undefined): boolean {
  if (ANYWHERE.has(name)) return true;
  if (media === undefined) return SESSION_ONLY.has(name) || name === 'extmap';
  if (SESSION_ONLY.has(name)) return false;
  if (name === 'extmap') return media.rtp;
  if (CODECS_ONLY.has(name) && !isAudioOrVideo(media)) return false;
  if (RTP_ONLY.has(name)) return media.rtp;
  return SCTP_ONLY.has(name) ? media.sctp : true;
}

/** The payload types of the `m=` line. */
const listed = ({ formats }: MediaSection): ReadonlySet<number> => new Set(formats.map(Number));

/** What is mapped has a form, and agrees with an earlier line or with the fixed payload type. */
const rtpmaps: Rule = ({ description }) =>
  firstOf(description.media.filter(isAudioOrVideo), (media) => {
    const formats = listed(media);
    const seen = new Map<number, string>();
    return firstOf(media.attributes.get('rtpmap') ?? [], (line) => {
      const [payload = '', encoding = ''] = line.value.split(' ');
      const number = integerIn(payload, 0, 127);
      if (number === undefined || !line.value.includes(' '))
        return syntaxError('the payload type is not a number', line);
      if (!formats.has(number)) return undefined;
      const codec = codecOf(encoding, media);
      if (codec === undefined) return syntaxError('a codec is written <name>/<clock rate>', line);
      const earlier = seen.get(number) ?? (media.kind === 'audio' ? fixedCodec(number) : undefined);
      seen.set(number, codec);
      return earlier === undefined || sameCodec(earlier, codec, media)
        ? undefined
        : syntaxError('the payload type stands for another codec already', line);
    });
  });

/** `opus/48000/2` in lower case; undefined where it has not the form. Video has no channels. */
function codecOf(encoding: string, media: MediaSection): string | undefined {
  const [name = '', rate = '', channels = '1', ...more] = encoding.toLowerCase().split('/');
  if (!isDigits(rate) || more.length > 0) return undefined;
  if (media.kind === 'audio' && integerIn(channels, 0, 24) === undefined) return undefined;
  return `${name}/${Number(rate)}/${Number(channels)}`;
}

/** In audio the clock rate does not count; in video it does, and the one known already is 90000. */
function sameCodec(earlier: string, codec: string, media: MediaSection): boolean {
  const [[name, , channels], [otherName, rate, otherChannels]] = [
    earlier.split('/'),
    codec.split('/'),
  ] as const;
  if (name !== otherName) return false;
  return media.kind === 'audio' ? channels === otherChannels : rate === '90000';
}

/** `pcmu/1` for 0: the payload types up to 18 are those of audio (RFC 3551 section 6). */
function fixedCodec(payload: number): string | undefined {
  if (payload > 18) return undefined;
  const [name = 'reserved', , channels] = (staticPayloadTypes.get(String(payload)) ?? '')
    .toLowerCase()
    .split('/');
  return name === '' ? 'reserved/0/0' : `${name}/8000/${channels ?? '1'}`;
}

/** fmtp and rtcp-fb make a codec; without an rtpmap, or outside the m= line, it stays without a name. */
const namelessCodecs: Rule = ({ description }) =>
  firstOf(description.media.filter(isAudioOrVideo), (media) => {
    const formats = listed(media);
    const named = new Set([...formats].filter((payload) => media.kind === 'audio' && payload < 19));
    for (const line of media.attributes.get('rtpmap') ?? []) {
      const [payload = '', encoding = ''] = line.value.split(' ');
      if (!formats.has(Number(payload))) continue;
      if (encoding.startsWith('/')) return syntaxError('the codec has no name', line);
      named.add(Number(payload));
    }
    const lines = [...(media.attributes.get('fmtp') ?? []), ...(media.attributes.get('rtcp-fb') ?? [])];
    return firstOf(lines, (line) => {
      const [payload = ''] = line.value.split(' ');
      return payload === '*' || named.has(Number(payload))
        ? undefined
        : syntaxError(`no codec is known for payload type ${payload}`, line);
    });
  });

const oneExtmapLevel: Rule = ({ description: { session, media } }) => {
  const line = media.flatMap((section) => (section.rtp ? (section.attributes.get('extmap') ?? []) : []))[0];
  return session.attributes.has('extmap') && line !== undefined
    ? syntaxError('extensions stand in the session part and in media sections', line)
    : undefined;
};

const oneSessionFingerprint: Rule = ({ description }) => {
  const second = description.session.attributes.get('fingerprint')?.[1];
  return second === undefined ? undefined : syntaxError('the session part has several fingerprints', second);
};

const oneSimulcast: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    const second = media.attributes.get('simulcast')?.[1];
    return second === undefined ? undefined : syntaxError('there are several simulcast lines', second);
  });

/** A section has one track, and no other has the same stream and track. */
const tracks: Rule = ({ description }) => {
  const taken = new Set<string>();
  return firstOf(description.media.filter(isAudioOrVideo), (media) => {
    const lines = media.attributes.get('msid') ?? [];
    const values = lines.map((line) => line.value.split(/ +/));
    const other = lines[values.findIndex(([, track = '']) => track !== (values[0]?.[1] ?? ''))];
    if (other !== undefined) return syntaxError('the section names two tracks', other);
    const ids = values.map((words) => words.join(' '));
    const again = lines[ids.findIndex((id) => taken.has(id))];
    for (const id of ids) taken.add(id);
    return again === undefined ? undefined : syntaxError('another section has this stream and track', again);
  });
};

const sctpFormat: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    const line = media.attributes.get('sctp-port')?.[0];
    const plain = media.formats[0] === 'webrtc-datachannel';
    return media.sctp && line !== undefined && !plain
      ? syntaxError('sctp-port does not go with another format', line)
      : undefined;
  });

export const chromiumSyntax: readonly Rule[] = [
  sessionOrder,
  originFields,
  lineForm,
  mediaLine,
  connections,
  bandwidths,
  attributeValues,
  rtpmaps,
  namelessCodecs,
  oneExtmapLevel,
  oneSessionFingerprint,
  oneSimulcast,
  tracks,
  sctpFormat,
];

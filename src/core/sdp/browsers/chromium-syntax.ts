/** What the SDP parser of libwebrtc refuses: `Failed to parse SessionDescription`, an OperationError. */
import { integerIn, isDigits, isIPv4, isIPv6, isToken } from '../grammar.ts';
import { hashLengths } from '../attributes/dtls.ts';
import { staticPayloadTypes } from '../attributes/payload-types.ts';
import type { SdpLine } from '../lines.ts';
import type { MediaSection } from '../structure.ts';
import { isRtp, parseRtpmap, splitFirst } from '../values.ts';
import { firstOf, syntaxError, type Refusal, type Rule } from './refusal.ts';

/** The parser takes the session part line by line, in this order; letters followed by `*` may be missing or repeated. */
const sessionOrder: Rule = ({ description }) => {
  const { lines } = description.session;
  let at = 0;
  const skip = (types: string): void => {
    while (at < lines.length && lines[at]!.type !== '' && types.includes(lines[at]!.type)) at += 1;
  };
  for (const type of ['v', 'o', 's']) {
    const line = lines[at];
    if (line?.type !== type || line.value === '')
      return syntaxError(`"${type}=" is expected here`, line ?? description.lines.at(-1));
    at += 1;
  }
  for (const type of ['i', 'u', 'e', 'p', 'c', 'b']) skip(type);
  if (lines[at]?.type !== 't')
    return syntaxError('"t=" is expected here', lines[at] ?? description.lines.at(-1));
  skip('tr');
  skip('z');
  skip('k');
  skip('a');
  return at < lines.length ? syntaxError('"m=" is expected here', lines[at]) : undefined;
};

const originFields: Rule = ({ description }) => {
  const line = description.session.lines.find(({ type }) => type === 'o');
  return line !== undefined && line.value.split(' ').length !== 6
    ? syntaxError('o= has six fields', line)
    : undefined;
};

/** A line is a lower-case letter, `=` and at least one character, and ends with a line break. */
const lineForm: Rule = ({ description }) => {
  const bad = description.lines.find((line) => !/^[a-z]=./s.test(line.raw) || !line.eol.endsWith('\n'));
  if (bad === undefined) return undefined;
  return syntaxError(
    bad.eol.endsWith('\n') ? 'this is not a line of SDP' : 'the line does not end with a line feed',
    bad,
  );
};

const mediaLine: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    const fields = media.mLine.value.split(' ');
    const [kind, port, protocol, ...formats] = fields;
    if (fields.length < 4) return syntaxError('m= has at least four fields', media.mLine);
    if (integerIn(port!, 0, 65535) === undefined)
      return syntaxError('the port is not a number up to 65535', media.mLine);
    if (kind !== 'audio' && kind !== 'video') return undefined;
    if (!isRtp(protocol!)) return syntaxError(`${kind} needs a protocol with RTP`, media.mLine);
    const bad = formats.find((format) => integerIn(format, 0, 127) === undefined);
    return bad === undefined ? undefined : syntaxError(`"${bad}" is not a payload type`, media.mLine);
  });

const connectionLine = (line: SdpLine): Refusal | undefined => {
  const [net, type, ...rest] = line.value.split(' ');
  const address = rest.join(' ');
  if (rest.length === 0) return syntaxError('c= has three fields', line);
  if (net !== 'IN') return syntaxError('the network type is not IN', line);
  if (address.includes('/')) return syntaxError('a multicast address is not accepted', line);
  const wrong = (type === 'IP4' && isIPv6(address)) || (type === 'IP6' && isIPv4(address));
  return wrong ? syntaxError('address type and address do not fit', line) : undefined;
};

const bandwidthLine = (line: SdpLine): Refusal | undefined => {
  const [type, amount] = line.value.split(':');
  if (amount === undefined) return syntaxError('b= has no colon', line);
  if (type !== 'AS' && type !== 'TIAS') return undefined;
  return integerIn(amount, 0, 2147483647) === undefined
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

type Judge = (value: string, words: readonly string[]) => string | undefined;

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
  return tcpType(rest, protocol);
};

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
  return value.includes(' ') && splitFirst(value)[1].includes(':')
    ? undefined
    : 'an attribute and its value must follow the SSRC';
};

const ssrcGroup: Judge = (_value, [, ...ids]) => {
  if (ids.length === 0) return 'a group of sources has at least one';
  if (ids.some((id) => integerIn(id, 0, 4294967295) === undefined)) return 'an SSRC is not a number';
  return new Set(ids).size < ids.length ? 'a source is named twice' : undefined;
};

const simulcast: Judge = (value, words) => {
  if (value === '') return 'the simulcast line is empty';
  const directions = words.filter((_word, index) => index % 2 === 0);
  const good =
    words.length % 2 === 0 &&
    words.length <= 4 &&
    directions.every((word) => word === 'send' || word === 'recv');
  return good && new Set(directions).size === directions.length
    ? undefined
    : 'the simulcast line is malformed';
};

const rtpmap: Judge = (value, words) => {
  if (words.length < 2 || integerIn(words[0]!, 0, 127) === undefined)
    return 'the payload type is not a number';
  const [, rate, channels = '1'] = (words[1] ?? '').split('/');
  if (rate === undefined || parseRtpmap(value) === undefined) return 'a codec is written <name>/<clock rate>';
  return isDigits(channels) ? undefined : 'the number of channels is not a number';
};

const JUDGES: ReadonlyMap<string, Judge> = new Map<string, Judge>([
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
  ['rtpmap', rtpmap],
  [
    'fmtp',
    (_value, words) =>
      words.length < 2 || integerIn(words[0]!, 0, 127) === undefined
        ? 'parameters must follow the payload type'
        : undefined,
  ],
  [
    'rtcp-fb',
    (_value, words) => (words.length < 2 ? 'a feedback type must follow the payload type' : undefined),
  ],
  ['sctp-port', number(65535, 'the SCTP port is not valid')],
  ['max-message-size', number(Infinity, 'the size is not a number')],
  [
    'msid',
    (_value, words) =>
      words.length > 2 || (words[0] ?? '') === '' ? 'a stream and at most one track are named' : undefined,
  ],
]);

/** Attributes that only media sections of RTP have; elsewhere they are not read. */
const RTP_ONLY = new Set(['ssrc', 'ssrc-group', 'simulcast', 'rtpmap', 'fmtp', 'rtcp-fb', 'msid']);
const SCTP_ONLY = new Set(['sctp-port', 'max-message-size']);
const ANYWHERE = new Set(['fingerprint', 'setup', 'extmap']);

const attributeValues: Rule = ({ description }) =>
  firstOf(description.lines, (line) => {
    const judge = line.type === 'a' ? JUDGES.get(line.name) : undefined;
    if (judge === undefined || !isRead(line, description.media[line.section])) return undefined;
    const reason = judge(line.value, line.value.split(' '));
    return reason === undefined ? undefined : syntaxError(reason, line);
  });

function isRead(line: SdpLine, media: MediaSection | undefined): boolean {
  if (media === undefined) return ANYWHERE.has(line.name);
  if (RTP_ONLY.has(line.name)) return media.rtp && (media.kind === 'audio' || media.kind === 'video');
  return SCTP_ONLY.has(line.name) ? media.sctp : true;
}

/** A payload type mapped twice, and the fixed ones mapped to something else. */
const conflictingMaps: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    const seen = new Map<string, string>();
    const listed = new Set(media.formats);
    return firstOf(media.attributes.get('rtpmap') ?? [], (line) => {
      const map = parseRtpmap(line.value);
      if (map === undefined || !listed.has(map.payload)) return undefined;
      const codec = `${map.name}/${map.clockRate}`.toLowerCase();
      const fixed =
        Number(map.payload) < 19
          ? staticPayloadTypes.get(map.payload)?.split('/').slice(0, 2).join('/').toLowerCase()
          : undefined;
      const earlier = seen.get(map.payload) ?? fixed;
      seen.set(map.payload, codec);
      return earlier !== undefined && earlier !== codec
        ? syntaxError('the payload type stands for another codec already', line)
        : undefined;
    });
  });

/** fmtp and rtcp-fb make a codec; without an rtpmap, or outside the m= line, it stays without a name. */
const namelessCodecs: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    if (!media.rtp) return undefined;
    const named = new Set(
      media.codecs
        .filter((codec) => codec.line !== undefined || Number(codec.payload) < 19)
        .map((codec) => codec.payload),
    );
    const lines = [...(media.attributes.get('fmtp') ?? []), ...(media.attributes.get('rtcp-fb') ?? [])];
    return firstOf(lines, (line) => {
      const [payload] = splitFirst(line.value);
      return payload === '*' || named.has(payload)
        ? undefined
        : syntaxError(`no codec is known for payload type ${payload}`, line);
    });
  });

const oneExtmapLevel: Rule = ({ description: { session, media } }) => {
  const line = media.flatMap((section) => section.attributes.get('extmap') ?? [])[0];
  return session.attributes.has('extmap') && line !== undefined
    ? syntaxError('extensions stand in the session part and in media sections', line)
    : undefined;
};

const oneSimulcast: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    const second = media.attributes.get('simulcast')?.[1];
    return second === undefined ? undefined : syntaxError('there are several simulcast lines', second);
  });

const oneTrack: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    if (media.kind !== 'audio' && media.kind !== 'video') return undefined;
    const [first, ...others] = media.attributes.get('msid') ?? [];
    const track = first?.value.split(' ')[1];
    const other = others.find((line) => line.value.split(' ')[1] !== track);
    return other === undefined ? undefined : syntaxError('the section names two tracks', other);
  });

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
  conflictingMaps,
  namelessCodecs,
  oneExtmapLevel,
  oneSimulcast,
  oneTrack,
  sctpFormat,
];

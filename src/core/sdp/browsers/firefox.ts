/** What Firefox refuses in setRemoteDescription, in the order in which it looks. */
import { addressKind, integerIn, isDigits } from '../grammar.ts';
import { hashLengths } from '../attributes/dtls.ts';
import type { SdpLine } from '../lines.ts';
import { describe, type Description, type MediaSection } from '../structure.ts';
import { isRtp, parseExtmap, parseRid, parseSimulcast } from '../values.ts';
import { answerDirections } from './directions.ts';
import {
  accessError,
  bundleGroups,
  firstOf,
  firstRefusal,
  hasFlag,
  otherCount,
  ownTransport,
  refuse,
  syntaxError,
  valueOf,
  withOfferedMids,
  type Refusal,
  type Remote,
  type Rule,
} from './refusal.ts';

/** Its parser stops without an error at a line that has not the form `<type>=`: what follows does not exist. */
function readable(description: Description): Description {
  const stop = description.lines.findIndex((line) => line.raw[1] !== '=');
  return stop < 0 ? description : describe(description.lines.slice(0, stop));
}

const ascii: Rule = ({ text }) =>
  /^[\x00-\x7f]*$/.test(text)
    ? undefined
    : refuse('InvalidParameterError', 'there are characters outside ASCII');

const lineBreaks: Rule = ({ text, description }) =>
  !text.includes('\n') || text.includes('\0')
    ? syntaxError('a line has no end', description.lines[0])
    : undefined;

const KNOWN_TYPES = 'vosiuepcbtrzkam';

const lineTypes: Rule = ({ description }) => {
  const bad = description.lines.find((line) => !KNOWN_TYPES.includes(line.raw[0] ?? '') || line.raw === 'a=');
  return bad === undefined ? undefined : syntaxError('the parser does not know this line', bad);
};

const ofType = ({ lines }: Description, type: string): SdpLine | undefined =>
  lines.find((line) => line.type === type);

const version: Rule = ({ description }) => {
  const [first] = description.lines;
  return first?.raw.trim() === 'v=0' ? undefined : syntaxError('the first line is not v=0', first);
};

const origin: Rule = ({ description }) => {
  const line = ofType(description, 'o');
  if (line === undefined) return syntaxError('o= is missing', description.lines.at(-1));
  const [, session = '', version = '', net = '', type = '', address] = line.value.trim().split(/ +/);
  const good = isDigits(session) && isDigits(version) && /^IN$/i.test(net) && /^IP[46]$/i.test(type);
  return good && address !== undefined ? undefined : syntaxError('o= is malformed', line);
};

const timing: Rule = ({ description }) => {
  const line = ofType(description, 't');
  if (line === undefined) return syntaxError('t= is missing', description.lines.at(-1));
  const [start = '', stop = ''] = line.value.trim().split(/ +/);
  return isDigits(start) && isDigits(stop) ? undefined : syntaxError('t= is malformed', line);
};

const connection: Rule = ({ description }) => {
  const bad = firstOf(
    description.lines.filter((line) => line.type === 'c'),
    connectionLine,
  );
  if (bad !== undefined) return bad;
  if (description.session.lines.some((line) => line.type === 'c')) return undefined;
  const without = description.media.find((media) => !media.lines.some((line) => line.type === 'c'));
  return without === undefined ? undefined : syntaxError('c= is missing', without.mLine);
};

function connectionLine(line: SdpLine): Refusal | undefined {
  const [net, type, target = ''] = line.value.trim().split(/ +/);
  const kind = addressKind(target.split('/', 1)[0] ?? '');
  const good = net === 'IN' && ((type === 'IP4' && kind === 'IPv4') || (type === 'IP6' && kind === 'IPv6'));
  if (kind === 'name') return syntaxError('c= names a host, and only an address is taken', line);
  return good ? undefined : syntaxError('c= is malformed', line);
}

const oneConnection: Rule = ({ description }) =>
  firstOf([description.session, ...description.media], ({ lines }) => {
    const second = lines.filter((line) => line.type === 'c')[1];
    return second === undefined ? undefined : syntaxError('c= stands twice', second);
  });

const bandwidth: Rule = ({ description }) =>
  firstOf(
    description.lines.filter((line) => line.type === 'b'),
    (line) => {
      const [, amount] = line.value.split(':');
      return amount === undefined || /^ *[0-9]/.test(amount)
        ? undefined
        : syntaxError('b= has no number', line);
    },
  );

const KINDS = new Set(['audio', 'video', 'application']);
const PROTOCOLS =
  /^(?:RTP\/S?AVPF?|(?:UDP\/TLS|TCP\/DTLS|TCP\/TLS)\/RTP\/SAVPF?|TCP\/RTP\/S?AVPF?|(?:UDP|TCP)\/DTLS\/SCTP|DTLS\/SCTP|UDP|UDPTL|TCP)$/i;

const mediaLine: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    if (!PROTOCOLS.test(media.protocol)) return syntaxError('the protocol is not supported', media.mLine);
    if (!KINDS.has(media.kind)) return syntaxError('this kind of media is not supported', media.mLine);
    if (!/^[0-9]/.test(media.mLine.value.split(/ +/)[1] ?? ''))
      return syntaxError('the port is not a number', media.mLine);
    return media.sctp ? sctpFormat(media) : undefined;
  });

function sctpFormat(media: MediaSection): Refusal | undefined {
  const [format = ''] = media.formats;
  const old = media.protocol.toUpperCase() === 'DTLS/SCTP';
  return (old ? isDigits(format) : format === 'webrtc-datachannel')
    ? undefined
    : syntaxError('the format does not go with the protocol', media.mLine);
}

const fingerprints: Rule = ({ description }) =>
  firstOf(
    description.lines.filter((line) => line.name === 'fingerprint'),
    (line) => {
      const [hash = '', digest = '', ...rest] = line.value.trim().split(/ +/);
      if (digest !== '' && rest.length === 0 && !hashLengths.has(hash.toLowerCase())) return undefined;
      return rest.length === 0 && /^[0-9A-F]{2}(?::[0-9A-F]{2})*$/.test(digest)
        ? undefined
        : syntaxError('the fingerprint is malformed', line);
    },
  );

const encodings: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    const rids = media.attributes.get('rid') ?? [];
    const bad = rids.find((line) => !/^(?:send|recv)$/.test(parseRid(line.value)?.direction ?? ''));
    if (bad !== undefined) return syntaxError('a rid is sent or received', bad);
    const limited = rids.find((line) =>
      /[ ;]max-(?:width|height|fps|fs|br|pps)=(?![0-9]+(?:;|$))/.test(line.value),
    );
    if (limited !== undefined) return syntaxError('a limit of a rid is not a number', limited);
    const known = new Set(rids.map((line) => parseRid(line.value)?.id));
    return firstOf(media.attributes.get('simulcast') ?? [], (line) =>
      firstOf(parseSimulcast(line.value), ({ direction, streams }) => {
        if (direction !== 'send' && direction !== 'recv')
          return syntaxError('simulcast is sent or received', line);
        const missing = streams.flat().find((id) => !known.has(id.replace(/^~/, '')));
        return missing === undefined ? undefined : syntaxError(`no rid line for "${missing}"`, line);
      }),
    );
  });

const imageSizes: Rule = ({ description }) => {
  const bad = description.lines.find(
    (line) => line.name === 'imageattr' && /\[x=[^,[\]]*\](?:\s|$)/.test(line.value),
  );
  return bad === undefined ? undefined : syntaxError('a size has x and y', bad);
};

/** RFC 3551 section 6: 1, 2, 19 are reserved; 64 to 95 would be taken for RTCP (RFC 5761 section 4). */
const usable = (payload: number): boolean =>
  payload < 128 && ![1, 2, 19].includes(payload) && !(payload >= 64 && payload <= 95);

const payloadTypes: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    const reserved =
      media.rtp &&
      isRtp(media.protocol) &&
      media.formats.some((format) => isDigits(format) && !usable(Number(format)));
    return reserved ? syntaxError('a payload type is reserved or larger than 127', media.mLine) : undefined;
  });

const extensions: Rule = ({ description }) =>
  firstOf(description.media, (media) => {
    const seen = new Set<string>();
    return firstOf(media.attributes.get('extmap') ?? [], (line) => {
      const entry = parseExtmap(line.value);
      if (entry === undefined || !isDigits(entry.id)) return undefined;
      if (integerIn(entry.id, 1, 14) === undefined)
        return syntaxError('the number of an extension is from 1 to 14', line);
      if (seen.has(entry.id)) return syntaxError(`the number ${entry.id} is used twice`, line);
      seen.add(entry.id);
      return undefined;
    });
  });

const bundleTag: Rule = ({ description }) => {
  const seen = new Set<string>();
  const byWord = new Map(
    description.media
      .toReversed()
      .flatMap((media) => (media.mid === undefined ? [] : [[firstWord(media.mid), media]])),
  );
  return firstOf(bundleGroups(description), ({ line, ids }) => {
    const tag = byWord.get(ids[0] ?? '');
    const twice = ids.find((id) => seen.has(id));
    for (const id of ids) seen.add(id);
    if (twice !== undefined) return accessError(`"${twice}" is in two BUNDLE groups`, line);
    if (ids.length > 0 && tag === undefined)
      return accessError(`no section has the mid "${ids[0]}" of the BUNDLE group`, line);
    return tag?.rejected === true
      ? accessError('the first section of the BUNDLE group is rejected', line)
      : undefined;
  });
};

const firstWord = (text: string): string => text.split(' ', 1)[0] ?? '';

const rtcpMux: Rule = ({ description }) =>
  firstOf(description.media, (media) =>
    media.rtp && media.port !== 0 && !hasFlag(media, 'rtcp-mux')
      ? accessError('rtcp-mux is needed', media.mLine)
      : undefined,
  );

const transport: Rule = (remote) => firstOf(ownTransport(remote), (media) => judgeTransport(remote, media));

function judgeTransport(remote: Remote, media: MediaSection): Refusal | undefined {
  const ufrag = valueOf(remote, media, 'ice-ufrag');
  const pwd = valueOf(remote, media, 'ice-pwd');
  if (ufrag === undefined || ufrag.length < 4)
    return accessError('the ICE user name fragment is missing or too short', media.mLine);
  if (pwd === undefined || pwd.length < 22)
    return accessError('the ICE password is missing or too short', media.mLine);
  const prints =
    media.attributes.get('fingerprint') ?? remote.description.session.attributes.get('fingerprint');
  if (prints === undefined) return accessError('there is no certificate fingerprint', media.mLine);
  const known = prints.some((line) => hashLengths.has(firstWord(line.value).toLowerCase()));
  return known
    ? judgeSetup(remote, media)
    : accessError('no hash function of a fingerprint is supported', media.mLine);
}

function judgeSetup(remote: Remote, media: MediaSection): Refusal | undefined {
  const setup = valueOf(remote, media, 'setup')?.toLowerCase();
  if (setup === 'holdconn') return accessError('holdconn is not supported', media.mLine);
  if (remote.type === 'answer')
    return setup === 'actpass'
      ? accessError('an answer can not have the role actpass', media.mLine)
      : undefined;
  return setup === 'active' || setup === 'passive' || setup === 'actpass'
    ? undefined
    : accessError('an offer needs a=setup', media.mLine);
}

const sameSections: Rule = ({ description, offer }) => {
  if (offer === undefined) return undefined;
  if (offer.media.length !== description.media.length) return otherCount(description, offer);
  return firstOf(description.media, (media) => {
    const offered = offer.media[media.index]!;
    if (media.kind !== offered.kind)
      return accessError('the kinds of the sections differ from the offer', media.mLine);
    const sameMid = media.mid === undefined || firstWord(media.mid) === offered.mid;
    return sameMid
      ? undefined
      : accessError('the mid differs from the offer', media.attributes.get('mid')?.[0]);
  });
};

const newExtensions: Rule = ({ description, offer }) =>
  firstOf(offer === undefined ? [] : description.media, (media) => {
    const offered = [
      ...(offer!.media[media.index]?.attributes.get('extmap') ?? []),
      ...(offer!.session.attributes.get('extmap') ?? []),
    ];
    const uris = new Set(offered.map((line) => parseExtmap(line.value)?.uri));
    const lines = [
      ...(description.session.attributes.get('extmap') ?? []),
      ...(media.attributes.get('extmap') ?? []),
    ];
    return firstOf(lines, (line) => {
      const uri = parseExtmap(line.value)?.uri;
      return uri === undefined || uris.has(uri)
        ? undefined
        : accessError('the answer has a header extension that was not offered', line);
    });
  });

const bundledTransceivers: Rule = (remote) => {
  if (remote.type !== 'answer') return undefined;
  const { description } = withOfferedMids(remote);
  const mids = new Set(description.media.flatMap((media) => media.mid ?? []));
  return firstOf(bundleGroups(description), ({ line, ids }) => {
    const missing = ids.find((id) => !mids.has(id));
    return missing === undefined
      ? undefined
      : syntaxError(`there is no section for the bundled mid "${missing}"`, line);
  });
};

const commonCodecs: Rule = ({ description, offer }) =>
  firstOf(offer === undefined ? [] : description.media, (media) => {
    if (media.port === 0 && !media.bundleOnly) return undefined;
    return hasCommon(media, offer!.media[media.index]!)
      ? undefined
      : syntaxError('no codec of the answer was offered', media.mLine);
  });

function hasCommon(answered: MediaSection, offered: MediaSection): boolean {
  if (answered.sctp)
    return (
      integerIn(answered.attributes.get('sctp-port')?.[0]?.value.trim() ?? '0', 1, 99999) !== undefined ||
      isDigits(answered.formats[0] ?? '')
    );
  const names = new Set(offered.codecs.map((codec) => `${codec.name}/${codec.clockRate}`.toLowerCase()));
  return answered.codecs.some((codec) => names.has(`${codec.name}/${codec.clockRate}`.toLowerCase()));
}

const RULES: readonly Rule[] = [
  ascii,
  lineBreaks,
  lineTypes,
  version,
  origin,
  timing,
  connection,
  oneConnection,
  bandwidth,
  mediaLine,
  fingerprints,
  encodings,
  imageSizes,
  payloadTypes,
  extensions,
  bundleTag,
  rtcpMux,
  transport,
  sameSections,
  newExtensions,
  answerDirections,
  commonCodecs,
  bundledTransceivers,
];

/** What setRemoteDescription rejects with; undefined when it accepts. */
export const firefoxRefusal = (remote: Remote): Refusal | undefined =>
  firstRefusal(RULES, { ...remote, description: readable(remote.description) });

/** What createAnswer rejects with for an offer that was accepted: Firefox has one transceiver for data only. */
export function firefoxCreateAnswer({ description }: Remote): Refusal | undefined {
  const second = description.media.filter((media) => media.sctp && !media.rejected)[1];
  return second === undefined
    ? undefined
    : syntaxError('there is a second section for data channels', second.mLine);
}

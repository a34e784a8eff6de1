/** a=candidate: a transport address that connectivity checks may use. RFC 8839 section 5.1, RFC 6544 section 4.5. */
import { integerIn, isIceChars, visible } from '../grammar.ts';
import { PORT, type Reader, type Word } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { readAddress, readExtensions } from './candidate-extensions.ts';
import { readPriority } from './candidate-priority.ts';
import { attribute } from './doc.ts';

const TYPES: ReadonlyMap<string, string> = new Map([
  ['host', 'host: an address of the machine itself'],
  ['srflx', 'server reflexive: the address that a STUN server saw, so that of the NAT'],
  ['prflx', 'peer reflexive: an address that the other peer saw'],
  ['relay', 'relayed: an address on a TURN server'],
]);

export const candidate = attribute({
  name: 'candidate',
  rfc: cite('RFC 8839', '5.1'),
  example:
    'a=candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.0.5 rport 46154 generation 0 network-cost 999',
  explain: explainCandidate,
});

/** Reads the fields of a candidate; also for a candidate that stands alone, without an SDP line. */
export function explainCandidate(reader: Reader): string {
  const all = reader.words();
  const fields = all[5]?.text === 'typ' && all[6]?.text !== 'typ' ? withoutFoundation(reader, all) : all;
  const [foundation, component, transport, priority, address, port, typ, type, ...rest] = fields;
  readFoundation(reader, foundation);
  reader.integer(component, 'component', { min: 1, max: 256 }, componentInWords);
  const protocol = readTransport(reader, transport);
  readPriority(reader, priority, {
    type: type?.text ?? '',
    component: component?.text ?? '',
    address: address?.text ?? '',
  });
  readAddress(reader, address, 'address');
  reader.integer(port, 'port', PORT, (n) => `port ${n}`);
  readType(reader, typ, type);
  const extensions = readExtensions(reader, rest);
  if (protocol === 'tcp') reader.source = cite('RFC 6544', '4.5');
  checkTcp(reader, { transport, port, tcpType: extensions.get('tcptype') });
  checkRelated(reader, { type, raddr: extensions.get('raddr'), rport: extensions.get('rport') });
  return sentence({ type: type?.text, protocol, address: address?.text, port: port?.text });
}

const MISSING: Word = { text: '', start: -1, end: -1 };

function withoutFoundation(reader: Reader, words: readonly Word[]): readonly Word[] {
  reader.warn(
    'the foundation is missing',
    words[0],
    'Candidates with the same foundation are unfrozen together.',
  );
  return [MISSING, ...words];
}

function readFoundation(reader: Reader, word: Word | undefined): void {
  if (word === MISSING) return;
  const text = reader.need(
    word,
    'foundation',
    (name) =>
      `candidates with the foundation ${visible(name)} share type, base address, server and transport`,
  );
  if (word === undefined || text === '') return;
  if (text.length > 32) reader.error(`the foundation has ${text.length} characters`, word, 'It has 1 to 32.');
  if (!isIceChars(text))
    reader.error(
      `the foundation "${visible(text)}" has characters other than letters, digits, "+" and "/"`,
      word,
    );
}

const componentInWords = (component: number): string =>
  component === 1
    ? 'component 1: RTP, or everything when it is multiplexed'
    : component === 2
      ? 'component 2: RTCP'
      : `component ${component}`;

const TRANSPORTS = new Set(['udp', 'tcp', 'ssltcp']);
/** Of drafts before RFC 6544, as Microsoft's clients still write them. */
const OLD_TRANSPORTS = new Set(['tcp-act', 'tcp-pass', 'tcp-so', 'tls', 'tls-act', 'tls-pass']);

function readTransport(reader: Reader, word: Word | undefined): string {
  const text = reader.need(word, 'transport', (name) => `over ${visible(name.toUpperCase())}`).toLowerCase();
  if (OLD_TRANSPORTS.has(text))
    reader.warn(
      `the transport "${text}" is out of use`,
      word,
      'Old drafts wrote it so; today it is tcp with a tcptype.',
    );
  else if (text !== '' && !TRANSPORTS.has(text))
    reader.error(`the transport "${visible(text)}" is neither udp nor tcp`, word);
  return text;
}

function readType(reader: Reader, typ: Word | undefined, type: Word | undefined): void {
  const keyword = reader.need(typ, 'keyword "typ"', () => 'the type follows');
  if (keyword !== '' && keyword !== 'typ') reader.error(`"typ" is expected, not "${visible(keyword)}"`, typ);
  const name = reader.need(
    type,
    'candidate type',
    (text) => TYPES.get(text) ?? `"${visible(text)}" is not a candidate type`,
  );
  if (name !== '' && !TYPES.has(name))
    reader.error(`"${visible(name)}" is not a candidate type`, type, 'It is host, srflx, prflx or relay.');
}

interface TcpFields {
  readonly transport: Word | undefined;
  readonly port: Word | undefined;
  readonly tcpType: Word | undefined;
}

/** RFC 6544 section 4.5. */
function checkTcp(reader: Reader, { transport, port, tcpType }: TcpFields): void {
  const protocol = transport?.text.toLowerCase();
  const closed = port !== undefined && integerIn(port.text, 0, 0) === 0;
  if (protocol === 'tcp' && tcpType === undefined)
    reader.warn(
      'the TCP candidate has no tcptype',
      transport,
      'It says who opens the connection: active, passive or so.',
    );
  if (protocol === 'udp' && tcpType !== undefined)
    reader.warn('tcptype has no meaning on a UDP candidate', tcpType, 'libwebrtc refuses the description.');
  if (protocol === 'udp' && closed)
    reader.error(
      'nothing can be sent to port 0',
      port,
      'A candidate names the port that checks are sent to.',
    );
  if (protocol === 'tcp' && closed)
    reader.warn(
      'the TCP candidate has port 0',
      port,
      'An active one, which accepts nothing, is written with port 9.',
    );
}

interface RelatedFields {
  readonly type: Word | undefined;
  readonly raddr: Word | undefined;
  readonly rport: Word | undefined;
}

const RELATED = new Set(['srflx', 'prflx', 'relay']);

function checkRelated(reader: Reader, { type, raddr, rport }: RelatedFields): void {
  if (raddr === undefined && type !== undefined && RELATED.has(type.text))
    reader.warn(
      `the ${type.text} candidate has no related address`,
      type,
      'raddr and rport name the address that it was made from; RFC 8839 wants them.',
    );
  if ((raddr === undefined) !== (rport === undefined))
    reader.warn(
      `${raddr === undefined ? 'raddr' : 'rport'} is missing`,
      raddr ?? rport,
      'The related address and the related port come together.',
    );
}

function sentence(c: {
  type: string | undefined;
  protocol: string;
  address: string | undefined;
  port: string | undefined;
}): string {
  const type = c.type === undefined ? 'A candidate' : `A ${visible(c.type)} candidate`;
  return `${type}: the peer may try ${visible(c.address ?? '?')} port ${visible(c.port ?? '?')} over ${visible(c.protocol.toUpperCase())}.`;
}

/** What follows the type of a candidate: RFC 8839 section 5.1 (raddr, rport), RFC 6544 section 4.5 (tcptype), and what libwebrtc adds. */
import { addressKind, describeAddress, integerIn, visible } from '../grammar.ts';
import { PORT, type Reader, type Word } from '../reader.ts';

const TCP_TYPES: ReadonlyMap<string, string> = new Map([
  ['active', 'opens connections, does not accept any'],
  ['passive', 'accepts connections, does not open any'],
  ['so', 'both peers open at the same time'],
]);

export function readAddress(reader: Reader, word: Word | undefined, role: string): void {
  const text = reader.need(word, role, describeAddress);
  if (word === undefined) return;
  const kind = addressKind(text);
  if (kind === undefined) reader.error(`"${visible(text)}" is neither an address nor a host name`, word);
  if (text.includes('%'))
    reader.warn('the address has a zone', word, 'A zone means something on the sending machine only.');
  if (kind === 'obfuscated') reader.masked(word);
}

/** Name and value pairs in any order: raddr, rport, tcptype, and what implementations add. */
export function readExtensions(reader: Reader, words: readonly Word[]): ReadonlyMap<string, Word> {
  const found = new Map<string, Word>();
  for (let i = 0; i < words.length; i += 2) {
    const name = words[i]!;
    const value = words[i + 1];
    reader.token(
      name,
      'extension name',
      EXTENSIONS.get(name.text)?.title ?? `the extension ${visible(name.text)}`,
    );
    if (name.text.startsWith('candidate:'))
      reader.error('a second candidate begins here', name, 'Each one stands on its own line.');
    if (value === undefined) reader.error(`"${visible(name.text)}" has no value`, name);
    else readExtension(reader, name.text, value);
    found.set(name.text, value ?? name);
  }
  return found;
}

interface Extension {
  readonly title: string;
  readonly read: (reader: Reader, value: Word) => void;
}

const say =
  (role: string, words: (value: string) => string) =>
  (reader: Reader, value: Word): void =>
    reader.token(value, role, words(visible(value.text)));

const EXTENSIONS: ReadonlyMap<string, Extension> = new Map<string, Extension>([
  [
    'raddr',
    {
      title:
        'the related address follows: the base, or for a relayed candidate the address that the TURN server saw',
      read: (reader, value) => readAddress(reader, value, 'related address'),
    },
  ],
  [
    'rport',
    {
      title: 'the related port follows',
      read: (reader, value) => void reader.integer(value, 'related port', PORT, (n) => `related port ${n}`),
    },
  ],
  ['tcptype', { title: 'the direction of the TCP connection follows', read: readTcpType }],
  [
    'generation',
    {
      title: 'how many ICE restarts came before (libwebrtc)',
      read: say('generation', (value) =>
        value === '0'
          ? 'from before any ICE restart'
          : `after ${value} ICE ${value === '1' ? 'restart' : 'restarts'}`,
      ),
    },
  ],
  [
    'ufrag',
    {
      title: 'the ICE session it belongs to',
      read: say('ufrag', (value) => `belongs to the user name fragment ${value}`),
    },
  ],
  [
    'network-id',
    {
      title: 'a number for the network interface (libwebrtc)',
      read: say('network id', (value) => `network interface number ${value}`),
    },
  ],
  [
    'network-cost',
    { title: 'what using this network costs (libwebrtc)', read: say('network cost', networkCost) },
  ],
  [
    'svn',
    {
      title: 'a number of the implementation',
      read: say(
        'svn',
        (value) => `a number of the implementation, ${value}: it says nothing of the candidate`,
      ),
    },
  ],
  [
    'relayProtocol',
    {
      title: 'how this side reaches the TURN server',
      read: say('relay protocol', (value) => `this side reaches the TURN server over ${value.toUpperCase()}`),
    },
  ],
  [
    'url',
    { title: 'the server that this candidate came from', read: say('url', (value) => `from ${value}`) },
  ],
]);

function readExtension(reader: Reader, name: string, value: Word): void {
  const extension = EXTENSIONS.get(name);
  if (extension === undefined)
    reader.token(value, 'extension value', `${visible(name)} is "${visible(value.text)}"`);
  else extension.read(reader, value);
}

function readTcpType(reader: Reader, value: Word): void {
  const meaning = TCP_TYPES.get(value.text);
  reader.token(value, 'TCP type', meaning ?? `"${visible(value.text)}" is not a TCP type`);
  if (meaning === undefined)
    reader.error(`"${visible(value.text)}" is not a TCP type`, value, 'It is active, passive or so.');
}

/** rtc_base/network_constants.h of libwebrtc; a VPN adds 1. */
const NETWORK_COSTS: ReadonlyMap<number, string> = new Map([
  [0, 'a wired network'],
  [10, 'Wi-Fi'],
  [50, 'a network of unknown kind'],
  [250, 'a 5G mobile network'],
  [500, 'a 4G mobile network'],
  [900, 'a mobile network'],
  [910, 'a 3G mobile network'],
  [980, 'a 2G mobile network'],
  [999, 'bound to no interface in particular, as where the browser may not list them; the last choice'],
]);

function networkCost(value: string): string {
  const cost = integerIn(value, 0, 1000);
  if (cost === undefined) return `the cost ${value}`;
  const network = NETWORK_COSTS.get(cost);
  if (network !== undefined) return `cost ${cost}: ${network}`;
  const tunnelled = NETWORK_COSTS.get(cost - 1);
  return tunnelled === undefined
    ? `cost ${cost}: the lower, the better`
    : `cost ${cost}: a VPN over ${tunnelled}`;
}

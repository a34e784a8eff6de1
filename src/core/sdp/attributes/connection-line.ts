/** c=: where the media should be sent. RFC 8866 section 5.7. */
import { addressKind, describeAddress, integerIn, isMulticast, visible } from '../grammar.ts';
import type { Reader, Word } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { lineType } from './doc.ts';
import { addressType, disagree, netType } from './session-lines.ts';

export const connection = lineType({
  name: 'c',
  level: 'both',
  rfc: cite('RFC 8866', '5.7'),
  example: 'c=IN IP4 203.0.113.7',
  explain: (reader) => {
    const [net, family, target, ...rest] = reader.words();
    netType(reader, net);
    const type = addressType(reader, family);
    if (target === undefined) reader.error('the address is missing');
    else readTarget(reader, type, target);
    reader.surplus(rest);
    return `Where media is received unless ICE finds a better way: ${visible(target?.text ?? '?')}.`;
  },
});

function readTarget(reader: Reader, type: string, target: Word): void {
  const [address, ...suffixes] = reader.split(target, '/');
  reader.token(address!, 'address', describeAddress(address!.text));
  const kind = addressKind(address!.text);
  if (kind === undefined)
    reader.error(`"${visible(address!.text)}" is neither an address nor a host name`, address!);
  else if (kind === 'obfuscated') reader.masked(address!);
  else if (disagree(type, kind))
    reader.breaks(`the address type ${type} does not fit ${address!.text}`, address!);
  if (kind === 'IPv4' || kind === 'IPv6') readMulticast(reader, { type, address: address!, suffixes });
  else
    for (const suffix of suffixes)
      readCount(reader, suffix, 'number of addresses', (n) => `${n} addresses in a row`);
}

interface Multicast {
  readonly type: string;
  readonly address: Word;
  readonly suffixes: readonly Word[];
}

function readMulticast(reader: Reader, { type, address, suffixes }: Multicast): void {
  const multicast = isMulticast(address.text);
  if (!multicast && suffixes.length > 0)
    reader.error(
      'this address is not multicast',
      suffixes[0],
      'Only a multicast address is followed by "/" and a TTL or a number of addresses.',
    );
  const parts = type === 'IP4' ? ['TTL', 'number of addresses'] : ['number of addresses'];
  if (multicast && type === 'IP4' && suffixes.length === 0)
    reader.warn(
      'the multicast address has no TTL',
      address,
      'An IPv4 multicast address needs one, as in 233.252.0.1/127.',
    );
  suffixes.forEach((suffix, index) => {
    if (parts[index] === 'TTL') readTtl(reader, suffix);
    else readCount(reader, suffix, parts[index] ?? 'surplus', (n) => `${n} addresses in a row`);
  });
  if (suffixes.length > parts.length) reader.error('too many "/" after the address', suffixes.at(-1));
}

function readTtl(reader: Reader, word: Word): void {
  reader.integer(word, 'TTL', { min: 0, max: 255 }, (ttl) => `packets live for ${ttl} hops`);
}

function readCount(reader: Reader, word: Word, role: string, explain: (count: number) => string): void {
  const count = integerIn(word.text, 1, 4294967295);
  reader.token(
    word,
    role,
    count === undefined ? `"${visible(word.text)}" is not a number of addresses` : explain(count),
  );
  if (count === undefined) reader.error(`"${visible(word.text)}" is not a number of addresses`, word);
}

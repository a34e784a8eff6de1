/** a=ssrc and a=ssrc-group: the sources of RTP streams. RFC 5576. */
import { visible } from '../grammar.ts';
import { UINT32, type Reader, type Word } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { attribute } from './doc.ts';
import { readSemantics } from './semantics.ts';

/** Source attributes: registered, and those of libwebrtc and Jitsi. */
const SOURCE_ATTRIBUTES: ReadonlyMap<string, (value: string) => string> = new Map([
  [
    'cname',
    (value) => `the sender's canonical name "${value}": sources with the same name are played in step`,
  ],
  ['msid', msidInWords],
  ['mslabel', (value) => `it belongs to the stream "${value}" (obsolete, Google)`],
  ['label', (value) => `it carries the track "${value}" (obsolete, Google)`],
  ['fmtp', (value) => `format settings of this source: ${value}`],
  ['previous-ssrc', (value) => `it was ${value} before`],
  ['ts-refclk', (value) => `its clock is ${value}`],
  ['mediaclk', (value) => `its media clock is ${value}`],
  ['name', (value) => `Jitsi calls it "${value}"`],
  ['videoType', (value) => `the picture is a ${value} (Jitsi)`],
]);

/** `- track`: no stream. */
function msidInWords(value: string): string {
  const [stream = '', track] = value.split(' ', 2);
  const streams = stream === '-' ? 'it belongs to no stream' : `it belongs to the stream "${stream}"`;
  return track === undefined ? streams : `${streams} and carries the track "${track}"`;
}

export const ssrc = attribute({
  name: 'ssrc',
  rfc: cite('RFC 5576', '4.1'),
  example: 'a=ssrc:2082260239 cname:EocUG1f0fcg/yvY7',
  explain: (reader) => {
    const [id, name, ...rest] = reader.words();
    const source = reader.integer(id, 'SSRC', UINT32, (n) => `the source ${n}, a number in its RTP packets`);
    if (name === undefined) {
      reader.error(
        'the attribute of the source is missing',
        reader.value,
        'An ssrc line says something about the source, such as its cname.',
      );
      return `The RTP source ${source ?? '?'}.`;
    }
    return `About the RTP source ${source ?? '?'}: ${readAttribute(reader, name, rest)}.`;
  },
});

function readAttribute(reader: Reader, word: Word, rest: readonly Word[]): string {
  const all = reader.restFrom(word);
  const colon = all.text.indexOf(':');
  const name = colon < 0 ? all.text : all.text.slice(0, colon);
  const nameWord = { text: name, start: word.start, end: word.start + name.length };
  if (colon < 0 && rest.length > 0)
    reader.warn(
      'the source attribute has no value',
      word,
      'An attribute and its value are joined by a colon.',
    );
  if (name === '') reader.error('the name of the source attribute is missing', word);
  const value = colon < 0 ? '' : all.text.slice(colon + 1);
  const words = SOURCE_ATTRIBUTES.get(name)?.(visible(value)) ?? `${visible(name)} is "${visible(value)}"`;
  reader.token(nameWord, 'source attribute', words);
  if (value !== '')
    reader.token({ text: value, start: nameWord.end + 1, end: all.end }, 'source attribute value', words);
  else if (name === 'cname') reader.error('the cname is empty', word);
  return words;
}

const SEMANTICS: ReadonlyMap<string, string> = new Map([
  ['FID', 'the second repairs the first by retransmission'],
  ['FEC', 'one repairs the other by forward error correction (obsolete)'],
  ['FEC-FR', 'the later ones repair the first by forward error correction'],
  ['DUP', 'they carry the same media'],
  ['SIM', 'the same picture in several qualities, lowest first (Google)'],
]);

export const ssrcGroup = attribute({
  name: 'ssrc-group',
  rfc: cite('RFC 5576', '4.2'),
  example: 'a=ssrc-group:FID 2231627014 632943048',
  explain: (reader) => {
    const [semantics, ...ids] = reader.words();
    const name = readSemantics(reader, semantics, { known: SEMANTICS, of: 'a group of sources' });
    for (const id of ids) reader.integer(id, 'SSRC', UINT32, (n) => `the source ${n}`);
    if (ids.length === 0)
      reader.error('the group names no source', reader.value, 'A group of sources names at least one.');
    else if (new Set(ids.map((id) => id.text)).size < ids.length) reader.error('a source is named twice');
    return `RTP sources that belong together: ${SEMANTICS.get(name) ?? 'for an unknown purpose'}.`;
  },
});

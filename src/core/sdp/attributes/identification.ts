/** Names that join lines: mid, group, label, content, msid. RFC 5888, RFC 9143, RFC 4574, RFC 4796, RFC 8830. */
import { isToken, visible } from '../grammar.ts';
import { cite } from '../../base/cite.ts';
import { attribute } from './doc.ts';
import { readSemantics } from './semantics.ts';
import { checkToken } from './session-lines.ts';

export const mid = attribute({
  name: 'mid',
  single: true,
  rfc: cite('RFC 5888', '4'),
  example: 'a=mid:0',
  explain: (reader) => {
    const { value } = reader;
    reader.token(value, 'mid', `this section is called "${visible(value.text)}"`);
    checkToken(reader, value, 'mid');
    return `The name of this media section: "${visible(value.text)}". Other lines and the RTP packets refer to it.`;
  },
});

/** Group semantics, registered with IANA. */
const SEMANTICS: ReadonlyMap<string, string> = new Map([
  ['BUNDLE', 'these sections share one transport'],
  ['LS', 'these sections are played in step (lip synchronization)'],
  ['FID', 'these sections are one flow in different encodings'],
  ['SRF', 'these sections share one resource reservation'],
  ['ANAT', 'these sections are alternatives with different address types (obsolete)'],
  ['FEC', 'one section repairs the other (obsolete)'],
  ['FEC-FR', 'one section repairs the other'],
  ['DDP', 'these sections depend on each other for decoding'],
  ['CS', 'these sections belong to one composite session'],
  ['DUP', 'these sections carry the same media twice'],
  ['CLUE', 'these sections belong to a telepresence session (RFC 8848)'],
]);

export const group = attribute({
  name: 'group',
  level: 'session',
  rfc: cite('RFC 5888', '5'),
  example: 'a=group:BUNDLE 0 1 2',
  explain: (reader) => {
    const [semantics, ...ids] = reader.words();
    const name = readSemantics(reader, semantics, { known: SEMANTICS, of: 'a group' });
    for (const id of ids) {
      reader.token(id, 'mid', `the section with the mid "${visible(id.text)}"`);
      checkToken(reader, id, 'mid');
    }
    if (name === 'BUNDLE') reader.source = cite('RFC 9143', '7');
    const list = ids.map((id) => visible(id.text)).join(', ');
    return `A group of media sections (${ids.length === 0 ? 'none' : list}): ${SEMANTICS.get(name) ?? 'an unknown relation'}.`;
  },
});

export const label = attribute({
  name: 'label',
  single: true,
  rfc: cite('RFC 4574', '4'),
  example: 'a=label:1',
  explain: (reader) => {
    const { value } = reader;
    reader.token(value, 'label', `the label "${visible(value.text)}"`);
    checkToken(reader, value, 'label');
    return 'A label by which others (conference control, floor control) point at this section.';
  },
});

const CONTENTS: ReadonlyMap<string, string> = new Map([
  ['slides', 'slides or a shared screen'],
  ['speaker', 'the picture or sound of the speaker'],
  ['sl', 'sign language'],
  ['main', 'the main source'],
  ['alt', 'an additional source'],
  ['g.tele', 'a 3GPP telepresence source'],
  ['user-floor', 'a user of a floor controlled conference'],
]);

export const content = attribute({
  name: 'content',
  rfc: cite('RFC 4796', '5'),
  example: 'a=content:slides',
  explain: (reader) => {
    for (const word of reader.split(reader.value, ',')) {
      reader.token(
        word,
        'content',
        CONTENTS.get(word.text) ?? `the content "${visible(word.text)}", not a registered one`,
      );
      checkToken(reader, word, 'content');
    }
    return 'What the media shows, so that it can be laid out.';
  },
});

export const msid = attribute({
  name: 'msid',
  rfc: cite('RFC 8830', '2'),
  example: 'a=msid:47017fee-b6c1-4162-929c-a25110252400 f83006c5-a0ff-4e0a-9ed9-d3e6747be7d9',
  explain: (reader) => {
    const [stream, track, ...rest] = reader.words();
    const id = reader.need(stream, 'stream id', (text) =>
      text === '-' ? 'the track belongs to no stream' : `in the MediaStream ${visible(text)}`,
    );
    if (stream !== undefined) checkMsid(reader, stream, 'stream id');
    if (track !== undefined) {
      reader.token(track, 'track id', `the track ${visible(track.text)}`);
      checkMsid(reader, track, 'track id');
    }
    reader.surplus(rest);
    return id === '-'
      ? 'A track that belongs to no MediaStream.'
      : 'Which MediaStream the track of this section belongs to.';
  },
});

function checkMsid(
  reader: Parameters<typeof checkToken>[0],
  word: { text: string; start: number; end: number },
  role: string,
): void {
  if (!isToken(word.text))
    reader.error(`the ${role} "${visible(word.text)}" has characters that are not allowed in it`, word);
  else if (word.text.length > 64)
    reader.warn(`the ${role} has ${word.text.length} characters`, word, 'It has 1 to 64.');
}

export const msidSemantic = attribute({
  name: 'msid-semantic',
  level: 'session',
  rfc: cite('draft-ietf-mmusic-msid-01', '3'),
  example: 'a=msid-semantic: WMS *',
  explain: (reader) => {
    const [semantic, ...ids] = reader.words();
    const name = reader.need(semantic, 'semantic', (text) =>
      text === 'WMS' ? 'WebRTC MediaStreams' : `the meaning "${visible(text)}"`,
    );
    for (const id of ids)
      reader.token(id, 'stream id', id.text === '*' ? 'all ids' : `the stream ${visible(id.text)}`);
    return `What msid lines mean here (${visible(name)}). A relic of a draft, still sent; the RFC does without it.`;
  },
});

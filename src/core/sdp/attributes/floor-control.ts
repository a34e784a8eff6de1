/** Floor control (BFCP): who may speak or present. RFC 8856. */
import { visible } from '../grammar.ts';
import type { AttributeDoc } from './doc.ts';
import { cite } from '../../base/cite.ts';
import { count, oneOf, part, wordsOf } from './parts.ts';

const floorctrl = wordsOf({
  name: 'floorctrl',
  rfc: cite('RFC 8856', '5.1'),
  example: 'a=floorctrl:c-only s-only',
  parts: [],
  rest: oneOf('role', {
    'c-only': 'this side can be a client: it asks for the floor',
    's-only': 'this side can be the server: it gives the floor',
    'c-s': 'this side can be client and server; out of use since RFC 8856',
  }),
  sentence: 'Who asks for the floor and who gives it; an answer keeps one role.',
});

const confid = wordsOf({
  name: 'confid',
  rfc: cite('RFC 8856', '5.2'),
  example: 'a=confid:4321',
  parts: [count('conference', (value) => `conference ${value}`)],
  sentence: ([id = '?']) => `Floor control: the conference that messages name, ${id}.`,
});

const userid = wordsOf({
  name: 'userid',
  rfc: cite('RFC 8856', '5.3'),
  example: 'a=userid:1234',
  parts: [count('user', (value) => `user ${value}`, 65535)],
  sentence: ([id = '?']) => `Floor control: the number of this user in the conference, ${id}.`,
});

const floorid = wordsOf({
  name: 'floorid',
  rfc: cite('RFC 8856', '5.4'),
  example: 'a=floorid:1 mstrm:10 11',
  parts: [count('floor', (value) => `floor ${value}`, 65535)],
  rest: part(
    'stream',
    (text) => `for the section with a=label:${visible(text.replace(/^m(?:-stream|strm):/, ''))}`,
  ),
  sentence: 'Floor control: which media a floor is for.',
});

const bfcpver = wordsOf({
  name: 'bfcpver',
  rfc: cite('RFC 8856', '5.5'),
  example: 'a=bfcpver:1 2',
  parts: [],
  rest: part('version', (text) =>
    text === '1'
      ? 'version 1: over a reliable transport (TCP)'
      : text === '2'
        ? 'version 2: over an unreliable transport (UDP)'
        : `version ${visible(text)}`,
  ),
  sentence: 'Versions of the floor control protocol that this side speaks.',
});

export const floorControl: readonly AttributeDoc[] = [floorctrl, confid, userid, floorid, bfcpver];

/** Attributes of sessions in general: RFC 8866 sections 6.1 to 6.3 and 6.8 to 6.12, and languages of RFC 8373. */
import { cite } from '../../base/cite.ts';
import { texts, type AttributeDoc } from './doc.ts';

export const sessionTexts: readonly AttributeDoc[] = [
  ...texts(
    { rfc: cite('RFC 8866', '6.1'), level: 'session', role: 'category' },
    { cat: ['example.conference', 'The category of the session: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 8866', '6.2'), level: 'session', role: 'keywords' },
    { keywds: ['seminar sdp', 'Keywords to search the session by: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 8866', '6.3'), level: 'session', role: 'tool' },
    { tool: ['libavformat 58.29.100', 'The program that wrote this description: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 8866', '6.8'), role: 'orientation' },
    { orient: ['landscape', 'How a whiteboard is oriented: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 8866', '6.9'), level: 'session', role: 'type' },
    { type: ['broadcast', 'The kind of session: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 8866', '6.10'), level: 'session', role: 'character set' },
    { charset: ['ISO-8859-1', 'Names and texts are written in the character set {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 8866', '6.11'), level: 'both', role: 'language' },
    { sdplang: ['en', 'The texts of this description are in the language {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 8866', '6.12'), level: 'both', role: 'language' },
    { lang: ['de', 'The session is in the language {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 8373', '5'), role: 'languages' },
    {
      'hlang-send': ['es eu en *', 'Languages that the person at this side can use: {}.'],
      'hlang-recv': ['es eu en *', 'Languages that the person at this side understands: {}.'],
    },
  ),
];

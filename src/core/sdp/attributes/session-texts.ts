/** Attributes of sessions in general: RFC 8866 sections 6.1 to 6.3 and 6.8 to 6.12, and languages of RFC 8373. */
import { visible } from '../grammar.ts';
import { cite } from '../../base/rfc-sections.ts';
import { text } from './doc.ts';

export const cat = text({
  name: 'cat',
  level: 'session',
  rfc: cite('RFC 8866', '6.1'),
  example: 'a=cat:example.conference',
  role: 'category',
  says: (value) => `The category of the session: ${visible(value)}.`,
});

export const keywds = text({
  name: 'keywds',
  level: 'session',
  rfc: cite('RFC 8866', '6.2'),
  example: 'a=keywds:seminar sdp',
  role: 'keywords',
  says: (value) => `Keywords to search the session by: ${visible(value)}.`,
});

export const tool = text({
  name: 'tool',
  level: 'session',
  rfc: cite('RFC 8866', '6.3'),
  example: 'a=tool:libavformat 58.29.100',
  role: 'tool',
  says: (value) => `The program that wrote this description: ${visible(value)}.`,
});

export const orient = text({
  name: 'orient',
  rfc: cite('RFC 8866', '6.8'),
  example: 'a=orient:landscape',
  role: 'orientation',
  says: (value) => `How a whiteboard is oriented: ${visible(value)}.`,
});

export const conferenceType = text({
  name: 'type',
  level: 'session',
  rfc: cite('RFC 8866', '6.9'),
  example: 'a=type:broadcast',
  role: 'type',
  says: (value) => `The kind of session: ${visible(value)}.`,
});

export const charset = text({
  name: 'charset',
  level: 'session',
  rfc: cite('RFC 8866', '6.10'),
  example: 'a=charset:ISO-8859-1',
  role: 'character set',
  says: (value) => `Names and texts are written in the character set ${visible(value)}.`,
});

export const sdplang = text({
  name: 'sdplang',
  level: 'both',
  rfc: cite('RFC 8866', '6.11'),
  example: 'a=sdplang:en',
  role: 'language',
  says: (value) => `The texts of this description are in the language ${visible(value)}.`,
});

export const lang = text({
  name: 'lang',
  level: 'both',
  rfc: cite('RFC 8866', '6.12'),
  example: 'a=lang:de',
  role: 'language',
  says: (value) => `The session is in the language ${visible(value)}.`,
});

export const hlangSend = text({
  name: 'hlang-send',
  rfc: cite('RFC 8373', '5'),
  example: 'a=hlang-send:es eu en *',
  role: 'languages',
  says: (value) => `Languages that the person at this side can use: ${visible(value)}.`,
});

export const hlangRecv = text({
  name: 'hlang-recv',
  rfc: cite('RFC 8373', '5'),
  example: 'a=hlang-recv:es eu en *',
  role: 'languages',
  says: (value) => `Languages that the person at this side understands: ${visible(value)}.`,
});

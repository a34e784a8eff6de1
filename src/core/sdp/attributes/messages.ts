/** Messages (MSRP, RFC 4975) and files that are sent with them (RFC 5547). */
import { describeAddress, visible } from '../grammar.ts';
import { cite } from '../../base/cite.ts';
import type { Reader, Word } from '../reader.ts';
import { attribute, text, type AttributeDoc } from './doc.ts';
import { count, part, readPart, wordsOf } from './parts.ts';

const MSRP = cite('RFC 4975', '8');

/** `msrps://user@host:7394/session;tcp` */
const URI = /^(msrps?):\/\/((?:[^@/]*@)?)([^:/;]+|\[[^\]]*\])(?::([0-9]+))?(?:\/([^;]*))?((?:;[^;]*)*)$/i;

const path = attribute({
  name: 'path',
  rfc: MSRP,
  example: 'a=path:msrp://alice.example.com:7394/2s93i9ek2a;tcp',
  explain: (reader) => {
    const uris = reader.words();
    uris.forEach((uri, index) => readUri(reader, uri, index < uris.length - 1));
    return uris.length > 1
      ? 'Where messages (MSRP) are received: through each relay in turn, the last address is that of this side.'
      : 'Where messages (MSRP) are received.';
  },
});

function readUri(reader: Reader, uri: Word, relay: boolean): void {
  const [, scheme, user = '', host, port, session, more = ''] = URI.exec(uri.text) ?? [];
  if (scheme === undefined || host === undefined) {
    reader.token(uri, 'MSRP URI', `"${visible(uri.text)}" is not the address of an MSRP session`);
    reader.warn(
      `"${visible(uri.text)}" is not an MSRP address`,
      uri,
      'It is like msrp://host:port/session;tcp.',
    );
    return;
  }
  let at = uri.start;
  const next = (length: number, role: string, words: string): void => {
    if (length > 0) reader.token({ text: '', start: at, end: at + length }, role, words);
    at += length;
  };
  next(scheme.length, 'scheme', scheme.toLowerCase() === 'msrps' ? 'MSRP over TLS' : 'MSRP without TLS');
  at += 3;
  next(user.length, 'user', `the user ${visible(user.slice(0, -1))}`);
  next(host.length, 'host', `${relay ? 'a relay: ' : ''}${describeAddress(host)}`);
  if (port !== undefined) {
    at += 1;
    next(port.length, 'port', `port ${port}`);
  }
  if (session !== undefined) {
    at += 1;
    next(
      session.length,
      'session',
      `the session ${visible(session)}: who does not know this name gets nothing`,
    );
  }
  if (more !== '') {
    at += 1;
    next(more.length - 1, 'transport', `over ${visible(more.slice(1).toUpperCase())}`);
  }
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['*', 'any other kind too'],
  ['message/cpim', 'messages in an envelope with sender, receiver and time (CPIM)'],
  ['text/plain', 'plain text'],
  ['text/html', 'HTML'],
  ['multipart/mixed', 'several parts in one'],
  ['message/imdn+xml', 'notes that a message was delivered or read'],
  ['application/im-iscomposing+xml', 'notes that somebody is typing'],
]);

const acceptedTypes = (name: string, example: string, sentence: string) =>
  wordsOf({
    name,
    rfc: MSRP,
    example,
    parts: [],
    rest: part(
      'media type',
      (value) => TYPES.get(value.toLowerCase()) ?? `content of the type ${visible(value)}`,
    ),
    sentence,
  });

const acceptTypes = acceptedTypes(
  'accept-types',
  'a=accept-types:message/cpim text/plain',
  'Kinds of content that this side accepts in a message, the preferred one first.',
);
const acceptWrappedTypes = acceptedTypes(
  'accept-wrapped-types',
  'a=accept-wrapped-types:text/plain *',
  'Kinds of content that this side accepts inside an envelope only.',
);

const maxSize = wordsOf({
  name: 'max-size',
  rfc: MSRP,
  example: 'a=max-size:10485760',
  parts: [count('size', (value) => `${value} bytes`, Number.MAX_SAFE_INTEGER)],
  sentence: 'The largest message that this side wants to receive.',
});

const FILES = cite('RFC 5547', '6');

const SELECTORS: ReadonlyMap<string, (value: string) => string> = new Map([
  ['name', (value) => `it is called ${value}`],
  ['type', (value) => `its content is ${value}`],
  ['size', (value) => `it has ${value} bytes`],
  ['hash', (value) => `its hash is ${value}`],
]);

/** `name:"my photo.jpg" type:image/jpeg size:4092 hash:sha-1:72:24:…` */
const fileSelector = attribute({
  name: 'file-selector',
  form: 'optional',
  rfc: FILES,
  example: 'a=file-selector:name:"photo.jpg" type:image/jpeg size:32349',
  explain: (reader) => {
    for (const match of reader.value.text.matchAll(/(?<=^| )[a-z-]{1,20}:(?:"[^"]*"|[^ ]+)/g)) {
      const [selector] = match;
      const colon = selector.indexOf(':');
      const [key, value] = [selector.slice(0, colon), selector.slice(colon + 1)];
      const start = reader.value.start + match.index;
      const words = SELECTORS.get(key)?.(visible(value)) ?? `${visible(key)} is ${visible(value)}`;
      reader.token({ text: key, start, end: start + colon }, 'key', words);
      reader.token({ text: value, start: start + colon + 1, end: start + selector.length }, 'value', words);
    }
    return 'Which file is offered or asked for.';
  },
});

const fileTransferId = text({
  name: 'file-transfer-id',
  rfc: FILES,
  example: 'a=file-transfer-id:vBnG916bdberum2fFEABR1FR3ExZMUrd',
  role: 'name',
  says: () => 'A name for this transfer: a later offer with the same one goes on with it.',
});

const fileDisposition = attribute({
  name: 'file-disposition',
  rfc: FILES,
  example: 'a=file-disposition:attachment',
  explain: (reader) => {
    readPart(
      reader,
      reader.value,
      part('disposition', (value) =>
        value === 'render'
          ? 'render: it is shown at once'
          : value === 'attachment'
            ? 'attachment: it is kept, and shown only when somebody wants it'
            : `as ${visible(value)}`,
      ),
    );
    return 'What the receiver should do with the file.';
  },
});

const fileDate = text({
  name: 'file-date',
  rfc: FILES,
  example: 'a=file-date:creation:"Mon, 15 May 2006 15:01:31 +0300"',
  role: 'dates',
  says: (value) => `When the file was made, changed or read: ${visible(value)}.`,
});

const fileIcon = text({
  name: 'file-icon',
  rfc: FILES,
  example: 'a=file-icon:cid:id2@alicepc.example.com',
  role: 'content id',
  says: (value) => `A small picture of the file, in the part ${visible(value)} of the message.`,
});

const fileRange = attribute({
  name: 'file-range',
  rfc: FILES,
  example: 'a=file-range:1-32349',
  explain: (reader) => {
    const [from, last] = reader.split(reader.value, '-');
    const to = last && { ...last, start: last.start - 1 };
    readPart(
      reader,
      from,
      part('first byte', (value) => `from byte ${visible(value)}`),
    );
    readPart(
      reader,
      to,
      part('last byte', (value) => (value === '*' ? 'to the end' : `to byte ${visible(value)}`)),
    );
    return 'The part of the file that is sent.';
  },
});

export const messages: readonly AttributeDoc[] = [
  path,
  acceptTypes,
  acceptWrappedTypes,
  maxSize,
  fileSelector,
  fileTransferId,
  fileDisposition,
  fileDate,
  fileIcon,
  fileRange,
];

/** Data channels: RFC 8841 (SCTP), RFC 8864 (channels agreed in SDP), and the drafts before. */
import { integerIn, visible } from '../grammar.ts';
import { PORT, UINT32, type Reader, type Word } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { attribute } from './doc.ts';

export const sctpPort = attribute({
  name: 'sctp-port',
  single: true,
  rfc: cite('RFC 8841', '5'),
  example: 'a=sctp-port:5000',
  explain: (reader) => {
    const [word, ...rest] = reader.words();
    const port = reader.integer(word, 'SCTP port', PORT, (n) =>
      n === 0 ? 'port 0: the association is refused or closed' : `SCTP port ${n}, inside the DTLS connection`,
    );
    reader.surplus(rest);
    return `Data channels run over SCTP port ${port ?? '?'}: a number inside DTLS, no UDP port.`;
  },
});

export const maxMessageSize = attribute({
  name: 'max-message-size',
  single: true,
  rfc: cite('RFC 8841', '6'),
  example: 'a=max-message-size:262144',
  explain: (reader) => {
    const [word, ...rest] = reader.words();
    reader.integer(word, 'message size', { min: 0, max: Infinity }, (n) =>
      n === 0 ? 'any size' : `at most ${n} bytes`,
    );
    reader.surplus(rest);
    return 'The largest message that this side can take on a data channel; without this line, 65536 bytes.';
  },
});

export const sctpmap = attribute({
  name: 'sctpmap',
  rfc: cite('draft-ietf-mmusic-sctp-sdp-05', '6'),
  example: 'a=sctpmap:5000 webrtc-datachannel 1024',
  explain: (reader) => {
    const [port, app, streams, ...rest] = reader.words();
    reader.integer(port, 'SCTP port', PORT, (n) => `SCTP port ${n}`);
    reader.need(app, 'application', (text) =>
      text === 'webrtc-datachannel' ? 'data channels' : `the application ${visible(text)}`,
    );
    if (streams !== undefined)
      reader.integer(streams, 'streams', { min: 0, max: 65535 }, (n) => `${n} streams in each direction`);
    reader.surplus(rest);
    return 'Data channels, as drafts before RFC 8841 described them.';
  },
});

export const dcmap = attribute({
  name: 'dcmap',
  rfc: cite('RFC 8864', '5.1'),
  example: 'a=dcmap:2 subprotocol="bfcp";label="bfcp channel";ordered=true',
  explain: (reader) => {
    const [stream] = reader.words();
    reader.integer(
      stream,
      'stream',
      { min: 0, max: 65535 },
      (n) => `the channel with the stream number ${n}`,
    );
    const options = stream === undefined ? undefined : restAfter(reader, stream);
    if (options !== undefined) for (const option of quotedSplit(options)) readOption(reader, option);
    return `A data channel that is agreed here and not inside SCTP: stream ${visible(stream?.text ?? '?')}.`;
  },
});

function restAfter(reader: Reader, word: Word): Word | undefined {
  const rest = reader.restFrom(word);
  const space = rest.text.indexOf(' ');
  return space < 0
    ? undefined
    : { text: rest.text.slice(space + 1), start: rest.start + space + 1, end: rest.end };
}

/** Splits at semicolons outside quotation marks. */
function quotedSplit(word: Word): readonly Word[] {
  const found: Word[] = [];
  let quoted = false;
  let start = 0;
  for (let i = 0; i <= word.text.length; i += 1) {
    if (word.text[i] === '"') quoted = !quoted;
    if (i < word.text.length && (word.text[i] !== ';' || quoted)) continue;
    if (i > start)
      found.push({ text: word.text.slice(start, i), start: word.start + start, end: word.start + i });
    start = i + 1;
  }
  return found;
}

const OPTIONS: ReadonlyMap<string, (value: string) => string> = new Map([
  [
    'ordered',
    (value) => (value === 'false' ? 'messages may overtake each other' : 'messages keep their order'),
  ],
  ['subprotocol', (value) => `it speaks ${value}`],
  ['label', (value) => `it is called ${value}`],
  ['max-retr', (value) => `a message is sent again at most ${value} times`],
  ['max-time', (value) => `a message is sent again for at most ${value} ms`],
  ['priority', (value) => `priority ${value}`],
]);

function readOption(reader: Reader, word: Word): void {
  const [name, ...rest] = word.text.split('=');
  const value = rest.join('=');
  const nameEnd = word.start + name!.length;
  const words =
    OPTIONS.get(name!.trim())?.(visible(value)) ??
    (value === '' ? `the option ${visible(name!)}` : `${visible(name!)} is ${visible(value)}`);
  reader.token({ text: name!, start: word.start, end: nameEnd }, 'option', words);
  if (value !== '') reader.token({ text: value, start: nameEnd + 1, end: word.end }, 'value', words);
  if ((name === 'max-retr' || name === 'max-time') && integerIn(value, UINT32.min, UINT32.max) === undefined)
    reader.error(`${name} "${visible(value)}" is not a number`, word);
}

export const dcsa = attribute({
  name: 'dcsa',
  rfc: cite('RFC 8864', '5.2'),
  example: 'a=dcsa:2 accept-types:text/plain',
  explain: (reader) => {
    const [stream, nested] = reader.words();
    reader.integer(
      stream,
      'stream',
      { min: 0, max: 65535 },
      (n) => `for the channel with the stream number ${n}`,
    );
    if (nested === undefined) reader.error('the attribute is missing');
    else
      reader.token(
        reader.restFrom(nested),
        'attribute',
        `the attribute ${visible(reader.restFrom(nested).text)}`,
      );
    return 'An attribute of the protocol that runs inside a data channel.';
  },
});

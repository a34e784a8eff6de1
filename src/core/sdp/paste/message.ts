/** The message of SIP, RTSP or HTTP that carries SDP in its body (RFC 3261, section 7.4). */
import { type Result, fail, ok } from '../../base/result.ts';
import { readLines } from '../lines.ts';
import { type DescriptionType, guessType, readDescription } from '../structure.ts';
import { type Paste, paste } from './paste.ts';

const REQUEST = /^[A-Z]+ [^ \r\n]+ (?:SIP\/2\.0|RTSP\/[12]\.0|HTTP\/[12](?:\.[01])?)\r?\n/;
const RESPONSE = /^(?:SIP\/2\.0|RTSP\/[12]\.0|HTTP\/[12](?:\.[01])?) [0-9]{3}/;

export const isMessage = (text: string): boolean => REQUEST.test(text) || RESPONSE.test(text);

export function readMessage(text: string): Result<Paste> {
  const lines = readLines(text);
  const start = lines.findIndex((line, index) => line.type === 'v' && lines[index - 1]?.raw.trim() === '');
  if (start < 0)
    return fail({
      message: 'This is a message of SIP, RTSP or HTTP without SDP in its body.',
      where: 'line 1',
      found: lines[0]!.raw.slice(0, 60),
      expected: 'a body that begins with v=0',
    });
  const rest = lines.slice(start);
  const boundary = rest.findIndex((line) => line.raw.startsWith('--'));
  const body = boundary < 0 ? rest : rest.slice(0, boundary);
  const sdp = text.slice(body[0]!.start, body.at(-1)!.end + body.at(-1)!.eol.length);
  const type = messageType(lines.find((line) => line.raw.trim() !== '')!.raw);
  return ok(
    paste('message', {
      descriptions: [
        { type: guessType(readDescription(sdp)) ?? type, sdp, firstLine: start + 1, complete: true },
      ],
      notices: [`The description was taken out of a message, from line ${start + 1} on.`],
    }),
  );
}

/** The first description of a request is the offer; a response answers, a provisional one provisionally (RFC 3264). */
function messageType(startLine: string): DescriptionType | undefined {
  if (/^SIP\/2\.0 1/.test(startLine)) return 'pranswer';
  if (/^(?:SIP|HTTP)\//.test(startLine)) return 'answer';
  return /^(?:INVITE|POST|UPDATE) /.test(startLine) ? 'offer' : undefined;
}

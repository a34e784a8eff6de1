/** `icescope redact`: the same description without what could identify somebody. */
import type { Paste } from '../core/sdp/paste/paste.ts';
import { readPaste } from '../core/sdp/read-paste.ts';
import { createRedactor } from '../core/sdp/redact.ts';
import { FileError, parseArguments, UsageError, type Command } from './command.ts';
import { readText } from './input.ts';

export const redact: Command = {
  id: 'redact',
  usage: 'redact [FILE|-]',
  summary: 'addresses, credentials and names replaced by pseudonyms of the same shape',
  async run(args, io) {
    const { files } = parseArguments(args, []);
    const [file = '-', ...rest] = files;
    if (rest.length > 0) throw new UsageError('one file at a time');
    const text = await readText(file, io);
    const paste = readPaste(text);
    if (!paste.ok) throw new FileError(file, paste.error.message);
    if (paste.value.kind === 'empty') throw new FileError(file, 'the input is empty');
    io.stdout.write(redactPaste(text, paste.value));
    return 0;
  },
};

/** Plain text stays what it is; what was wrapped comes out as plain SDP, or as JSON when it was JSON. */
function redactPaste(text: string, { kind, descriptions }: Paste): string {
  const redactor = createRedactor([text, ...descriptions.map(({ sdp }) => sdp)]);
  const candidates = kind === 'candidates' || kind === 'candidate-json';
  const texts = descriptions.map(({ sdp, type }) => ({
    type: type ?? null,
    sdp: redactor(sdp, { candidates }),
  }));
  if (kind !== 'json') return texts.map(({ sdp }) => sdp).join('');
  return `${JSON.stringify(texts.length === 1 ? texts[0] : texts)}\n`;
}

/** `icescope diff`: the difference between two descriptions, by meaning. */
import { diff as diffTexts, type Change } from '../core/sdp/diff.ts';
import { JSON_VERSION, parseArguments, UsageError, type Command } from './command.ts';
import { readOne } from './input.ts';

export const diff: Command = {
  id: 'diff',
  usage: 'diff A B [--json]',
  summary: 'the difference between two descriptions, by meaning',
  async run(args, io) {
    const { options, files } = parseArguments(args, ['--json']);
    const [before, after, ...rest] = files;
    if (before === undefined || after === undefined || rest.length > 0)
      throw new UsageError('two files are needed');
    const a = await readOne(before, io, 'offer');
    const b = await readOne(after, io, 'offer');
    const changes = diffTexts(a.sdp, b.sdp);
    io.stdout.write(
      options.has('--json')
        ? `${JSON.stringify({ icescope: JSON_VERSION, changes })}\n`
        : changes.map(asText).join(''),
    );
    return changes.length > 0 ? 1 : 0;
  },
};

function asText({ section, kind, what, before, after, meaning, munging }: Change): string {
  const where = section === null ? 'session' : `section ${section}`;
  const values = [
    ...(before === null ? [] : [`    - ${before}`]),
    ...(after === null ? [] : [`    + ${after}`]),
  ];
  return `${[`${where}: ${what} ${kind}. ${meaning}`, ...values, ...(munging === undefined ? [] : [`    ${munging}`])].join('\n')}\n`;
}

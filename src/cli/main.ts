/** The command line `icescope`: finds the command and turns its result into an exit code. */
import { defineRegistry } from '../core/base/registry.ts';
import { UsageError, type Command, type Io } from './command.ts';
import { convert } from './convert.ts';
import { diagnose } from './diagnose.ts';
import { diff } from './diff.ts';
import { inspect } from './inspect.ts';
import { negotiate } from './negotiate.ts';
import { endOnLostOutput, nodeIo } from './node-io.ts';
import { redact } from './redact.ts';
import { serveUsage } from './serve-usage.ts';
import { simulate } from './simulate.ts';

/** Loaded when it is asked for: the other commands need no server. */
const serve: Command = {
  ...serveUsage,
  run: async (args, io) => (await import('./serve.ts')).serve.run(args, io),
};

export const commands = defineRegistry<Command>([
  inspect,
  negotiate,
  diff,
  diagnose,
  simulate,
  convert,
  redact,
  serve,
]);

/** Runs a command; expected failures become one line on standard error and the exit code 2. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...args] = argv[0] === '--' ? argv.slice(1) : argv;
  const command = commands.get(name ?? '');
  if (command === undefined) {
    const asked = name === '--help' || name === 'help';
    (asked ? io.stdout : io.stderr).write(
      asked
        ? help()
        : `icescope: ${name === undefined ? 'a command is missing' : `there is no command "${name}"`}; see icescope --help\n`,
    );
    return asked ? 0 : 2;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr.write(`icescope ${command.id}: ${error.message}\n`);
    return 2;
  }
}

const help = (): string =>
  `${['icescope: inspect ICE and SDP', '', ...commands.all.map(({ usage, summary }) => `  icescope ${usage}\n      ${summary}`)].join('\n')}\n`;

if (process.argv[1] !== undefined && /main\.(?:ts|js)$/.test(process.argv[1])) {
  endOnLostOutput();
  process.exitCode = await run(process.argv.slice(2), nodeIo);
}

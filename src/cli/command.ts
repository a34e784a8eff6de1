/** What a command of the command line is. */
export interface Io {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /**
   * The bytes of a file, or of the standard input for `-`: more than `limit` say that it is too long, and it may be
   * longer still. Rejects when there is no such file.
   */
  readonly read: (path: string, limit: number) => Promise<Uint8Array>;
  /** Rejects when the file can not be written. */
  readonly write: (path: string, text: string) => Promise<void>;
}

export interface Command {
  readonly id: string;
  /** For example `inspect [FILE…|-] [--json]`. */
  readonly usage: string;
  readonly summary: string;
  /** Resolves to the exit code: 0 fine, 1 findings, 2 unreadable or misused. */
  run(args: readonly string[], io: Io): Promise<number>;
}

/** The version of the JSON that commands print. It grows when a field changes its meaning or goes away. */
export const JSON_VERSION = 1;

/** Something that is wrong with the input or the arguments: one line on standard error, exit code 2. */
export class UsageError extends Error {}

/** What is wrong with a file: the message begins with its name, `problem` does not. */
export class FileError extends UsageError {
  readonly problem: string;

  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.problem = problem;
  }
}

/** What stands after `--` is the name of a file, whatever it looks like. */
export function splitAtDashes(args: readonly string[]): {
  readonly before: readonly string[];
  readonly after: readonly string[];
} {
  const at = args.indexOf('--');
  return at < 0 ? { before: args, after: [] } : { before: args.slice(0, at), after: args.slice(at + 1) };
}

/** Options that a command knows (`--json`) and the other arguments. */
export function parseArguments(
  args: readonly string[],
  known: readonly string[],
): { options: ReadonlySet<string>; files: readonly string[] } {
  const options = new Set<string>();
  const files: string[] = [];
  const { before, after } = splitAtDashes(args);
  for (const arg of before) {
    if (!arg.startsWith('--')) files.push(arg);
    else if (known.includes(arg)) options.add(arg);
    else throw new UsageError(`there is no option ${arg}`);
  }
  return { options, files: [...files, ...after] };
}

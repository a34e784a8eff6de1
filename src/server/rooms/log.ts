/** One thing that happened, with facts that name nobody: no addresses, room ids, keys or messages. */
export type Log = (event: string, facts: Readonly<Record<string, string | number | boolean | null>>) => void;

/** One JSON object a line. */
export const jsonLog =
  (write: (line: string) => void, date: () => Date = () => new Date()): Log =>
  (event, facts) =>
    write(`${JSON.stringify({ at: date().toISOString(), event, ...facts })}\n`);

export const noLog: Log = () => {};

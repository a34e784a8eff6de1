/**
 * What compares two descriptions, or rewrites them, as a whole: of short texts at once, of long ones in a worker, so that
 * the page stays alive. What comes back is short, whatever went in.
 */
import { type Result, ok } from '../../core/base/result.ts';
import { diff, type Change } from '../../core/sdp/diff.ts';
import { negotiate, type Earlier, type PredictedError } from '../../core/sdp/negotiate.ts';
import type { NegotiationFinding } from '../../core/sdp/negotiation-findings.ts';
import type { Paste } from '../../core/sdp/paste/paste.ts';
import { readPaste } from '../../core/sdp/read-paste.ts';
import { createRedactor } from '../../core/sdp/redact.ts';
import type { DescriptionType } from '../../core/sdp/structure.ts';
import { rowsOf, type Row } from './say.ts';

/** The first entries of a list, and how many there are. */
export interface First<T> {
  readonly first: readonly T[];
  readonly count: number;
}

export interface Tasks {
  readonly read: (text: string) => Result<ReadText>;
  readonly negotiate: (
    offer: string,
    answer: string,
    earlier?: Earlier,
  ) => {
    readonly rows: First<Row>;
    readonly errors: readonly PredictedError[];
    readonly findings: readonly NegotiationFinding[];
  };
  readonly diff: (before: string, after: string) => First<Change>;
  /** `all`: what no pseudonym may be equal to. */
  readonly redact: (
    all: readonly string[],
    parts: readonly { readonly sdp: string; readonly candidates: boolean }[],
  ) => readonly string[];
}

/** What the page needs of a paste. */
export interface ReadText {
  readonly kind: Paste['kind'];
  readonly notices: readonly string[];
  readonly descriptions: readonly {
    readonly sdp: string;
    readonly type: DescriptionType | undefined;
    readonly complete: boolean;
    readonly fragment: boolean;
  }[];
}

const MOST = 200;

export const tasks: Tasks = {
  read: (text) => {
    const paste = readPaste(text);
    if (!paste.ok) return paste;
    const { kind, notices, descriptions } = paste.value;
    const said = descriptions.map(({ sdp, type, complete, fragment = false }) => ({
      sdp,
      type,
      complete,
      fragment,
    }));
    return ok({ kind, notices, descriptions: said });
  },
  negotiate: (offer, answer, earlier) => {
    const negotiation = negotiate(offer, answer, earlier);
    const count = negotiation.sections.length + negotiation.bundle.length;
    return {
      rows: { first: rowsOf(negotiation, MOST), count },
      errors: negotiation.predictedErrors,
      findings: negotiation.findings.slice(0, MOST),
    };
  },
  diff: (before, after) => {
    const changes = diff(before, after);
    return { first: changes.slice(0, MOST), count: changes.length };
  },
  redact: (all, parts) => {
    const redactor = createRedactor(all);
    return parts.map(({ sdp, candidates }) => redactor(sdp, { candidates }));
  },
};

export type TaskName = keyof Tasks;
export interface Order<N extends TaskName = TaskName> {
  readonly name: N;
  readonly given: Parameters<Tasks[N]>;
}

const lengthOf = (given: unknown): number => {
  if (typeof given === 'string') return given.length;
  if (typeof given !== 'object' || given === null) return 0;
  return Object.values(given).reduce<number>((sum, one) => sum + lengthOf(one), 0);
};

/** Characters in all; below this a task takes some milliseconds. */
const SHORT = 24_000;

/** The result at once, or, of a long text, a promise of it; `signal` ends the work. */
export function work<N extends TaskName>(
  name: N,
  given: Parameters<Tasks[N]>,
  signal?: AbortSignal,
): ReturnType<Tasks[N]> | Promise<ReturnType<Tasks[N]>> {
  if (lengthOf(given) < SHORT) return (tasks[name] as (...all: unknown[]) => never)(...given);
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./work.worker.ts', import.meta.url), { type: 'module' });
    const end = (): void => worker.terminate();
    signal?.addEventListener('abort', end);
    worker.onmessage = ({ data }: MessageEvent<ReturnType<Tasks[N]>>) => {
      end();
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      end();
      reject(new Error(message || 'The code for it did not arrive.'));
    };
    worker.postMessage({ name, given } satisfies Order<N>);
  });
}

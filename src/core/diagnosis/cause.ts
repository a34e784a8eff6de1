/** What a diagnosis is made of. */
import type { Case } from './case.ts';

/** `possible` blames nobody: a remark, or one of several that look alike from here. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** An event of the session, and a line of the description in it, counted from 1. */
export interface Evidence {
  readonly event: string;
  readonly line?: number;
  /** What it shows, in a few words: `401 Unauthorized`. */
  readonly shows: string;
}

export interface Change {
  readonly who: 'page' | 'server' | 'network' | 'user';
  readonly what: string;
  /** Code or configuration to copy. */
  readonly code?: string;
}

export interface Finding {
  readonly confidence: Confidence;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly change: Change | null;
  /** What this cause leaves open. */
  readonly unknown?: readonly string[];
}

/** One reason why a call fails, or suffers. */
export interface Cause {
  /** Kebab case; the registry in index.ts has them all. */
  readonly id: string;
  /** The verdict when it comes first: one sentence. */
  readonly verdict: string;
  /** It names only what is left over: not asked where another cause is certain or likely. */
  readonly isResidual?: true;
  /** Null where nothing speaks for it. */
  find(call: Case): Finding | null;
}

export interface FoundCause extends Finding {
  readonly cause: string;
  readonly verdict: string;
}

/** Why a server gave nothing, as far as what the browser told shows it. */
import type { ServerUrl } from '../server-url.ts';
import { endOfUser } from './rest-user.ts';
import type { Reported, ReportedError } from './evidence.ts';

/**
 * `code`: the server answered with an error of its own. `unreachable`: the browser gave up at once, without a word.
 * `nothing-told`: it ended without a candidate and without an error.
 */
export type Cause =
  | 'expired'
  | 'password'
  | 'name'
  | 'silent'
  | 'connection'
  | 'tls'
  | 'unreachable'
  | 'nothing-told'
  | 'browser-refuses'
  | 'code';

/**
 * The texts of error 701 (W3C WebRTC, section 4.8.3: the server could not be reached). Chromium's are those of
 * libwebrtc's stun_port.cc and turn_port.cc; Firefox sends none.
 */
const TEXTS: readonly (readonly [RegExp, Cause])[] = [
  [/host lookup/i, 'name'],
  [/timed out/i, 'silent'],
  [/establish connection|create TURN client socket/i, 'connection'],
];

/** Milliseconds: an error that came later than this was waited for. */
const WAITED = 8000;

export interface CauseContext {
  readonly url: ServerUrl;
  readonly username: string | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Hosts whose name could not be resolved, as some error of this test says. */
  readonly unresolved: ReadonlySet<string>;
}

export function causeOf(error: ReportedError, context: CauseContext): Cause {
  if (error.errorCode === 401) return hasEnded(context) ? 'expired' : 'password';
  if (error.errorCode !== 701) return 'code';
  const told = TEXTS.find(([text]) => text.test(error.errorText))?.[1];
  return told === 'connection' || told === undefined ? deduced(error, told, context) : told;
}

function hasEnded({ username, startedAt }: CauseContext): boolean {
  const end = endOfUser(username ?? '');
  return end !== null && end < startedAt;
}

function deduced(error: ReportedError, told: Cause | undefined, { url, unresolved }: CauseContext): Cause {
  if (unresolved.has(url.host) || /\.invalid\.?$/i.test(url.host)) return 'name';
  if (error.at > WAITED && told === undefined) return 'silent';
  if (url.way === 'TLS') return 'tls';
  if (url.way === 'TCP') return 'connection';
  // Over UDP only a name can fail at once.
  return url.family === null ? 'name' : 'unreachable';
}

/** Hosts that some browser said it could not look up, for every family that it tried. */
export function unresolvedHosts(
  told: readonly Reported[],
  hostOf: (url: string) => string | undefined,
): Set<string> {
  const hosts = new Set<string>();
  for (const { url, errors, candidates } of told) {
    const host = hostOf(url);
    const answered = candidates.some(({ url: from }) => from !== null);
    if (
      host &&
      !answered &&
      errors.length > 0 &&
      errors.every(({ errorText }) => /host lookup/.test(errorText))
    )
      hosts.add(host);
  }
  return hosts;
}

/**
 * What a browser told while ICE servers were tested: the plain record that every verdict is drawn from. Nothing is
 * concluded here, and no credential is in it. One URL looks like this:
 *
 *     { url: 'turn:turn.example.net:3478', username: 'ann', candidates: [{ at: 58, candidate: 'candidate:…' }],
 *       errors: [{ at: 41, errorCode: 401, errorText: 'Unauthorized.', … }], end: 'complete', took: 172 }
 */
import type { CandidateError } from '../../session/event.ts';

export interface ServerTest {
  /** `Chromium 156`. */
  readonly browser: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds. */
  readonly took: number;
  /** One a URL, in the order in which they were given. */
  readonly told: readonly Reported[];
  /** One connection that asked all STUN servers that had answered, from the same sockets; null when there were not two. */
  readonly mapping: ReportedMapping | null;
}

/** `asking`: not over yet. `timeout`: we stopped to wait. `refused`: the browser does not take the URL at all. */
export type End = 'waiting' | 'asking' | 'complete' | 'timeout' | 'stopped' | 'refused';

export interface Reported {
  readonly url: string;
  readonly username?: string;
  readonly candidates: readonly ReportedCandidate[];
  readonly errors: readonly ReportedError[];
  readonly end: End;
  /** Milliseconds from the beginning of this URL's own gathering to its end. */
  readonly took: number;
  /** The error that the browser threw. */
  readonly refusal?: string;
  /** Data through the relay; undefined when it was not tried. */
  readonly proof?: Proof;
}

export interface ReportedCandidate {
  /** Milliseconds since this URL's gathering began. */
  readonly at: number;
  /** The candidate attribute (RFC 8839, section 5.1). */
  readonly candidate: string;
  readonly url: string | null;
  /** How the browser speaks to the TURN server: `udp`, `tcp`, `tls`. */
  readonly relayProtocol: string | null;
}

export interface ReportedError extends CandidateError {
  readonly at: number;
}

/** Two connections that may use nothing but this relay sent numbered messages there and back. */
export interface Proof {
  readonly sent: number;
  readonly back: number;
  /** Milliseconds there and back, the median; null when nothing came back. */
  readonly roundTrip: number | null;
  /** Of a burst of 64 kB that went one way; null when it did not arrive. */
  readonly bitsPerSecond: number | null;
  /** Milliseconds that it took, or that were waited in vain. */
  readonly took: number;
}

export interface ReportedMapping {
  readonly urls: readonly string[];
  readonly candidates: readonly ReportedCandidate[];
  readonly errors: readonly ReportedError[];
  readonly complete: boolean;
}

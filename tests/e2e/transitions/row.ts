import type { Lab } from '../../support/lab.ts';

/** What one test of the Web Platform Tests holds of a connection, run by us and recorded by `observe()`. */
export interface Row {
  readonly id: string;
  readonly about:
    | 'signalingState'
    | 'iceGatheringState'
    | 'iceConnectionState'
    | 'connectionState'
    | 'addIceCandidate'
    | 'RTCIceCandidate'
    | 'ICE restart';
  readonly says: string;
  /** The file in the Web Platform Tests that says so. */
  readonly source: string;
  /** Runs in the page: it sees the lab and the browser, nothing of its module. */
  readonly run: (lab: Lab) => Promise<void>;
  /**
   * Facts as they must be recorded; a list means any of these. `A signaling`, `A gathering`, `A ice`, `A connection`:
   * states passed. `A refused`: calls that failed, with the error's name. Others are notes of the run.
   */
  readonly expect: Readonly<Record<string, string | readonly string[]>>;
}

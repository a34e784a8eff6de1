import type { CandidateType } from '../../../core/sdp/priority.ts';

/** What every row has. Rows are made from events, some are concluded (`check`, `server`) from what they left behind. */
interface Common {
  /** Unique among the rows; that of its first event where there is one. */
  readonly id: string;
  /** Milliseconds since the session began; null where only the order is known. */
  readonly at: number | null;
  /** Rows stand in the order of this, in ms. */
  readonly order: number;
  /** When the last thing happened that the row stands for, in ms. */
  until: number;
  /** Position of its first event in the log; -1 for what was concluded. */
  readonly place: number;
  readonly peer: string;
  /** What the row stands for: ids of events, keys of candidates, ids of pairs. */
  readonly events: string[];
  readonly candidates: string[];
  readonly pairs: string[];
}

/** One call of the page, or several addIceCandidate in a row. */
export interface CallRow extends Common {
  readonly kind: 'call';
  readonly name: string;
  detail: string;
  count: number;
  outcome: 'pending' | 'resolved' | 'refused';
  /** Name of the error. */
  error: string | null;
  /** States that it led to. */
  readonly led: string[];
  readonly marks: CandidateType[];
}

/** A message on the signalling channel, or several in a row. */
export interface Flight {
  readonly to: string;
  count: number;
  bytes: number;
  /** How many have arrived, and when the last one did. */
  arrived: number;
  arrivedAt: number | null;
  /** Correlations of those still under way. */
  readonly waiting: string[];
  /** The receiver handed its candidates on at once. */
  added: boolean;
}

/** A candidate that was gathered without a server; `sent` when it left at once. */
export interface CandidateRow extends Common {
  readonly kind: 'candidate';
  readonly type: CandidateType;
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
  readonly line: string;
  sent: Flight | null;
}

export interface SignalRow extends Common {
  readonly kind: 'signal';
  /** `offer`, or `candidate` for a row of candidates. */
  readonly what: string;
  readonly flight: Flight;
  readonly marks: CandidateType[];
  /** The end of candidates was sent with them. */
  ended: boolean;
}

/** A letter that levers touched: how it enters the channel between the two, leaves it, or is lost in it. */
export interface ChannelRow extends Common {
  readonly kind: 'channel';
  readonly step: 'enter' | 'leave' | 'drop';
  /** `Touched.key` */
  readonly key: string;
  readonly what: string;
  readonly type: CandidateType | null;
  readonly bytes: number;
  /** Milliseconds since it was sent. */
  readonly took: number;
  /** The kind of letter that it leaves before, though it came after. */
  readonly overtakes: string | null;
  dropped: boolean;
  /** Of a letter that leaves: its copies, and which have arrived. */
  readonly flight: Flight;
}

export type ServerName = 'STUN' | 'TURN';

/** A question to a server and its answer: seen by that server, or concluded from what came of it; or its error. */
export interface ServerRow extends Common {
  readonly kind: 'server';
  readonly evidence: 'observed' | 'inferred';
  readonly way: 'ask' | 'answer' | 'error';
  readonly server: ServerName;
  readonly type: 'srflx' | 'relay';
  readonly text: string;
  count: number;
  /** `203.0.113.24:51742`, which the peer has from now on. */
  readonly told: string | null;
  readonly isRefused: boolean;
}

/** What the browser tells: a state, a channel, a track. */
export interface NoteRow extends Common {
  readonly kind: 'note';
  readonly texts: string[];
}

/** Connectivity checks from `peer` to the other, or the answers to them, concluded from the counters of getStats. */
export interface CheckRow extends Common {
  readonly kind: 'check';
  readonly way: 'ask' | 'answer';
  readonly type: CandidateType;
  readonly count: number;
  /** Ports of the pair where there is only one. */
  readonly ports: readonly [number, number] | null;
}

/** A pair that was nominated, or that is selected. */
export interface ChosenRow extends Common {
  readonly kind: 'chosen';
  readonly by: 'nominated' | 'selected';
  /** Both sides told it. */
  readonly isMutual: boolean;
  readonly type: CandidateType;
  readonly ports: readonly [number, number] | null;
}

export interface DataRow extends Common {
  readonly kind: 'data';
  readonly label: string;
  readonly text: string | null;
  count: number;
  bytes: number;
  arrived: number;
}

export type Draft =
  CallRow | CandidateRow | SignalRow | ChannelRow | ServerRow | NoteRow | CheckRow | ChosenRow | DataRow;

/** One line of the ladder. */
export type Row = Readonly<Draft>;

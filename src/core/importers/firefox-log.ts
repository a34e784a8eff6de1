/**
 * The connection log of about:webrtc: what nICEr, Firefox's ICE agent, wrote. It has an order and no times, so each line
 * is a millisecond after the one before.
 */
import { ok } from '../base/result.ts';
import { least } from '../base/numbers.ts';
import type { NewEvent, StatsReport } from '../session/event.ts';
import { eventOfRow } from '../session/row.ts';
import { connectionStart, sessionStart } from './events.ts';
import type { Importer, Read } from './importer.ts';

export const firefoxLog: Importer = {
  id: 'firefox-log',
  title: 'Firefox’s connection log',
  never: ['Such a log has no times, no descriptions and no state but that of the checks.'],
  detect: ({ text, json }) =>
    json === undefined &&
    /^(?:\+{7} BEGIN|.*\b(?:ICE(?:-PEER|-STREAM)?|STUN-CLIENT|TURN)\()/m.test(text.slice(0, 20_000)),
  read: ({ text }) => ok(read(text.split(/\r\n|\n|\r/).filter((line) => line !== ''))),
};

/** `PC:{uuid} 1628844045153000 (id=6442450945 url=https://…`, however it ends. */
const NAME = /PC:((?:\{[\w-]+\} )?\d{15,16}) \(id=\d+ url=([^\s)]*)/;
const PAIR_STATE =
  /CAND-PAIR\(([^\s)]+)\): setting pair to state (\w+): [^|]*\|([^\s|]+)\|(\(?[^\s(|]+)\(([^|]*)\|(.*)/;
const NOMINATED = /nominated pair is (\S+?)\|/;
const STATE = /peer \(.*\) is now (checking|connected|completed|disconnected|failed)\b/;
/** Once each of its streams has a pair or has none; of streams that differ the log does not say which are used. */
const COMPLETED = /: all checks completed success=(\d+) fail=(\d+)/;
/** When checks have failed nICEr lists what it had: own candidates by their kind, and those of the other side as they were given. */
const DUMPED = /\/ICE-STREAM\(.*\): ((?:candidate:|(?:host|turn-relay)\(IP[46]:).*)/;

const STATES: Readonly<Record<string, string>> = { IN_PROGRESS: 'in-progress' };

/** A reading holds all that is known: of more than so many reports not each change is one. */
const READ_PER_CHANGE = 300;

class Connection {
  readonly events: NewEvent[] = [];
  readonly lines: string[] = [];
  readonly #id: string;
  readonly #reports = new Map<string, StatsReport>();
  readonly #given = new Set<string>();
  #state = '';
  /** Changes since the last reading. */
  #untold = 0;

  constructor(id: string, url: string, at: number) {
    this.#id = id;
    this.events.push(...connectionStart({ id, at, configuration: {}, url, browser: 'Firefox' }));
  }

  read(line: string, at: number): void {
    this.lines.push(line);
    const state = STATE.exec(line)?.[1] ?? outcomeOf(line);
    if (state !== undefined && state !== this.#state) {
      this.#state = state;
      this.events.push({ type: 'oniceconnectionstatechange', peer: this.#id, at, value: state });
    }
    const pair = PAIR_STATE.exec(line);
    if (pair) this.#pair(pair);
    const nominated = NOMINATED.exec(line)?.[1];
    const known = nominated === undefined ? undefined : this.#reports.get(nominated);
    if (known) this.#select(nominated!);
    const dumped = DUMPED.exec(line)?.[1];
    if (dumped !== undefined) this.#listed(dumped, at);
    if (!(pair ?? known ?? dumped)) return;
    this.#untold++;
    if (this.#untold * READ_PER_CHANGE >= this.#reports.size) this.tell(at);
  }

  /** What the log told so far, as one reading. */
  tell(at: number): void {
    if (this.#untold === 0) return;
    this.#untold = 0;
    this.events.push({ type: 'getStats', peer: this.#id, at, value: Object.fromEntries(this.#reports) });
  }

  #select(id: string): void {
    for (const [other, report] of this.#reports)
      if (report['selected'] === true) this.#reports.set(other, { ...report, selected: false });
    this.#reports.set(id, { ...this.#reports.get(id)!, nominated: true, selected: true });
  }

  #listed(text: string, at: number): void {
    if (text.startsWith('candidate:')) {
      if (this.#given.has(text)) return;
      this.#given.add(text);
      this.events.push({ type: 'addIceCandidate', peer: this.#id, at, value: { candidate: text } });
      return;
    }
    const address = (text.startsWith('host') ? /\((IP[46]:[^|)]*)\)/ : /\|(IP[46]:[^|)]*)\)/).exec(text)?.[1];
    if (address === undefined) return;
    this.#reports.set(
      `local ${text.replace(/\|.*|\)? active$/, '')} ${address}`,
      candidateOf('local-candidate', address, localType(text)),
    );
  }

  #pair([, id, state, localAddress, remoteAddress, local, remote]: RegExpExecArray): void {
    const localId = `local ${local!} ${localAddress!}`;
    this.#given.add(remote!.replace(/\)$/, ''));
    const remoteId = `remote ${remoteAddress!} ${/ typ (\w+)/.exec(remote!)?.[1] ?? 'prflx'}`;
    this.#reports.set(localId, candidateOf('local-candidate', localAddress!, localType(local!)));
    this.#reports.set(
      remoteId,
      candidateOf('remote-candidate', remoteAddress!, / typ (\w+)/.exec(remote!)?.[1] ?? 'prflx'),
    );
    const known = this.#reports.get(id!);
    // Of a pair that was put on the list twice the second is cancelled once the first is used.
    const isTwin = known?.['state'] === 'succeeded' && state === 'CANCELLED';
    this.#reports.set(id!, {
      ...known,
      type: 'candidate-pair',
      localCandidateId: localId,
      remoteCandidateId: remoteId,
      state: isTwin ? 'succeeded' : (STATES[state!] ?? state!.toLowerCase()),
    });
  }
}

function outcomeOf(line: string): string | undefined {
  const [, success, failed] = COMPLETED.exec(line) ?? [];
  if (success === undefined) return undefined;
  if (failed === '0') return 'connected';
  return success === '0' ? 'failed' : undefined;
}

/** `host(IP4:…)`, `turn-relay(IP4:…|IP4:…)`. */
const localType = (description: string): string =>
  /^(?:turn-)?(host|srflx|prflx|relay)/.exec(description)?.[1] ?? 'host';

/** `IP4:10.0.1.2:37554/UDP`, `IP6:[2001:db8::1]:5000/TCP`. */
function candidateOf(type: string, address: string, candidateType: string): StatsReport {
  const [, host, port, protocol] = /^IP[46]:(.*):(\d+)\/(\w+)$/.exec(address) ?? [];
  return {
    type,
    candidateType,
    ...(host === undefined
      ? {}
      : { address: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port), protocol: protocol!.toLowerCase() }),
  };
}

function read(lines: readonly string[]): Read {
  const connections = new Map<string, Connection>();
  const startedAt = least(
    lines.flatMap((line) => {
      const made = NAME.exec(line)?.[1];
      return made === undefined ? [] : [Number(made.split(' ').at(-1)) / 1000];
    }),
  );
  const others: string[] = [];
  lines.forEach((line, at) => {
    const [, id, url] = NAME.exec(line) ?? [];
    if (id === undefined) return void others.push(line);
    const connection = connections.get(id) ?? new Connection(id, url!, at);
    connections.set(id, connection);
    connection.read(line, at);
  });
  const end = lines.length;
  for (const connection of connections.values()) connection.tell(end);
  const events = [...connections].flatMap(([id, connection]) => [
    ...connection.events,
    eventOfRow({ method: 'connection-log', peer: id, at: end, value: connection.lines }),
  ]);
  if (others.length > 0)
    events.push(eventOfRow({ method: 'connection-log', peer: '', at: end, value: others }));
  const lost = connections.size === 0 ? ['No line of this log names a connection.'] : [];
  const notices = [
    'A log has no times: its lines are drawn a millisecond apart, and only their order is known.',
  ];
  return { events: [sessionStart(startedAt ?? 0), ...events], lost, notices };
}

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

const STATES: Readonly<Record<string, string>> = { IN_PROGRESS: 'in-progress' };

/** A reading holds all that is known: of more than so many reports not each change is one. */
const READ_PER_CHANGE = 300;

class Connection {
  readonly events: NewEvent[] = [];
  readonly lines: string[] = [];
  readonly #id: string;
  readonly #reports = new Map<string, StatsReport>();
  #state = '';
  /** Changes since the last reading. */
  #untold = 0;

  constructor(id: string, url: string, at: number) {
    this.#id = id;
    this.events.push(...connectionStart({ id, at, configuration: {}, url, browser: 'Firefox' }));
  }

  read(line: string, at: number): void {
    this.lines.push(line);
    const state = STATE.exec(line)?.[1];
    if (state !== undefined && state !== this.#state) {
      this.#state = state;
      this.events.push({ type: 'oniceconnectionstatechange', peer: this.#id, at, value: state });
    }
    const pair = PAIR_STATE.exec(line);
    if (pair) this.#pair(pair);
    const nominated = NOMINATED.exec(line)?.[1];
    const known = nominated === undefined ? undefined : this.#reports.get(nominated);
    if (known) this.#reports.set(nominated!, { ...known, nominated: true, selected: true });
    if (!(pair ?? known)) return;
    this.#untold++;
    if (this.#untold * READ_PER_CHANGE >= this.#reports.size) this.tell(at);
  }

  /** What the log told so far, as one reading. */
  tell(at: number): void {
    if (this.#untold === 0) return;
    this.#untold = 0;
    this.events.push({ type: 'getStats', peer: this.#id, at, value: Object.fromEntries(this.#reports) });
  }

  #pair([, id, state, localAddress, remoteAddress, local, remote]: RegExpExecArray): void {
    const localId = `local ${local!} ${localAddress!}`;
    const remoteId = `remote ${remoteAddress!} ${/ typ (\w+)/.exec(remote!)?.[1] ?? 'prflx'}`;
    this.#reports.set(localId, candidateOf('local-candidate', localAddress!, localType(local!)));
    this.#reports.set(
      remoteId,
      candidateOf('remote-candidate', remoteAddress!, / typ (\w+)/.exec(remote!)?.[1] ?? 'prflx'),
    );
    this.#reports.set(id!, {
      ...this.#reports.get(id!),
      type: 'candidate-pair',
      localCandidateId: localId,
      remoteCandidateId: remoteId,
      state: STATES[state!] ?? state!.toLowerCase(),
    });
  }
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

/**
 * X-ray in the page: the packets that our own STUN/TURN server sees of this page's connections become events of the
 * session. Each peer gets an account of its own there, so that its packets are known by its credentials.
 */
import type { Emit, NewEvent, Packet, PeerId } from '../core/session/event.ts';

export interface Account {
  readonly username: string;
  readonly credential: string;
}

export interface Xray {
  /** The servers, with the peer's own account where they ask for one. */
  serversOf(peer: PeerId, servers: readonly RTCIceServer[]): RTCIceServer[];
  /**
   * From now on packets go to `emit`, at their time since `origin` (a reading of performance.now()). What comes back is
   * to be used for all other events: a candidate tells the server which ports are this page's.
   */
  record(emit: Emit, origin: number): Emit;
  /** Ends it, a little later: connections that just closed still say goodbye to TURN. */
  close(): void;
}

/** How many packets a session takes; what comes after is only counted. */
export const PACKET_LIMIT = 20_000;
const TOLD_EVERY = 500;
/** Milliseconds. */
const FAREWELL = 1000;

/** null when the server does not offer it, or is gone. `base` is the address of the page's server. */
export async function openXray(base: string, peers: readonly PeerId[]): Promise<Xray | null> {
  try {
    const offset = await clockOffset(base);
    const gone = new AbortController();
    const response = await post(new URL('xray', base), { peers }, gone.signal);
    if (!response.ok || !response.body) return null;
    const lines = readLines(response.body);
    const first = await lines.next();
    if (first.done) return null;
    return recorder(base, JSON.parse(first.value) as Hello, lines, offset, gone);
  } catch {
    return null;
  }
}

interface Hello {
  readonly xray: string;
  readonly accounts: Readonly<Record<PeerId, Account>>;
}

type Line = { readonly peer: PeerId } & (
  | { readonly missed: number }
  | (Omit<Packet, 'within'> & { readonly at: number; readonly missed?: undefined })
);

interface Offset {
  /** What to add to the server's time to get this page's. */
  readonly ms: number;
  readonly within: number;
}

function recorder(
  base: string,
  { xray, accounts }: Hello,
  lines: AsyncGenerator<string, void>,
  offset: Offset,
  gone: AbortController,
): Xray {
  const claim = claimer(base, xray, gone.signal);
  return {
    serversOf: (peer, servers) => servers.map((server) => withAccount(server, accounts[peer])),
    record(emit, origin) {
      void pour(lines, emit, offset, performance.timeOrigin + origin);
      return (event) => {
        emit(event);
        claim(event);
      };
    },
    close: () => void setTimeout(() => gone.abort(), FAREWELL),
  };
}

const withAccount = (server: RTCIceServer, account: Account | undefined): RTCIceServer =>
  account && 'credential' in server ? { ...server, ...account } : server;

async function pour(
  lines: AsyncGenerator<string, void>,
  emit: Emit,
  offset: Offset,
  startedAt: number,
): Promise<void> {
  let count = 0;
  try {
    for await (const text of lines) {
      const line = JSON.parse(text) as Line;
      const at = (time: number): number => Math.max(0, time + offset.ms - startedAt);
      if (line.missed !== undefined)
        emit(missed(line.peer, at(performance.timeOrigin + performance.now()), line.missed));
      else if (++count <= PACKET_LIMIT) emit(packetEvent(line, at(line.at), offset.within));
      else if (count % TOLD_EVERY === 0) emit(missed(line.peer, at(line.at), TOLD_EVERY));
    }
  } catch {
    // The stream ended: by us, or with the server. What came stays.
  }
}

const missed = (peer: PeerId, at: number, count: number): NewEvent => ({
  type: ':packets.missed',
  peer,
  at,
  value: { count },
});

function packetEvent(line: Line & { readonly missed?: undefined }, at: number, within: number): NewEvent {
  const { peer, at: _server, missed: _none, ...packet } = line;
  return { type: ':packet', peer, at, value: { ...packet, within } };
}

/** Tells the server the ports of this page's UDP candidates, and of those that came to nothing, each once. */
function claimer(base: string, xray: string, signal: AbortSignal): (event: NewEvent) => void {
  const known = new Set<string>();
  return (event) => {
    const port = portIn(event);
    if (port === null || known.has(`${event.peer} ${port}`)) return;
    known.add(`${event.peer} ${port}`);
    const body = { xray, peer: event.peer, ports: [port] };
    post(new URL('xray/ports', base), body, signal).catch(() => {
      // Then a plain STUN question of this port stays unseen.
    });
  };
}

/** A server that refuses the password tells nobody whose the packets were: the browser's own error tells their port. */
function portIn({ type, value }: NewEvent): number | null {
  if (type === 'onicecandidateerror') return value.port || null;
  return type === 'onicecandidate' && value ? portOf(value.candidate) : null;
}

/** The port that packets of this candidate leave by, or arrive with; a relayed one is the server's own. */
function portOf(candidate: string): number | null {
  const [, , protocol, , , port, , type] = candidate.split(' ');
  const usable = protocol?.toLowerCase() === 'udp' && (type === 'host' || type === 'srflx');
  return usable && Number(port) > 0 ? Number(port) : null;
}

/**
 * Server and page read two clocks. The quickest of some questions bounds their difference (as in NTP, RFC 5905,
 * section 8); where no difference at all would explain the answers, as on one machine, none is assumed.
 */
async function clockOffset(base: string): Promise<Offset> {
  let best: Offset = { ms: 0, within: Infinity };
  for (let attempt = 0; attempt < 4; attempt++) {
    const asked = performance.timeOrigin + performance.now();
    const response = await fetch(new URL('xray/clock', base), { cache: 'no-store' });
    const { now } = (await response.json()) as { now: number };
    const answered = performance.timeOrigin + performance.now();
    const within = (answered - asked) / 2;
    if (within < best.within) best = { ms: (asked + answered) / 2 - now, within };
  }
  const { ms, within } = best;
  return { ms: Math.abs(ms) <= within ? 0 : ms, within: Math.round(within * 1000) / 1000 };
}

const post = (url: URL, body: object, signal: AbortSignal): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });

async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + decoder.decode(part.value, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (line !== '') yield line;
  }
}

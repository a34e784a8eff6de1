/**
 * X-ray: what the STUN/TURN server sees of one page's connections, streamed to that page.
 *
 * `POST /xray` with `{"peers":["A","B"]}` answers with a stream of JSON lines. The first one hands out an account for
 * each peer and the id of this stream, then come packets:
 *
 *     {"xray":"<id>","accounts":{"A":{"username":"…","credential":"…"}, …}}
 *     {"peer":"A","at":<ms since 1970>,"direction":"received","transport":"udp","local":"127.0.0.1:3478",
 *      "remote":"127.0.0.1:50123","seenAt":"server","bytes":"<base64>"}
 *     {"peer":"A","missed":12}
 *
 * A stream ends with its connection, and its accounts with it. `POST /xray/ports` says which ports a page's candidates
 * show (see xray-flows.ts); `GET /xray/clock` tells the server's time.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import { sendText } from './answer.ts';
import { clientAddress } from './client-address.ts';
import type { StunTurnServer } from './stun-turn.ts';
import { Tally } from './tally.ts';
import { plainAddress } from './turn/client.ts';
import { isOwnMachine } from './turn/bind.ts';
import { XrayFlows } from './xray-flows.ts';
import { XrayStream } from './xray-stream.ts';

export const xrayLimits = { streams: 128, streamsPerAddress: 50, peers: 4, bodyBytes: 8192 } as const;

const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(32));
const Opening = v.object({ peers: v.pipe(v.array(Name), v.minLength(1), v.maxLength(xrayLimits.peers)) });
const Port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const Ports = v.object({ xray: v.string(), peer: Name, ports: v.pipe(v.array(Port), v.maxLength(16)) });

type PortsBody = v.InferOutput<typeof Ports>;

export interface Xray {
  /** False when the request is for somebody else; else it is answered. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  close(): void;
}

export interface XrayOptions {
  /** Whether a request comes from the server's own page. */
  readonly mayCall: (request: IncomingMessage) => boolean;
  /** Whether `X-Forwarded-For` is the word of a proxy of one's own. */
  readonly trustProxy: boolean;
}

export function xray(stunTurn: StunTurnServer, { mayCall, trustProxy }: XrayOptions): Xray {
  const streams = new Map<string, XrayStream>();
  const ofAddress = new Tally();
  const flows = new XrayFlows();
  let unlisten: (() => void) | undefined;

  function open(request: IncomingMessage, response: ServerResponse, peers: readonly string[]): void {
    const address = clientAddress(request, trustProxy);
    if (response.destroyed) return;
    const full = fullness(ofAddress.of(address), streams.size);
    if (full) return sendText(response, ...full);
    const stream = new XrayStream(response, [...new Set(peers)], () => stunTurn.createAccount());
    streams.set(stream.id, stream);
    flows.add(stream);
    unlisten ??= stunTurn.onPacket((packet) => flows.take(packet));
    ofAddress.add(address);
    response.on('close', () => {
      ofAddress.add(address, -1);
      end(stream);
    });
  }

  function end(stream: XrayStream): void {
    streams.delete(stream.id);
    flows.remove(stream);
    for (const { username } of stream.accounts.values()) stunTurn.removeAccount(username);
    if (streams.size > 0) return;
    unlisten?.();
    unlisten = undefined;
  }

  function claim(request: IncomingMessage, response: ServerResponse, body: PortsBody): void {
    const stream = streams.get(body.xray);
    if (!stream?.accounts.has(body.peer)) return sendText(response, 404, 'There is no such stream.');
    const asker = plainAddress((request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, ''));
    flows.claim(stream, body.peer, body.ports, (address) => address === asker || bothHere(address, asker));
    return sendText(response, 200, 'ok');
  }

  return {
    handle(request, response) {
      const path = (request.url ?? '').split('?', 1)[0]!;
      if (!/^\/xray(?:\/|$)/.test(path)) return false;
      if (!mayCall(request)) sendText(response, 403, 'For the page of this server only.');
      else if (path === '/xray/clock' && request.method === 'GET') sendClock(response);
      else if (path === '/xray' && request.method === 'POST')
        read(request, response, Opening, ({ peers }) => open(request, response, peers));
      else if (path === '/xray/ports' && request.method === 'POST')
        read(request, response, Ports, (body) => claim(request, response, body));
      else sendText(response, 404, 'X-ray has no such request.');
      return true;
    },
    close() {
      for (const stream of streams.values()) stream.end();
    },
  };
}

/** Why one more stream would be too many. */
function fullness(ofAddress: number, all: number): readonly [status: number, text: string] | undefined {
  if (ofAddress >= xrayLimits.streamsPerAddress)
    return [429, 'Too many pages of your address are watching. Close one.'];
  if (all < xrayLimits.streams) return undefined;
  return [503, `${xrayLimits.streams} pages are watching already. Close one.`];
}

const bothHere = (a: string, b: string): boolean => isOwnMachine(a) && isOwnMachine(b);

function sendClock(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ now: performance.timeOrigin + performance.now() }));
}

/** JSON only: so no foreign page can send it as a form. */
function read<S extends v.GenericSchema>(
  request: IncomingMessage,
  response: ServerResponse,
  schema: S,
  use: (body: v.InferOutput<S>) => void,
): void {
  readJson(request, response, schema, use).catch(() => response.destroy());
}

async function readJson<S extends v.GenericSchema>(
  request: IncomingMessage,
  response: ServerResponse,
  schema: S,
  use: (body: v.InferOutput<S>) => void,
): Promise<void> {
  if (request.headers['content-type']?.split(';', 1)[0] !== 'application/json')
    return sendText(response, 415, 'application/json is expected.');
  const text = await bodyOf(request);
  if (text === undefined)
    return sendText(response, 413, `At most ${xrayLimits.bodyBytes} bytes are expected.`);
  const body = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (!body.success) return sendText(response, 400, 'The request is not as X-ray expects it.');
  return use(body.output);
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > xrayLimits.bodyBytes) return undefined;
      parts.push(part);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(parts).toString();
}

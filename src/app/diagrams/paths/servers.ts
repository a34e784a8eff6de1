/** What our own server saw of each end, counted. */
import { serverKind } from '../../../core/ice/server-url.ts';
import type { Box } from '../parts/labels.ts';
import type { Candidate } from '../../../core/projections/candidates.ts';
import type { CandidateType } from '../../../core/sdp/priority.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { Frame, Side } from './frame.ts';
import type { Packet } from '../../../core/session/event.ts';
import type { PacketFacts } from '../../../core/projections/packets.ts';
import { hasWalls, type PathsModel } from './model.ts';
import { packetKind } from '../../../core/projections/packet-kind.ts';

/** How many packets of each kind each end sent to or got from a server so far. */
interface Served {
  readonly stun: readonly [number, number];
  readonly turn: readonly [number, number];
}

const counted = new WeakMap<object, Served>();

export function servedBy({ list }: PacketFacts, { ends }: PathsModel): Served {
  const known = counted.get(list);
  if (known) return known;
  const served: { stun: [number, number]; turn: [number, number] } = { stun: [0, 0], turn: [0, 0] };
  for (const { packet, peer } of list) {
    if (packet.seenAt === 'server') served[packetKind(packet).isStun ? 'stun' : 'turn'][sideOf(ends, peer)]++;
  }
  counted.set(list, served);
  return served;
}

/** Of the end that a packet belongs to. */
export const sideOf = (ends: PathsModel['ends'], peer: string): Side => (ends[1].peer?.id === peer ? 1 : 0);

/** What a packet at the server is, for people; `letter` is whose it is. */
export function packetName(label: string, packet: Packet): string {
  const { name, isStun } = packetKind(packet);
  const isUp = packet.direction === 'received';
  if (isStun) return isUp ? `${label} asks STUN` : `STUN tells ${label}`;
  const [method = '', outcome = ''] = name.split(' ');
  if (/^(Send|Data|ChannelData)/.test(method))
    return isUp ? `${label} sends through TURN` : `TURN hands over to ${label}`;
  if (isUp) return method === 'Allocate' ? `${label} asks for a relay` : `${label} asks TURN`;
  return outcome === 'error' ? `TURN refuses ${label}` : `TURN grants it to ${label}`;
}

/** The two helpers outside: what each was asked, and what came of it. */

export interface Server {
  readonly id: 'stun' | 'turn';
  readonly name: string;
  readonly box: Box;
  /** Nobody asked it. */
  readonly soft: boolean;
  readonly does: string;
  readonly address: string | null;
  /** Why it gave nothing: code and words of icecandidateerror. */
  readonly fault: { readonly code: number; readonly text: string; readonly event: string } | null;
}

interface Helper {
  readonly id: Server['id'];
  readonly name: 'STUN' | 'TURN';
  readonly gives: CandidateType;
  readonly does: string;
}

const HELPERS: readonly [Helper, Helper] = [
  {
    id: 'stun',
    name: 'STUN',
    gives: 'srflx',
    does: 'tells your address',
  },
  {
    id: 'turn',
    name: 'TURN',
    gives: 'relay',
    does: 'carries packets',
  },
];

export const serversOf = (facts: Facts, frame: Frame, model: PathsModel): Server[] =>
  HELPERS.map((helper, index) => serverOf(facts, frame, model, helper, frame.servers[index]!));

function serverOf(facts: Facts, frame: Frame, model: PathsModel, helper: Helper, box: Box): Server {
  const given = givenBy(model, helper.gives);
  const urls = configured(facts).filter((url) => serverKind(url) === helper.name);
  const fault = given.length > 0 ? null : faultOf(facts, helper.name);
  const url = given.find((one) => serverKind(one.url) === helper.name)?.url ?? urls[0] ?? null;
  const seen = sum(servedBy(facts.packets, model)[helper.id]);
  const isUsed = given.length > 0 || urls.length > 0;
  // Its answers are what tells of walls, whichever way wins.
  const isTold = helper.id === 'stun' && given.length > 0 && hasWalls(model);
  const needless = model.chosen !== null && model.chosen.kind !== helper.gives && !isTold;
  return {
    id: helper.id,
    name: helper.name,
    box: isUsed || !frame.serverText ? box : { ...box, top: box.top + 8 },
    soft: !isUsed,
    does:
      seen > 0
        ? seenWords(seen)
        : fault
          ? 'gave no address'
          : needless
            ? 'was not needed'
            : isUsed
              ? helper.does
              : 'not asked',
    address: url === null ? null : hostOf(url),
    fault,
  };
}

const sum = ([a, b]: readonly [number, number]): number => a + b;

/** Observed by the server itself. */
const seenWords = (packets: number): string => `saw ${packets} ${packets === 1 ? 'packet' : 'packets'}`;

const givenBy = ({ ends }: PathsModel, type: CandidateType): Candidate[] =>
  ends.flatMap(({ reflexive, relays }) => [...reflexive, ...relays].filter((one) => one.type === type));

const configured = ({ peers }: Facts): string[] =>
  peers.flatMap(({ configuration }) => (configuration?.iceServers ?? []).flatMap(({ urls }) => urls ?? []));

function faultOf(facts: Facts, name: Helper['name']): Server['fault'] {
  const errors = Object.values(facts.candidates).flatMap(({ gathering }) => gathering.errors);
  const error = errors.find((one) => serverKind(one.url) === name);
  return error ? { code: error.errorCode, text: error.errorText, event: error.event } : null;
}

/** `198.51.100.20:3478` of `turn:198.51.100.20:3478?transport=udp` (RFC 7064, RFC 7065). */
const hostOf = (url: string): string => url.replace(/^\w+:/, '').split('?', 1)[0]!;

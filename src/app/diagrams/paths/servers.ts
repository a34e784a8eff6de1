/** The two helpers outside: what each was asked, and what came of it. */
import { serverKind } from '../../../core/ice/server-url.ts';
import type { CandidateType } from '../../../core/sdp/priority.ts';
import type { Candidate } from '../../../core/projections/candidates.ts';
import type { Facts } from '../../../core/projections/index.ts';
import type { Box } from '../parts/labels.ts';
import type { Frame } from './frame.ts';

import { type PathsModel, hasWalls } from './model.ts';
import { servedBy } from './server-answers.ts';

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

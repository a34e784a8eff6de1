/** What servers tell each other about one room. Rooms and keys are hashed; messages pass as they are. */
import * as v from 'valibot';
import type { Said } from '../../core/signalling/room-messages.ts';
import { Relayed, secret } from './schema.ts';
import type { Claim } from './seats.ts';

export type BusMessage =
  | { readonly kind: 'ask' }
  | { readonly kind: 'claim'; readonly claim: Claim }
  | { readonly kind: 'gone'; readonly key: string; readonly since: number }
  | { readonly kind: 'said'; readonly key: string; readonly stream: string; readonly said: Said };

export const roomSubject = (hash: string): string => `icescope.room.${hash}`;
export const serversSubject = 'icescope.servers';

const seat = v.nullable(v.picklist(['A', 'B']));
const Message = v.variant('kind', [
  v.object({ kind: v.literal('ask') }),
  v.object({
    kind: v.literal('claim'),
    claim: v.object({
      key: v.string(),
      stream: secret,
      seat,
      wish: seat,
      at: v.number(),
      since: v.number(),
      server: v.string(),
      present: v.boolean(),
      left: v.number(),
    }),
  }),
  v.object({ kind: v.literal('gone'), key: v.string(), since: v.number() }),
  v.object({ kind: v.literal('said'), key: v.string(), stream: secret, said: Relayed }),
]);
const ServerBeat = v.object({ server: v.string() });

export function readBusMessage(data: unknown): BusMessage | undefined {
  const result = v.safeParse(Message, data);
  return result.success ? result.output : undefined;
}

export function readServerBeat(data: unknown): string | undefined {
  const result = v.safeParse(ServerBeat, data);
  return result.success ? result.output.server : undefined;
}

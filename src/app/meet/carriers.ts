/** The ways into a room: each loads when it is chosen. */
import type { OpenRoom } from '../../live/signalling/room.ts';

export type Carrier = 'tabs' | 'websocket' | 'sse' | 'socket-io';

export const OPEN: Readonly<Record<Carrier, () => Promise<OpenRoom>>> = {
  tabs: async () => (await import('../../live/signalling/broadcast-channel.ts')).openTabRoom,
  websocket: async () => (await import('../../live/signalling/broadcast-channel.ts')).openTabRoom,
  sse: async () => (await import('../../live/signalling/broadcast-channel.ts')).openTabRoom,
  'socket-io': async () => (await import('../../live/signalling/broadcast-channel.ts')).openTabRoom,
};

export const isCarrier = (by: string): by is Carrier => Object.hasOwn(OPEN, by);

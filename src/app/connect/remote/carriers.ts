/** The ways into a room: each loads when it is chosen. */
import type { Room } from '../../../live/signalling/room.ts';
import { newSecret } from '../../../live/signalling/secret.ts';
import { recall, remember } from '../../../live/signalling/tab-memory.ts';

export type Carrier = 'tabs' | 'websocket' | 'sse' | 'socket-io';

type Open = (room: string) => Room;

export const OPEN: Readonly<Record<Carrier, () => Promise<Open>>> = {
  tabs: async () => (await import('../../../live/signalling/broadcast-channel.ts')).openTabRoom,
  websocket: async () => keyed((await import('../../../live/signalling/websocket.ts')).openWebSocketRoom),
  sse: async () => keyed((await import('../../../live/signalling/sse.ts')).openSseRoom),
  'socket-io': async () => keyed((await import('../../../live/signalling/socket-io.ts')).openSocketIoRoom),
};

export const isCarrier = (by: string): by is Carrier => Object.hasOwn(OPEN, by);

/** The key of a seat is kept over a reload, and while the way into the room is changed. */
const keyed =
  (open: (room: string, options: { readonly key: string }) => Room): Open =>
  (id) => {
    const memory = `icescope-key/${id}`;
    const key = recall(memory) ?? newSecret();
    const keep = (): void => remember(memory, key);
    const room = open(id, { key });
    addEventListener('pagehide', keep);
    return {
      id: room.id,
      send: (text) => room.send(text),
      listen: (listener) => room.listen(listener),
      watch: (watcher) => room.watch(watcher),
      close() {
        removeEventListener('pagehide', keep);
        room.close();
      },
    };
  };

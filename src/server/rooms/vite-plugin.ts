import type { Socket } from 'node:net';
import type { Plugin } from 'vite';
import { isSameOrigin } from '../same-origin.ts';

/** Rooms in `npm run dev` too, on Vite's own port. */
export const rooms = (): Plugin => ({
  name: 'icescope-rooms',
  async configureServer({ middlewares, httpServer }) {
    // A build needs none of it.
    const { startRooms } = await import('./start.ts');
    const rooms = startRooms({ mayCall: ({ headers }) => isSameOrigin(headers, 'localhost') });
    middlewares.use('/config.json', (_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ iceServers: [], rooms: true }));
    });
    middlewares.use((request, response, next) => {
      if (!rooms.handle(request, response)) next();
    });
    // Vite takes its own upgrades itself.
    httpServer?.on('upgrade', (request, socket: Socket, head) => void rooms.upgrade(request, socket, head));
    httpServer?.on('close', () => void rooms.close());
  },
});

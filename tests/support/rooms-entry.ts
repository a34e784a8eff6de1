/** What a bare page offers to tests of rooms: the clients as the app bundles them. */
import { newSecret } from '../../src/live/signalling/secret.ts';
import { openSocketIoRoom } from '../../src/live/signalling/socket-io.ts';
import { openSseRoom } from '../../src/live/signalling/sse.ts';
import { openWebSocketRoom } from '../../src/live/signalling/websocket.ts';

const icescopeRooms = {
  newSecret,
  open: { websocket: openWebSocketRoom, sse: openSseRoom, 'socket-io': openSocketIoRoom },
};

declare global {
  interface Window {
    icescopeRooms: typeof icescopeRooms;
  }
}

window.icescopeRooms = icescopeRooms;

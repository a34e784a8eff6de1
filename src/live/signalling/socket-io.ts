/** A room over Socket.IO 4, whose client is loaded when it is used. It reconnects by our rules, not by its own. */
import type { Socket, SocketOptions, ManagerOptions } from 'socket.io-client';
import { type ClientMessage, roomPaths } from '../../core/signalling/room-messages.ts';
import type { Room } from './room.ts';
import { type OpenWire, type RoomOptions, openServerRoom } from './server-room.ts';

export interface SocketIoRoomOptions extends RoomOptions {
  /** For where there is no browser. */
  readonly extraHeaders?: { readonly [header: string]: string };
}

export function openSocketIoRoom(room: string, options: SocketIoRoomOptions = {}): Room {
  const url = new URL(roomPaths.socketIo, options.base ?? document.baseURI);
  const more = options.extraHeaders ? { extraHeaders: { ...options.extraHeaders } } : {};
  return openServerRoom('socket-io', wireTo(url, more), room, options.key);
}

const wireTo =
  (url: URL, more: Partial<ManagerOptions & SocketOptions>): OpenWire =>
  (join, events) => {
    let socket: Socket | undefined;
    let isClosed = false;
    const closed = () => (isClosed ? undefined : events.closed());
    const connect = async () => {
      const { io } = await import('socket.io-client');
      if (isClosed) return;
      socket = io(url.origin, {
        path: `${url.pathname}/`,
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        ...more,
      });
      socket.on('connect', () => socket?.emit('message', join));
      socket.on('message', (message: unknown) => events.message(message));
      socket.on('connect_error', closed);
      socket.on('disconnect', closed);
    };
    connect().catch(closed);
    return {
      send: (message: ClientMessage) => void (socket?.connected && socket.emit('message', message)),
      close: () => {
        isClosed = true;
        socket?.disconnect();
      },
    };
  };

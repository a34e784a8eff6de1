/**
 * Rooms over Socket.IO: the same messages, each as the one argument of the event `message`. WebSocket is its only way,
 * since long polling would need every request of a client to reach the same server.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket as TcpSocket } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { roomLimits, roomPaths } from '../../core/signalling/room-messages.ts';
import { Participant, type House } from './participant.ts';
import type { TakeUpgrade } from './websocket.ts';

export interface SocketIoRooms {
  readonly upgrade: TakeUpgrade;
  /** Answers what is no upgrade: it says that there is no such transport. */
  request(request: IncomingMessage, response: ServerResponse): void;
  close(): void;
}

export function socketIoRooms(house: House): SocketIoRooms {
  // Never listens: it is handed the requests that have passed the checks of every transport.
  const inner = createServer();
  const io = new Server(inner, {
    path: `/${roomPaths.socketIo}`,
    serveClient: false,
    transports: ['websocket'],
    maxHttpBufferSize: roomLimits.frameBytes,
    connectTimeout: house.limits.joinWithin,
    destroyUpgrade: false,
  });
  const addresses = new WeakMap<IncomingMessage, string>();
  io.on('connection', (socket) => take(socket, house, addresses.get(socket.request) ?? ''));
  return {
    upgrade: (request, socket, head, address) => {
      addresses.set(request, address);
      inner.emit('upgrade', request, socket, head);
    },
    request: (request, response) => void inner.emit('request', request, response),
    close: () => io.engine.close(),
  };
}

function take(socket: Socket, house: House, address: string): void {
  const participant = new Participant(
    {
      transport: 'socket-io',
      address,
      socket: socket.request.socket as TcpSocket,
      send: (message) => void socket.emit('message', message),
      end: () => void setImmediate(() => socket.disconnect(true)),
      destroy: () => void socket.disconnect(true),
    },
    house,
  );
  socket.onAny((event, data) =>
    event === 'message' && typeof data === 'object'
      ? participant.receive(data)
      : participant.fault('The only event here is "message", with one JSON object.'),
  );
  socket.on('disconnect', () => participant.lost());
}

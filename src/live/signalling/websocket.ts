/** A room over WebSocket (RFC 6455): one connection, both ways, a JSON message a frame. */
import { roomPaths } from '../../core/signalling/room-messages.ts';
import type { Room } from './room.ts';
import { type OpenWire, type RoomOptions, openServerRoom } from './server-room.ts';

export interface WebSocketRoomOptions extends RoomOptions {
  /** For where there is no browser. */
  readonly WebSocket?: typeof WebSocket;
}

export function openWebSocketRoom(room: string, options: WebSocketRoomOptions = {}): Room {
  const url = new URL(roomPaths.webSocket, options.base ?? document.baseURI);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return openServerRoom('websocket', wireTo(url, options.WebSocket ?? WebSocket), room, options.key);
}

const wireTo =
  (url: URL, Socket: typeof WebSocket): OpenWire =>
  (join, events) => {
    const socket = new Socket(url);
    socket.onopen = () => socket.send(JSON.stringify(join));
    socket.onmessage = ({ data }) => events.message(data);
    socket.onclose = () => events.closed();
    return {
      send: (message) => {
        if (socket.readyState === Socket.OPEN) socket.send(JSON.stringify(message));
      },
      close: () => socket.close(),
    };
  };

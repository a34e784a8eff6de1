/** Rooms over WebSocket (RFC 6455), by `ws`. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { roomLimits } from '../../core/signalling/room-messages.ts';
import { Participant, type House } from './participant.ts';

export type TakeUpgrade = (request: IncomingMessage, socket: Socket, head: Buffer, address: string) => void;

/** Frames above the limit, and messages in too many fragments, are closed by `ws` (1009, 1008). */
const wsLimits = { maxPayload: roomLimits.frameBytes, maxFragments: 128, maxBufferedChunks: 1024 };

export function webSocketRooms(house: House): TakeUpgrade {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    skipUTF8Validation: false,
    ...wsLimits,
  });
  return (request, socket, head, address) =>
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const participant = new Participant(
        {
          transport: 'websocket',
          address,
          socket,
          // Bytes go out faster than text.
          send: (message, json) =>
            webSocket.send(Buffer.from(json ?? JSON.stringify(message)), { binary: false }),
          end: (code) => webSocket.close(code),
          destroy: () => webSocket.terminate(),
        },
        house,
      );
      webSocket.on('message', (data, isBinary) =>
        isBinary
          ? participant.fault('A binary frame has no place here: text frames with JSON were expected.')
          : participant.receive(String(data)),
      );
      webSocket.on('error', () => webSocket.terminate());
      webSocket.on('close', () => participant.lost());
    });
}

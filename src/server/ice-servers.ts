import { bracketed } from '../core/base/address.ts';

/** One entry of RTCConfiguration.iceServers (W3C WebRTC, section 4.2.2). */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface IceServerSource {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly credential: string;
}

/** The page's ICE servers. A server on every address is named as the page named this machine: `pageHost`. */
export function iceServers(server: IceServerSource, pageHost: string): IceServer[] {
  const everywhere = server.host === '0.0.0.0' || server.host === '::';
  const name = everywhere ? pageHost : server.host;
  const at = `${bracketed(name)}:${server.port}`;
  return [
    { urls: [`stun:${at}`] },
    {
      urls: [`turn:${at}?transport=udp`, `turn:${at}?transport=tcp`],
      username: server.username,
      credential: server.credential,
    },
  ];
}

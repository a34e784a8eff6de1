/** Flags of RTP and RTCP, and of BUNDLE. */
import { cite } from '../../base/rfc-sections.ts';
import { flag } from './doc.ts';

export const rtcpMux = flag({
  name: 'rtcp-mux',
  rfc: cite('RFC 5761', '5.1.1'),
  example: 'a=rtcp-mux',
  says: 'RTP and RTCP share one port.',
});

export const rtcpMuxOnly = flag({
  name: 'rtcp-mux-only',
  rfc: cite('RFC 8858', '3'),
  example: 'a=rtcp-mux-only',
  says: 'RTP and RTCP share one port, and there is no second port to fall back to.',
});

export const rtcpRsize = flag({
  name: 'rtcp-rsize',
  rfc: cite('RFC 5506', '5'),
  example: 'a=rtcp-rsize',
  says: 'RTCP packets may be shortened to what is urgent.',
});

export const bundleOnly = flag({
  name: 'bundle-only',
  rfc: cite('RFC 9143', '6'),
  example: 'a=bundle-only',
  says: 'Use this section only if it can share the transport of its group; otherwise reject it.',
});

export const extmapAllowMixed = flag({
  name: 'extmap-allow-mixed',
  level: 'both',
  rfc: cite('RFC 8285', '6'),
  example: 'a=extmap-allow-mixed',
  says: 'One-byte and two-byte header extensions may be mixed in one stream.',
});

export const sendrecv = flag({
  name: 'sendrecv',
  level: 'both',
  rfc: cite('RFC 8866', '6.7'),
  example: 'a=sendrecv',
  says: 'This side wants to send and to receive.',
});

export const sendonly = flag({
  name: 'sendonly',
  level: 'both',
  rfc: cite('RFC 8866', '6.7'),
  example: 'a=sendonly',
  says: 'This side only sends.',
});

export const recvonly = flag({
  name: 'recvonly',
  level: 'both',
  rfc: cite('RFC 8866', '6.7'),
  example: 'a=recvonly',
  says: 'This side only receives.',
});

export const inactive = flag({
  name: 'inactive',
  level: 'both',
  rfc: cite('RFC 8866', '6.7'),
  example: 'a=inactive',
  says: 'This side neither sends nor receives for now.',
});

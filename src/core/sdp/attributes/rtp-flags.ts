/** Flags of RTP and RTCP, of BUNDLE, and the direction. */
import { cite } from '../../base/cite.ts';
import { flags, type AttributeDoc } from './doc.ts';

export const rtpFlags: readonly AttributeDoc[] = [
  ...flags({ rfc: cite('RFC 5761', '5.1.1') }, { 'rtcp-mux': 'RTP and RTCP share one port.' }),
  ...flags(
    { rfc: cite('RFC 8858', '3') },
    { 'rtcp-mux-only': 'RTP and RTCP share one port, and there is no second port to fall back to.' },
  ),
  ...flags(
    { rfc: cite('RFC 5506', '5') },
    { 'rtcp-rsize': 'RTCP packets may be shortened to what is urgent.' },
  ),
  ...flags(
    { rfc: cite('RFC 9143', '6') },
    {
      'bundle-only': 'Use this section only if it can share the transport of its group; otherwise reject it.',
    },
  ),
  ...flags(
    { rfc: cite('RFC 8285', '6'), level: 'both' },
    { 'extmap-allow-mixed': 'One-byte and two-byte header extensions may be mixed in one stream.' },
  ),
  ...flags(
    { rfc: cite('RFC 8866', '6.7'), level: 'both' },
    {
      sendrecv: 'This side wants to send and to receive.',
      sendonly: 'This side only sends.',
      recvonly: 'This side only receives.',
      inactive: 'This side neither sends nor receives for now.',
    },
  ),
];

/** Where a request came from, and where else to ask (RFC 8489 §14.1, §14.2, §14.15, §14.16). */
import { cite } from '../../base/cite.ts';
import { address, xorAddress } from '../address-kinds.ts';
import { text } from '../attribute-kinds.ts';

export const mappedAddress = address({
  id: 'MAPPED-ADDRESS',
  type: 0x0001,
  rfc: cite('RFC 8489', '14.1'),
  meaning: 'Where the request came from, as the server saw it; in clear, so some NATs rewrite it.',
  example: { address: '192.0.2.1', port: 32853 },
});

export const xorMappedAddress = xorAddress({
  id: 'XOR-MAPPED-ADDRESS',
  type: 0x0020,
  rfc: cite('RFC 8489', '14.2'),
  meaning:
    'Where the request came from, as the server saw it: behind a NAT, the outside address. It becomes the server reflexive candidate.',
  example: { address: '192.0.2.1', port: 32853 },
});

export const alternateServer = address({
  id: 'ALTERNATE-SERVER',
  type: 0x8023,
  rfc: cite('RFC 8489', '14.15'),
  meaning: 'The server to ask instead.',
  example: { address: '192.0.2.1', port: 32853 },
});

export const alternateDomain = text({
  id: 'ALTERNATE-DOMAIN',
  type: 0x8003,
  rfc: cite('RFC 8489', '14.16'),
  meaning: 'The name to check the certificate of ALTERNATE-SERVER against.',
  example: 'example.org',
  maxBytes: 255,
});

/** What a connectivity check carries (RFC 8445 §7.1). */
import { cite } from '../../base/cite.ts';
import { flag, hex64, number } from '../attribute-kinds.ts';

export const priority = number({
  id: 'PRIORITY',
  type: 0x0024,
  rfc: cite('RFC 8445', '7.1.1'),
  meaning: 'The priority that a peer reflexive candidate found by this check would get.',
  example: 1853824767,
  bytes: 4,
});

export const useCandidate = flag({
  id: 'USE-CANDIDATE',
  type: 0x0025,
  rfc: cite('RFC 8445', '7.1.2'),
  meaning: 'The controlling agent nominates this pair.',
});

export const iceControlled = hex64({
  id: 'ICE-CONTROLLED',
  type: 0x8029,
  rfc: cite('RFC 8445', '7.1.3'),
  meaning: 'The sender believes that it is controlled; the number breaks a tie.',
  example: '932ff9b151263b36',
});

export const iceControlling = hex64({
  id: 'ICE-CONTROLLING',
  type: 0x802a,
  rfc: cite('RFC 8445', '7.1.3'),
  meaning: 'The sender believes that it controls, and nominates; the number breaks a tie.',
  example: '932ff9b151263b36',
});

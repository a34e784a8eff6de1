/** VP8 (RFC 7741 section 6.1) and VP9 (RFC 9628 section 6). */
import { cite } from '../../../base/cite.ts';
import { whole, type CodecDoc } from './parameter.ts';

const maxFs = whole(0, 4294967295, (value) => `at most ${value} macroblocks of 16 × 16 in a picture`);
const maxFr = whole(0, 4294967295, (value) => `at most ${value} frames a second`);

export const vp8: CodecDoc = {
  id: 'vp8',
  names: ['vp8'],
  rfc: cite('RFC 7741', '6.1'),
  example: '120 max-fs=12288;max-fr=60',
  parameters: new Map([
    ['max-fs', maxFs],
    ['max-fr', maxFr],
  ]),
};

const PROFILES = [
  '8 bits, 4:2:0',
  '8 bits, 4:2:2, 4:4:0 or 4:4:4',
  '10 or 12 bits, 4:2:0',
  '10 or 12 bits, 4:2:2, 4:4:0 or 4:4:4',
];

export const vp9: CodecDoc = {
  id: 'vp9',
  names: ['vp9'],
  rfc: cite('RFC 9628', '6'),
  example: '98 profile-id=0;max-fs=12288;max-fr=60',
  parameters: new Map([
    ['profile-id', whole(0, 3, (value) => `profile ${value}: ${PROFILES[Number(value)] ?? 'unknown'}`)],
    ['max-fs', maxFs],
    ['max-fr', maxFr],
  ]),
};

/**
 * Texts to try the page with. The offer and its answer lie beside this file, whole, as Chromium and Firefox made them
 * (tests/fixtures/make/sdp/example.ts); the candidates are those of the recording `through-turn`.
 */
export interface Sample {
  readonly id: 'both' | 'broken' | 'candidates';
  readonly title: string;
  readonly text: string;
}

const CANDIDATES = [
  'candidate:1938575329 1 udp 2113937151 19a54a0a-fe66-42ab-b12c-a87c1ad0322c.local 40376 typ host generation 0 ufrag 3ODL network-cost 999',
  'candidate:2005941652 1 udp 1677729535 203.0.113.2 40376 typ srflx raddr 0.0.0.0 rport 0 generation 0 ufrag 3ODL network-cost 999',
  'candidate:3766709283 1 udp 50340095 192.0.2.1 56597 typ relay raddr 203.0.113.2 rport 40376 generation 0 ufrag 3ODL network-cost 999',
].join('\r\n');

export const samplesOf = (offer: string, answer: string): readonly Sample[] => [
  { id: 'both', title: 'An offer and its answer', text: offer + answer },
  { id: 'broken', title: 'An offer with mistakes', text: broken(offer) },
  { id: 'candidates', title: 'Three candidates', text: CANDIDATES },
];

/** The offer with what people break when they edit it by hand. */
const broken = (offer: string): string =>
  offer
    .replace('BUNDLE 0 1', 'BUNDLE 0 1 2')
    .replace(/^m=audio .*/m, '$& 96')
    .replace('a=setup:actpass\r\na=mid:1', 'a=setup:active\r\na=mid:1')
    .replace('a=rtcp-mux\r\n', 'a=rtcp-mux\r\na=mid:0\r\na=x-call:7\r\n');

/** Descriptions of a call with one data channel, as browsers write them (RFC 9429, section 5.2.1; RFC 8841, section 4.2). */
export interface DescriptionParts {
  readonly sessionId: string;
  readonly version: number;
  readonly ufrag: string;
  readonly password: string;
  /** 32 bytes, `AA:BB:…` */
  readonly fingerprint: string;
  readonly setup: 'actpass' | 'active' | 'passive';
  readonly trickle: boolean;
  readonly lite: boolean;
  /** Without trickle they are all there. */
  readonly candidates: readonly string[];
}

export function describe(parts: DescriptionParts): string {
  const lines = [
    'v=0',
    `o=- ${parts.sessionId} ${parts.version} IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    ...(parts.lite ? ['a=ice-lite'] : []),
    'a=group:BUNDLE 0',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    ...parts.candidates.map((line) => `a=${line}`),
    ...(parts.candidates.length > 0 && !parts.trickle ? ['a=end-of-candidates'] : []),
    `a=ice-ufrag:${parts.ufrag}`,
    `a=ice-pwd:${parts.password}`,
    ...(parts.trickle ? ['a=ice-options:trickle'] : []),
    `a=fingerprint:sha-256 ${parts.fingerprint}`,
    `a=setup:${parts.setup}`,
    'a=mid:0',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** What an agent needs of the other end's description. */
export function readSecrets(sdp: string): {
  readonly ufrag: string;
  readonly password: string;
  readonly isLite: boolean;
} {
  const value = (name: string): string => new RegExp(`^a=${name}:(.*)$`, 'm').exec(sdp)?.[1]?.trim() ?? '';
  return { ufrag: value('ice-ufrag'), password: value('ice-pwd'), isLite: /^a=ice-lite\s*$/m.test(sdp) };
}

export const candidatesIn = (sdp: string): readonly string[] =>
  (sdp.match(/^a=candidate:.*$/gm) ?? []).map((line) => line.slice(2).trim());

/** Values of attributes as plain data, for whoever needs the facts and not the words. Undefined when a value is malformed. */
import { integerIn } from './grammar.ts';

/** Whether a transport protocol carries RTP, so that its formats are payload types. */
export const isRtp = (protocol: string): boolean => /RTP\/|^MP2T\/RTP$/i.test(protocol);

/** Whether a transport protocol is SCTP in DTLS: data channels. */
export const isSctp = (protocol: string): boolean => /(?:^|\/)(?:DTLS\/SCTP|SCTP\/DTLS)$/i.test(protocol);

export interface Rtpmap {
  readonly payload: string;
  readonly name: string;
  readonly clockRate: number;
  /** Number of channels of an audio codec; 1 when not given. */
  readonly channels: number;
}

/** `111 opus/48000/2` */
export function parseRtpmap(value: string): Rtpmap | undefined {
  const match = /^([0-9]+) +([^/ ]+)\/([0-9]+)(?:\/([^ ]*))?/.exec(value.trim());
  if (!match) return undefined;
  return {
    payload: match[1]!,
    name: match[2]!,
    clockRate: Number(match[3]),
    channels: integerIn(match[4] ?? '1', 1, 255) ?? 1,
  };
}

/** `97 apt=96;rtx-time=3000` → `['97', 'apt=96;rtx-time=3000']` */
export function splitFirst(value: string, separator = ' '): readonly [string, string] {
  const trimmed = value.trim();
  const at = trimmed.indexOf(separator);
  return at < 0 ? [trimmed, ''] : [trimmed.slice(0, at), trimmed.slice(at + 1).trim()];
}

/** `apt=96;rtx-time=3000` as a map with lower-case names; a parameter without `=` has the value ''. */
export function parseParameters(text: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of text.split(';')) {
    const [name, value] = splitFirst(part, '=');
    if (name !== '') parameters.set(name.toLowerCase(), value);
  }
  return parameters;
}

export interface Extmap {
  readonly id: string;
  readonly direction?: string;
  readonly uri: string;
  /** The extension is sent encrypted: RFC 6904. */
  readonly encrypted: boolean;
}

const ENCRYPT = 'urn:ietf:params:rtp-hdrext:encrypt';

/** `1/sendonly urn:ietf:params:rtp-hdrext:ssrc-audio-level` */
export function parseExtmap(value: string): Extmap | undefined {
  const [entry, first, second] = value.trim().split(/ +/);
  if (entry === undefined || first === undefined) return undefined;
  const [id, direction] = entry.split('/');
  const encrypted = first === ENCRYPT && second !== undefined;
  return {
    id: id!,
    uri: encrypted ? second : first,
    encrypted,
    ...(direction === undefined ? {} : { direction }),
  };
}

export interface Rid {
  readonly id: string;
  readonly direction: string;
  readonly payloads: readonly string[];
}

/** `1 send pt=96,97;max-width=1280` */
export function parseRid(value: string): Rid | undefined {
  const [id, direction, restrictions] = value.trim().split(/ +/);
  if (id === undefined || direction === undefined) return undefined;
  const pt = parseParameters(restrictions ?? '').get('pt');
  return { id, direction, payloads: pt === undefined ? [] : pt.split(',') };
}

export interface SimulcastDirection {
  readonly direction: string;
  /** For each stream its alternatives; `~` of a paused one is kept. */
  readonly streams: readonly (readonly string[])[];
}

/** `send hi;mid,~alt recv x` */
export function parseSimulcast(value: string): readonly SimulcastDirection[] {
  const words = value.trim().split(/ +/);
  const found: SimulcastDirection[] = [];
  for (let i = 0; i + 1 < words.length; i += 2) {
    found.push({
      direction: words[i]!,
      streams: words[i + 1]!.split(';').map((stream) => stream.split(',')),
    });
  }
  return found;
}

/** `BUNDLE audio video` → `{semantics: 'BUNDLE', ids: ['audio', 'video']}` */
export function parseGroup(value: string): { readonly semantics: string; readonly ids: readonly string[] } {
  const [semantics, ...ids] = value.trim().split(/ +/);
  return { semantics: semantics ?? '', ids };
}

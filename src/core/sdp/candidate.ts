/** The value of a candidate attribute as data: RFC 8839 section 5.1, RFC 6544 section 4.5 (TCP). */
import { preferenceInWords, priorityParts } from './priority.ts';

/** `candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host generation 0` */
export interface SdpCandidate {
  readonly foundation: string;
  readonly component: number;
  /** Lower case: `udp`, `tcp`. */
  readonly transport: string;
  readonly priority: number;
  readonly address: string;
  readonly port: number;
  /** `host`, `srflx`, `prflx`, `relay`, or what is written there. */
  readonly type: string;
  readonly relatedAddress?: string;
  readonly relatedPort?: number;
  readonly tcpType?: string;
  /** The name and value pairs that follow, in their order, raddr, rport and tcptype among them. */
  readonly extensions: readonly { readonly name: string; readonly value: string }[];
}

/** Reads `candidate:…`, `a=candidate:…`, or what follows the colon. Undefined when fields are missing. */
export function parseCandidate(text: string): SdpCandidate | undefined {
  const words = text
    .replace(/^(?:a=)?candidate:/i, '')
    .trim()
    .split(/ +/);
  const [foundation, component, transport, priority, address, port, typ, type, ...rest] = words;
  if (type === undefined || typ?.toLowerCase() !== 'typ') return undefined;
  const extensions = pairs(rest);
  const valueOf = (name: string) => extensions.find((extension) => extension.name === name)?.value;
  const relatedAddress = valueOf('raddr');
  const relatedPort = valueOf('rport');
  const tcpType = valueOf('tcptype');
  return {
    foundation: foundation ?? '',
    component: Number(component),
    transport: (transport ?? '').toLowerCase(),
    priority: Number(priority),
    address: address ?? '',
    port: Number(port),
    type,
    ...(relatedAddress === undefined ? {} : { relatedAddress }),
    ...(relatedPort === undefined ? {} : { relatedPort: Number(relatedPort) }),
    ...(tcpType === undefined ? {} : { tcpType }),
    extensions,
  };
}

function pairs(words: readonly string[]): SdpCandidate['extensions'] {
  const found: { name: string; value: string }[] = [];
  for (let i = 0; i + 1 < words.length; i += 2) found.push({ name: words[i]!, value: words[i + 1]! });
  return found;
}

/** `type preference 126 (host), local preference 32542, component 1` */
export function describePriority(priority: number): string {
  const { typePreference, localPreference, component } = priorityParts(priority);
  const words = preferenceInWords(typePreference);
  const named = words === undefined ? `${typePreference}` : `${typePreference} (${words})`;
  return `type preference ${named}, local preference ${localPreference}, component ${component}`;
}

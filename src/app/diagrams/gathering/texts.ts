/** How sources, candidates and errors are called in this picture. */
import type { Candidate, Gathering } from '../../../core/projections/candidates.ts';
import type { Columns } from './columns.ts';
import { addressText, isHidden, portText } from '../parts/address.ts';
import { errorCodes } from '../../../core/stun/error-codes.ts';
import { firstFit } from '../parts/fitting.ts';
import { fit, type Label, textWidth } from '../parts/labels.ts';
import { serverKind } from '../../../core/ice/server-url.ts';
import { shortAddress } from '../paths/words.ts';
import { type Found, type Gatherer, waited } from './model.ts';

/** RTCNetworkType of the earlier drafts of webrtc-stats, given up there for privacy; `unknown` says nothing. */
const NETWORKS: Readonly<Record<string, string>> = {
  wifi: 'Wi-Fi',
  ethernet: 'Ethernet',
  cellular: 'mobile network',
  bluetooth: 'Bluetooth',
  wimax: 'WiMAX',
  vpn: 'VPN',
};

/** `Wi-Fi, IPv4`, `own address`: an mDNS name hides the family until getStats tells it. */
function ownName({ networkType, family }: Candidate): string {
  const network = NETWORKS[networkType ?? ''] ?? 'own address';
  return family ? `${network}, ${family}` : network;
}

/** `stun:198.51.100.1:3478`, `turns:turn.example.org?transport=tcp` taken apart; the port is left where it is. */
export function serverOf(url: string | null): {
  readonly scheme: 'STUN' | 'TURN' | null;
  readonly host: string;
} {
  const scheme = serverKind(url);
  return { scheme, host: scheme ? url!.slice(url!.indexOf(':') + 1).split('?', 1)[0]! : '' };
}

/** Who told a candidate that is not an own address. A TURN server also answers as a STUN server does. */
export function askedName({ type, url }: Candidate): string {
  if (type === 'prflx') return 'a check';
  return type === 'relay' ? 'TURN' : (serverOf(url).scheme ?? 'STUN');
}

type Fault = Gathering['errors'][number];

/** W3C WebRTC, section 4.8.3: 701 is no STUN code, it says that nothing came back. */
const OURS: Readonly<Record<number, string>> = {
  600: 'local address not allowed',
  701: 'server not reached',
};

/** `701, server not reached`, `401, Unauthenticated` */
export function errorWords({ errorCode, errorText }: Fault): string {
  const known: Readonly<Record<number, { readonly reason: string }>> = errorCodes;
  const words = OURS[errorCode] ?? known[errorCode]?.reason ?? errorText;
  return words ? `${errorCode}, ${words}` : String(errorCode);
}

interface Cost {
  readonly messages: number;
  /** Bytes of STUN; null where they hang on the server's realm, nonce and software. */
  readonly bytes: number | null;
}

/**
 * What asking costs at the least: a browser hides these packets. A Binding request is a header of 20 bytes, its success
 * response has XOR-MAPPED-ADDRESS with 12 bytes (IPv4) or 24 (IPv6) more (RFC 8489, sections 5 and 14.2). An Allocate
 * request is refused with 401 first, to ask for a password (RFC 8656, section 7.2, and RFC 8489, section 9.2).
 */
export function leastCost({ type, family }: Candidate): Cost | null {
  if (type === 'relay') return { messages: 4, bytes: null };
  if (type !== 'srflx') return null;
  return { messages: 2, bytes: 20 + 20 + (family === 'IPv6' ? 24 : 12) };
}

/** `inferred: 2+ packets, 52+ B` */
const costWords = ({ messages, bytes }: Cost): string =>
  `inferred: ${messages}+ packets${bytes === null ? '' : `, ${bytes}+ B`}`;

/** The words in the row of a candidate. */

export const label = (text: string, y: number, style: Partial<Label>): Label => ({
  text,
  x: 0,
  y,
  size: 12,
  ...style,
});

export function wideTexts(
  found: Found,
  gatherer: Gatherer,
  y: number,
  columns: Columns,
  dearest: Found | null,
): Label[] {
  const { candidate } = found;
  const [note, cost] = [noteOf(found, gatherer), candidate.type === 'host' ? null : leastCost(candidate)];
  const nameLine = note ? y - 2 : y + 4;
  const line = cost ? y - 2 : y + 4;
  return [
    ...nameLabels(found, nameLine, columns),
    ...noteLabels(note, y + 12, columns),
    gotLabel(found, line, columns, columns.end - columns.cost - columns.got),
    tookLabel(found, line, columns, dearest),
    ...(cost
      ? [label(costWords(cost), y + 12, { x: columns.end, anchor: 'end', size: 11, tone: 'ink-3' })]
      : []),
    ...(found.from === null ? [unseen(y, columns)] : []),
  ].filter(({ text }) => text !== '');
}

export function narrowTexts(
  found: Found,
  gatherer: Gatherer,
  y: number,
  columns: Columns,
  dearest: Found | null,
): Label[] {
  const names = withNote(nameLabels(found, y - 6, columns), noteOf(found, gatherer), columns);
  const used = Math.max(...names.map((one) => one.x + textWidth(one)));
  const got = gotLabel(found, y - 6, columns, columns.end - used - 10);
  return [
    ...names,
    { ...got, x: columns.end, anchor: 'end' as const },
    tookLabel(found, y + columns.dy + 4, columns, dearest),
    ...(found.from === null ? [{ ...unseen(y + columns.dy, columns), x: columns.plot[0] }] : []),
  ].filter(({ text }) => text !== '');
}

/** Beside the name, as far as the port of what was got leaves room. */
function withNote(names: Label[], note: Note | null, { end }: Columns): Label[] {
  const last = names.at(-1)!;
  const x = last.x + textWidth(last) + 6;
  const style = { size: 12, mono: note?.mono ?? false, tone: 'ink-3' } as const;
  const text = note ? firstFit([note.text, ''], end - 54 - x, style) : '';
  return text ? [...names, { ...style, text, x, y: last.y }] : names;
}

const unseen = (y: number, { plot: [left, right], isNarrow }: Columns): Label => {
  const text = fit('told by getStats alone', isNarrow ? right - left + 10 : right - left - 12, { size: 12 });
  return label(text, y + 4, { x: left + 6, tone: 'ink-3', halo: 'stage' });
};

/** `Wi-Fi, IPv4`, or in two weights `STUN` `over IPv4`. */
function nameLabels(found: Found, y: number, columns: Columns): Label[] {
  const { candidate } = found;
  const size = 13 as const;
  if (candidate.type === 'host') {
    const text = fit(ownName(candidate), columns.nameEnd - columns.name, { size });
    return [{ text, x: columns.name, y, size }];
  }
  const name: Label = { text: askedName(candidate), x: columns.asked, y, size, bold: true };
  if (!candidate.family) return [name];
  return [name, label(`over ${candidate.family}`, y, { x: name.x + textWidth(name) + 6, tone: 'ink-3' })];
}

interface Note {
  readonly text: string;
  readonly mono: boolean;
}

/** The second line of a source: which m-section it is for, where there are several; the server that was asked. */
function noteOf({ candidate }: Found, { isForMany }: Gatherer): Note | null {
  const { type, url, protocol, tcpType, component, mid } = candidate;
  const server = serverOf(url).host;
  if (type === 'srflx' || type === 'relay') {
    return server ? { text: server, mono: true } : null;
  }
  const parts = [
    protocol === 'tcp' ? `TCP ${tcpType ?? ''}`.trim() : '',
    isForMany && mid ? `mid ${mid}` : '',
    component === 2 ? 'RTCP' : '',
  ].filter(Boolean);
  return parts.length > 0 ? { text: parts.join(', '), mono: false } : null;
}

function noteLabels(note: Note | null, y: number, columns: Columns): Label[] {
  if (!note) return [];
  const style = { size: 11, mono: note.mono, tone: 'ink-3' } as const;
  return [{ ...style, text: fit(note.text, columns.nameEnd - columns.asked, style), x: columns.asked, y }];
}

/** The whole address if it fits, else its short form, else the port. */
function gotLabel({ candidate }: Found, y: number, columns: Columns, room: number): Label {
  const style = { size: 12, mono: true } as const;
  const { address, port } = candidate;
  const whole = isHidden(address) ? [] : [candidate, { address: shortAddress(address), port }];
  const forms = [...whole.map(addressText), portText(port)];
  const text = forms.find((form) => textWidth({ ...style, text: form }) <= room) ?? '';
  return { ...style, text, x: columns.got, y };
}

function tookLabel(found: Found, y: number, columns: Columns, dearest: Found | null): Label {
  const took = waited(found);
  const isDearest = found === dearest;
  const text = took < 0 ? '' : `${took.toFixed(1)} ms`;
  return label(text, y, {
    x: columns.end,
    anchor: 'end',
    mono: true,
    bold: isDearest,
    tone: isDearest ? 'ink' : 'ink-2',
  });
}

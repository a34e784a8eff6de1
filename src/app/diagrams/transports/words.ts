/** A transport in words: what the picture writes, what a screen reader says, what the text alternative is made of. */
import type { Candidate } from '../../../core/projections/candidates.ts';
import { bytes } from '../../format/words.ts';
import { addressText } from '../parts/address.ts';
import { shortAddress } from '../paths/words.ts';
import type { TransportRow } from './model.ts';

/** `legacy_version` and `selected_version`, as getStats writes them. */
const VERSIONS: Readonly<Record<string, string>> = { FEFF: 'DTLS 1.0', FEFD: 'DTLS 1.2', FEFC: 'DTLS 1.3' };

export const versionText = (version: string | null): string =>
  version === null ? 'version not told' : (VERSIONS[version.toUpperCase()] ?? `version ${version}`);

const end = (candidate: Candidate | null): string =>
  candidate ? addressText({ address: shortAddress(candidate.address), port: candidate.port }) : 'not told';

/** The five: protocol, and address and port of both ends. */
export function tupleText({ local, remote, facts }: TransportRow): string {
  if (facts.pairId === null) return 'no pair in use yet';
  return `${local?.protocol ?? remote?.protocol ?? '?'}  ${end(local)} to ${end(remote)}`;
}

export const sectionsText = ({ sections, facts }: TransportRow): string => {
  if (facts.goneAt !== null) return 'no more in use';
  if (sections === null) return 'which m-lines it carries is not told';
  return sections.map(({ name, kind }) => `${name} ${kind}`).join(', ');
};

export const dtlsText = ({ facts }: TransportRow): string =>
  [
    facts.dtlsRole === null ? 'role not told' : `DTLS ${facts.dtlsRole}`,
    facts.dtlsState ?? 'state not told',
    ...(facts.tlsVersion === null && facts.dtlsState !== 'connected' ? [] : [versionText(facts.tlsVersion)]),
    ...(facts.dtlsCipher === null ? [] : [facts.dtlsCipher]),
  ].join(' · ');

export const srtpText = ({ facts, sections }: TransportRow): string =>
  facts.srtpCipher !== null
    ? `SRTP ${facts.srtpCipher.replace(/^SRTP_/, '')}`
    : sections?.every(({ kind }) => kind === 'application')
      ? 'no SRTP: data alone'
      : 'SRTP not told';

const brief = (fingerprint: string | null): string =>
  fingerprint === null ? 'not told' : `${fingerprint.slice(0, 11)}…`;

export const fingerprintText = ({ facts }: TransportRow): string =>
  `certificate ${brief(facts.ownFingerprint)}, the other side’s ${brief(facts.otherFingerprint)}`;

export function carriedText({ facts }: TransportRow): string {
  const { last } = facts.bytes;
  return last ? `${bytes(last.sent)} sent, ${bytes(last.received)} received` : 'bytes not told';
}

export const sayRow = (row: TransportRow): string =>
  `${row.peer.label}: ${sectionsText(row)}; ${tupleText(row)}; ${dtlsText(row)}; ${srtpText(row)}; ${fingerprintText(row)}; ${carriedText(row)}`;

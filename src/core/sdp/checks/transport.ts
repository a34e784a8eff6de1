/** ICE credentials, certificate fingerprints and DTLS roles: what a connection can not do without. */
import { visible } from '../grammar.ts';
import type { SdpLine } from '../lines.ts';
import { cite } from '../../base/cite.ts';
import { inherited, type Description, type MediaSection, type Section } from '../structure.ts';
import { addLineAfter, check, type Fix, type SdpFacts } from './check.ts';
import { nameSpan, spanOf, valueSpan } from './span.ts';

const CREDENTIALS = ['ice-ufrag', 'ice-pwd'] as const;

export const icePair = check({
  id: 'ice-credentials-pair',
  severity: 'error',
  rfc: cite('RFC 8839', '5.4'),
  example: 'm=audio 9 RTP/AVP 0\r\na=ice-ufrag:8hhY\r\n',
  find: ({ description, lines }, report) => {
    if (lines.length < 2) return;
    for (const part of [description.session, ...description.media]) {
      const lone = CREDENTIALS.filter((name) => part.attributes.has(name));
      const [only] = lone;
      if (lone.length !== 1 || only === undefined) continue;
      const missing = CREDENTIALS.find((name) => name !== only)!;
      if (!present(description, part, missing))
        report(part.attributes.get(only)![0]!, {
          claim: `${only} stands without ${missing}`,
          reason: 'ICE proves with both who sends a check.',
          at: nameSpan(part.attributes.get(only)![0]!),
        });
    }
  },
});

const present = (description: Description, part: Section, name: string): boolean =>
  part.attributes.has(name) || description.session.attributes.has(name);

/** Whether the description comes from WebRTC: it uses DTLS and ICE somewhere. */
const usesDtls = (description: Description): boolean =>
  [description.session, ...description.media].some((part) => part.attributes.has('fingerprint'));
const usesIce = (description: Description): boolean =>
  [description.session, ...description.media].some((part) => part.attributes.has('ice-ufrag'));

/** The sections that bring their own transport: neither rejected nor later ones of a BUNDLE group. */
export function transportSections(description: Description): readonly MediaSection[] {
  const first = new Set<string>();
  const later = new Set<string>();
  for (const group of description.groups) {
    if (group.semantics !== 'BUNDLE') continue;
    group.ids.forEach((id, index) => (index === 0 ? first.add(id) : later.add(id)));
  }
  return description.media.filter(
    (media) =>
      media.port !== 0 && !(media.mid !== undefined && later.has(media.mid) && !first.has(media.mid)),
  );
}

const dtlsProtocol = (media: MediaSection): boolean => /(?:TLS\/RTP|DTLS)/i.test(media.protocol);

export const iceMissing = check({
  id: 'ice-missing',
  severity: 'error',
  rfc: cite('RFC 9429', '5.8.3'),
  example:
    'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=fingerprint:sha-1 CD:34:D1:62:16:95:7B:B7:EB:74:E2:39:27:97:EB:0B:23:73:AC:BC\r\n' +
    'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\na=fingerprint:sha-1 CD:34:D1:62:16:95:7B:B7:EB:74:E2:39:27:97:EB:0B:23:73:AC:BC\r\n',
  find: ({ description, complete }, report) => {
    if (!complete || !usesIce(description)) return;
    for (const media of transportSections(description)) {
      if (!dtlsProtocol(media) || inherited(media, description.session, 'ice-ufrag') !== undefined) continue;
      report(media.mLine, {
        claim: 'The section has no ice-ufrag and ice-pwd',
        reason: 'Browsers connect with ICE only, and refuse a section without.',
      });
    }
  },
});

export const fingerprintMissing = check({
  id: 'fingerprint-missing',
  severity: 'error',
  rfc: cite('RFC 9429', '5.8.3'),
  example:
    'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\n' +
    'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=fingerprint:sha-1 CD:34:D1:62:16:95:7B:B7:EB:74:E2:39:27:97:EB:0B:23:73:AC:BC\r\n',
  find: ({ description, complete }, report) => {
    if (!complete || !usesDtls(description)) return;
    for (const media of transportSections(description)) {
      if (!dtlsProtocol(media) || inherited(media, description.session, 'fingerprint') !== undefined)
        continue;
      report(media.mLine, {
        claim: 'The section has no certificate fingerprint',
        reason: 'It uses DTLS, and without the hash nobody can tell who answers; browsers refuse it.',
      });
    }
  },
});

export const setupMissing = check({
  id: 'setup-missing',
  severity: 'warning',
  rfc: cite('RFC 8842', '5'),
  example:
    'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=fingerprint:sha-1 CD:34:D1:62:16:95:7B:B7:EB:74:E2:39:27:97:EB:0B:23:73:AC:BC\r\n',
  find: ({ description, type }, report) => {
    for (const media of transportSections(description)) {
      const line = media.attributes.get('fingerprint')?.[0];
      if (line === undefined || inherited(media, description.session, 'setup') !== undefined) continue;
      const role =
        type === undefined ? undefined : type === 'offer' ? ('actpass' as const) : ('active' as const);
      report(line, {
        claim: 'The section has a fingerprint, but no setup',
        reason:
          'It says who begins the DTLS handshake: an offer has a=setup:actpass, an answer a=setup:active or passive. Browsers refuse an offer without it.',
        at: nameSpan(line),
        fix: role && addLineAfter(`Set ${role}`, line, `a=setup:${role}`),
      });
    }
  },
});

export const setupRole = check({
  id: 'setup-role',
  severity: 'error',
  rfc: cite('RFC 8842', '5'),
  example:
    'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=setup:active\r\n',
  find: (facts, report) => {
    const { session, media } = facts.description;
    const lines = [session, ...media].flatMap((part) => part.attributes.get('setup')?.slice(0, 1) ?? []);
    for (const problem of roleProblems(facts)) {
      const [first, ...others] = lines.filter((line) => line.value.trim() === problem.role);
      if (first === undefined) continue;
      report(first, {
        ...problem,
        at: valueSpan(first),
        with: others.map((line) => ({ line, at: valueSpan(line) })),
        fix: setRole([first, ...others], problem.better),
      });
    }
  },
});

interface RoleProblem {
  readonly role: string;
  readonly claim: string;
  readonly reason: string;
  readonly severity: 'error' | 'warning';
  readonly better: string;
}

function roleProblems({ type, complete }: SdpFacts): readonly RoleProblem[] {
  if (type === 'answer' || type === 'pranswer') return [ANSWER_ROLE];
  return type === 'offer' && complete ? [OFFER_ROLE] : [];
}

const ANSWER_ROLE: RoleProblem = {
  role: 'actpass',
  claim: 'An answer says active or passive, not actpass',
  reason: 'The answerer chooses who starts DTLS; browsers refuse an answer that does not.',
  severity: 'error',
  better: 'active',
};

const OFFER_ROLE: RoleProblem = {
  role: 'active',
  claim: 'An offer says actpass, not active',
  reason: 'The answerer picks who starts DTLS.',
  severity: 'warning',
  better: 'actpass',
};

/** One fix for all sections: bundled ones must not disagree. */
const setRole = (lines: readonly SdpLine[], role: string): Fix => ({
  title: `Set ${role}`,
  edits: lines.map((line) => {
    const { start, end } = valueSpan(line);
    return { start: line.start + start, end: line.start + end, text: role };
  }),
});

export const candidateUfrag = check({
  id: 'candidate-ufrag',
  severity: 'warning',
  rfc: cite('RFC 8838', '9'),
  example:
    'm=audio 9 RTP/AVP 0\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\na=candidate:1 1 udp 1 192.0.2.1 1 typ host ufrag wxyz\r\n',
  find: ({ description }, report) => {
    for (const media of description.media) {
      const ufrag = inherited(media, description.session, 'ice-ufrag');
      for (const line of media.attributes.get('candidate') ?? []) {
        const own = / ufrag ([^ ]+)/.exec(line.value)?.[1];
        if (ufrag !== undefined && own !== undefined && own !== ufrag)
          report(line, {
            claim: `The candidate belongs to ufrag ${visible(own)}`,
            reason: `The section has ufrag ${visible(ufrag)}, so the candidate is of another ICE session.`,
            at: spanOf(line, own),
          });
      }
    }
  },
});

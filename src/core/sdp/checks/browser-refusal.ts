/**
 * What Chromium and Firefox refuse in a description that has no error otherwise: their own rules, found by putting changed
 * descriptions to them, are stricter than the RFCs.
 */
import { adviceFor } from '../browsers/advice.ts';
import { chromiumRefusal } from '../browsers/chromium.ts';
import { firefoxRefusal } from '../browsers/firefox.ts';
import type { Refusal, Remote } from '../browsers/refusal.ts';
import { cite } from '../../base/rfc-sections.ts';
import type { Inspection } from '../inspect.ts';
import type { Finding } from './check.ts';

/** Real descriptions are far shorter; judging a longer one would hold up a page. */
const MOST_LINES = 3000;

const BROWSERS = [
  { name: 'Chromium', refusal: chromiumRefusal },
  { name: 'Firefox', refusal: firefoxRefusal },
] as const;

interface Judged {
  readonly browsers: readonly string[];
  readonly refusal: Refusal;
}

/** At most one finding a browser; none where there is an error, or where a warning tells of the same line. */
export function browserRefusals(
  text: string,
  { lines, description, type, findings }: Inspection,
): readonly Finding[] {
  if (lines.length > MOST_LINES || findings.some(({ severity }) => severity === 'error')) return [];
  const told = new Set(findings.filter(({ severity }) => severity === 'warning').map(({ line }) => line));
  return together(BROWSERS.flatMap((one) => judge(one, { text, description, type })))
    .filter(({ refusal }) => refusal.line === undefined || !told.has(refusal.line))
    .map(findingOf);
}

type Facts = Pick<Inspection, 'description' | 'type'> & { readonly text: string };

function judge(
  { name, refusal }: (typeof BROWSERS)[number],
  { text, description, type }: Facts,
): readonly Judged[] {
  const as = (kind: Remote['type']): Refusal | undefined => refusal({ text, description, type: kind });
  const found =
    type === 'offer' ? as('offer') : type === undefined ? as('answer') && as('offer') : as('answer');
  return found === undefined ? [] : [{ browsers: [name], refusal: found }];
}

/** What both refuse for the same reason is one finding. */
function together(judged: readonly Judged[]): readonly Judged[] {
  const [first, second] = judged;
  if (first === undefined || second === undefined) return judged;
  const same = first.refusal.line === second.refusal.line && first.refusal.reason === second.refusal.reason;
  return same ? [{ browsers: ['Chromium', 'Firefox'], refusal: first.refusal }] : judged;
}

const findingOf = ({ browsers, refusal }: Judged): Finding => {
  const claim = `${browsers.join(' and ')} ${browsers.length === 1 ? 'refuses' : 'refuse'} this: ${refusal.reason}`;
  const { mend, says } = adviceFor(refusal.reason) ?? {
    mend: 'setRemoteDescription fails, and nothing of the description is used.',
  };
  const words = says === undefined || !browsers.includes('Chromium') ? '' : ` Chromium says "${says}".`;
  const reason = `${mend}${words}`;
  return {
    rule: 'browser-refusal',
    severity: 'warning',
    line: refusal.line ?? 1,
    claim,
    reason,
    message: `${claim}. ${reason}`,
    rfc: cite('RFC 9429', '5.8.3'),
  };
};

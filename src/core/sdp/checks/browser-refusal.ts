/**
 * What Chromium and Firefox refuse in a description: their own rules, found by putting changed descriptions to them, are stricter
 * than the RFCs.
 */
import { adviceFor } from '../browsers/advice.ts';
import { chromiumCreateAnswer, chromiumRefusal, chromiumSetAnswer } from '../browsers/chromium.ts';
import { firefoxCreateAnswer, firefoxRefusal, firefoxSetAnswer } from '../browsers/firefox.ts';
import { firstRefusal, type Refusal, type Remote, type Rule } from '../browsers/refusal.ts';
import { cite } from '../../base/cite.ts';
import type { Inspection } from '../inspect.ts';
import type { SdpLine } from '../lines.ts';
import { MASKED } from '../reader.ts';
import { readDescription } from '../structure.ts';
import type { Finding } from './check.ts';

/** Real descriptions are far shorter; judging a longer one would hold up a page. */
const MOST_LINES = 3000;

interface Browser {
  readonly name: string;
  readonly refusal: Rule;
  /** What it can not answer, though it takes it. */
  readonly noAnswer: readonly Rule[];
}

const BROWSERS: readonly Browser[] = [
  { name: 'Chromium', refusal: chromiumRefusal, noAnswer: [chromiumCreateAnswer, chromiumSetAnswer] },
  { name: 'Firefox', refusal: firefoxRefusal, noAnswer: [firefoxCreateAnswer, firefoxSetAnswer] },
];

const RULE = 'browser-refusal';

interface Found extends Refusal {
  /** Only the answer to it fails. */
  readonly later: boolean;
}

interface Judged {
  readonly browsers: readonly string[];
  readonly refusal: Found;
}

/** The findings together with what browsers refuse: at most one for each, told with what is known of its line already. */
export function withBrowserRefusals(text: string, inspection: Inspection): readonly Finding[] {
  const { lines, description, type, findings } = inspection;
  if (lines.length > MOST_LINES) return findings;
  const all = [...findings];
  for (const judged of together(BROWSERS.flatMap((one) => judge(one, { text, description, type, lines })))) {
    const at = all.findIndex(
      ({ line, severity, rule }) =>
        severity !== 'info' && rule !== RULE && line === (judged.refusal.line ?? 1),
    );
    if (at < 0) all.push(findingOf(judged));
    else all[at] = alsoRefused(all[at]!, judged);
  }
  return all.sort((a, b) => a.line - b.line);
}

type Facts = Pick<Inspection, 'description' | 'type' | 'lines'> & { readonly text: string };

function judge(browser: Browser, facts: Facts): readonly Judged[] {
  const found = refusalOf(browser, facts);
  if (found === undefined) return [];
  const empty = firstEmptyInside(facts.lines);
  const refusal =
    empty !== undefined && refusalOf(browser, withoutEmptyLines(facts)) === undefined
      ? { ...found, line: empty.number, reason: 'it reads nothing after the empty line' }
      : found;
  return [{ browsers: [browser.name], refusal }];
}

/** An offer goes through the calls up to its answer. What may be either is refused where it is refused as both. */
function refusalOf({ refusal, noAnswer }: Browser, { text, description, type }: Facts): Found | undefined {
  const as = (kind: Remote['type'], rules: readonly Rule[], later: boolean): Found | undefined => {
    const found = firstRefusal(rules, { text, description, type: kind });
    return found && { ...found, later };
  };
  const offered = () => as('offer', [refusal], false) ?? as('offer', noAnswer, true);
  if (type === 'offer') return offered();
  const answered = as('answer', [refusal], false);
  return type === undefined ? answered && offered() : answered;
}

const isEmpty = ({ raw }: SdpLine): boolean => raw.trim() === '';

const firstEmptyInside = (lines: readonly SdpLine[]): SdpLine | undefined => {
  const last = lines.findLastIndex((line) => !isEmpty(line));
  return lines.find((line, index) => index < last && isEmpty(line));
};

function withoutEmptyLines({ lines, type }: Facts): Facts {
  const text = lines
    .filter((line) => !isEmpty(line))
    .map(({ raw, eol }) => raw + eol)
    .join('');
  const description = readDescription(text);
  return { text, description, lines: description.lines, type };
}

/** What both refuse for the same reason is one finding. */
function together(judged: readonly Judged[]): readonly Judged[] {
  const [first, second] = judged;
  if (first === undefined || second === undefined) return judged;
  const same = (['line', 'reason', 'later'] as const).every(
    (key) => first.refusal[key] === second.refusal[key],
  );
  return same ? [{ browsers: ['Chromium', 'Firefox'], refusal: first.refusal }] : judged;
}

const refuse = ({ browsers, refusal }: Judged): string =>
  `${browsers.join(' and ')} ${refusal.later ? 'can not answer' : browsers.length === 1 ? 'refuses' : 'refuse'}`;

/** What a finding does not say yet of the browsers. What is masked is not what they would get. */
function alsoRefused(finding: Finding, judged: Judged): Finding {
  const silent = judged.browsers.filter((name) => !finding.message.includes(name));
  if (silent.length === 0 || finding.claim.toLowerCase() === MASKED) return finding;
  const { says } = adviceFor(judged.refusal.reason) ?? {};
  const words = says === undefined || !silent.includes('Chromium') ? '' : `, in Chromium's words "${says}"`;
  const also = `${refuse({ ...judged, browsers: silent })} the description: ${judged.refusal.reason}${words}.`;
  const joined = (text: string): string => `${text}${text.endsWith('.') ? '' : '.'} ${also}`;
  return { ...finding, reason: joined(finding.reason), message: joined(finding.message) };
}

const findingOf = (judged: Judged): Finding => {
  const { browsers, refusal } = judged;
  const claim = `${refuse(judged)} this: ${refusal.reason}`;
  const { mend, says } = adviceFor(refusal.reason) ?? {
    mend: refusal.later
      ? 'The offer itself is taken, and the calls that make the answer fail.'
      : 'setRemoteDescription fails, and nothing of the description is used.',
  };
  const words = says === undefined || !browsers.includes('Chromium') ? '' : ` Chromium says "${says}".`;
  const reason = `${mend}${words}`;
  return {
    rule: RULE,
    severity: 'warning',
    line: refusal.line ?? 1,
    claim,
    reason,
    message: `${claim}. ${reason}`,
    rfc: cite('RFC 9429', '5.8.3'),
  };
};

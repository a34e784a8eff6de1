import type { Case } from '../case.ts';
import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import { KNOWN_BUGS } from '../known-bugs.ts';

export const knownBrowserBug: Cause = {
  id: 'known-browser-bug',
  verdict: 'This browser’s version has a known fault that looks like this.',
  find(call) {
    const [name, version] = browserOf(call);
    const bug = KNOWN_BUGS.find(
      (one) => one.browser === name && one.from <= version && version <= one.to && one.fits(call),
    );
    if (!bug) return null;
    const whose = call.events.find(({ type }) => type === ':peer' || type === 'create');
    return {
      confidence: 'possible',
      message: `${bug.browser} ${version} ${bug.what}: ${bug.source}.`,
      evidence: shown(whose?.id, `${bug.browser} ${version}`),
      change: {
        who: 'user',
        what: `Try another version of ${bug.browser}, or another browser: if that works, it is this.`,
      },
    };
  },
};

/** Chrome, Edge and Opera are Chromium. */
function browserOf({ browser }: Case): readonly [string, number] {
  const at = browser.lastIndexOf(' ');
  const [name, version] = at < 0 ? [browser, '0'] : [browser.slice(0, at), browser.slice(at + 1)];
  return [/chrom|edge|opera/i.test(name) ? 'Chromium' : name, Number(version)];
}

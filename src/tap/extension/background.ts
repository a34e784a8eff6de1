/**
 * The button of the extension. Pressed on a page, it asks the browser's leave for that one site, puts the tap before the
 * site's own scripts, opens the stage, and loads the page again, so that nothing of it is missed.
 */
import type { Tab } from './browser.ts';

/** `https://meet.example.net:8443/room` → `https://meet.example.net/*`: patterns have no port. */
function siteOf({ url = '' }: Tab): string | null {
  const { protocol, hostname } = new URL(url);
  return /^https?:$/.test(protocol) ? `${protocol}//${hostname}/*` : null;
}

chrome.action.onClicked.addListener((tab) => {
  const site = tab.url === undefined ? null : siteOf(tab);
  // At once: after anything is awaited, the press is over and nothing may be asked.
  if (site !== null)
    void chrome.permissions
      .request({ origins: [site] })
      .then((given) => (given ? show(tab, site) : undefined));
});

async function show(tab: Tab, site: string): Promise<void> {
  const script = {
    matches: [site],
    allFrames: true,
    runAt: 'document_start',
    persistAcrossSessions: false,
  } as const;
  await chrome.scripting.unregisterContentScripts();
  await chrome.scripting.registerContentScripts([
    { ...script, id: 'relay', js: ['relay.js'], world: 'ISOLATED' },
    { ...script, id: 'tap', js: ['tap.js'], world: 'MAIN' },
  ]);
  await chrome.tabs.create({ url: 'app/index.html#/debug/page' });
  if (tab.id !== undefined) await chrome.tabs.reload(tab.id);
}

Object.assign(globalThis, { icescopeShow: show });

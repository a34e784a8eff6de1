import { checkServerUrl } from '../../ice/server-url.ts';
import type { Cause } from '../cause.ts';
import { blame, shown } from '../look.ts';

/** RFC 7064 and 7065 say how these URLs look; a placeholder is none that can be reached. */
export const iceServerUrlBad: Cause = {
  id: 'ice-server-url-bad',
  verdict: 'The URL of an ICE server is wrong.',
  find(call) {
    const bad = call.servers.flatMap(({ url }) => {
      const read = checkServerUrl(url, 'iceServers', url);
      return read.ok ? [] : [{ url, error: read.error }];
    });
    const [first] = bad;
    const refused = call.events.find(
      ({ type, value }) =>
        /^(?:create|setConfiguration)OnFailure$/.test(type) &&
        /url|ICE server|SyntaxError/i.test(String(value)),
    );
    if (!first && !refused) return null;
    const made = call.events.find(({ type }) => type === 'create');
    return {
      // A browser that took it may have had use for it.
      confidence: refused
        ? 'certain'
        : call.local.every(({ type }) => type === 'host')
          ? blame(call, 'likely')
          : 'possible',
      message: first
        ? `${first.error.message.replace(/\.$/, '')}: “${first.url}”. Expected: ${first.error.expected}.`
        : `The browser refused the configuration: “${String(refused!.value)}”.`,
      evidence: shown(refused?.id ?? made?.id, first?.url ?? 'refused'),
      change: {
        who: 'page',
        what: 'Write the URL in this form.',
        code: `iceServers: [{ urls: 'turn:turn.example.net:3478?transport=udp', username, credential }]`,
      },
    };
  },
};

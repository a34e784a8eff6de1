import type { Cause } from '../cause.ts';
import { ofType, shown } from '../look.ts';
import { silenceOf } from '../silent-servers.ts';

export const udpBlocked: Cause = {
  id: 'udp-blocked',
  verdict: 'This network lets no UDP out.',
  find(call) {
    const silence = silenceOf(call);
    if (!silence) return null;
    const overTcp = ofType(call.local, 'relay')[0];
    const began = call.states?.gathering.history.findLast(({ state }) => state === 'gathering');
    const many = silence.hosts.size > 1;
    return {
      confidence: overTcp || many ? 'likely' : 'possible',
      message: `${many ? `None of ${silence.hosts.size} servers` : 'The one server'} that ${many ? 'were' : 'was'} asked over UDP answered${overTcp ? ', while TURN over TCP did' : ''}${silence.waited ? `, in ${Math.round(silence.waited / 1000)} s` : ''}.`,
      evidence: [
        ...silence.errors
          .slice(0, 3)
          .flatMap((error) => shown(error.event, `${error.errorCode} ${error.errorText}`)),
        ...shown(began?.event, `${[...silence.hosts].join(', ')}: no answer`),
        ...shown(overTcp?.event, 'TURN over TCP answered'),
      ],
      change: {
        who: 'network',
        what: 'Let UDP out; or let the page offer TURN over TLS at port 443, which looks like the web.',
        code: `{ urls: 'turns:turn.example.net:443?transport=tcp', username, credential }`,
      },
      unknown: many
        ? ['Whether a firewall near this machine drops UDP, or all these servers are down at once.']
        : ['Whether the server is down or UDP is blocked: with one server alone both look alike.'],
    };
  },
};

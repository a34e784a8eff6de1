import type { Cause } from '../cause.ts';
import { checkEvidence, isName, neverConnected, ofType, reachOf, shown, usableRemote } from '../look.ts';

export const serverAddressUnreachable: Cause = {
  id: 'server-address-unreachable',
  verdict: 'The other side offers only addresses that are not reachable from here.',
  find(call) {
    const remote = usableRemote(call).filter(({ type }) => type !== 'prflx');
    if (
      remote.length === 0 ||
      remote.some(isName) ||
      !neverConnected(call) ||
      call.checks.answered.length > 0
    )
      return null;
    if (call.checks.asked.length === 0 && call.pairs.length > 0) return null;
    const reaches = remote.map(({ address }) => reachOf(address));
    if (reaches.some((reach) => reach !== 'private' && reach !== 'shared')) return null;
    const own = ofType(call.local, 'host').filter(({ address }) => reachOf(address) === 'private');
    if (own.some((mine) => remote.some((one) => subnet(one.address) === subnet(mine.address)))) return null;
    const first = remote[0]!;
    const bridge = remote.find(({ address }) => /^172\.(?:1[7-9]|2\d|3[01])\./.test(address));
    return {
      confidence: ofType(call.local, 'srflx').length > 0 || own.length > 0 ? 'likely' : 'possible',
      message: `All addresses of the other side are private (${[...new Set(remote.map(({ address }) => address))].slice(0, 3).join(', ')})${bridge ? ', as a container or virtual machine has them' : ''}: it does not know its public address.`,
      evidence: [
        ...shown(first.event, `${first.type} ${first.address}:${first.port}`),
        ...checkEvidence(call),
      ],
      change: {
        who: 'server',
        what: 'Let the server announce its public address (announcedAddress, nat1to1, external-ip), and run containers in the host’s network. If the other side is a browser, it needs a STUN server.',
        code: `// mediasoup\nlistenInfos: [{ protocol: 'udp', ip: '0.0.0.0', announcedAddress: '203.0.113.10' }]`,
      },
      unknown: ['Whether the two are in one private network after all, or joined by a VPN.'],
    };
  },
};

const subnet = (address: string): string =>
  address.includes('.') ? address.split('.').slice(0, 3).join('.') : address.slice(0, 15);

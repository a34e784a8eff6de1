import type { Cause } from '../cause.ts';
import { checkEvidence, neverConnected, shown } from '../look.ts';

export const vpnInterface: Cause = {
  id: 'vpn-interface',
  verdict: 'The call goes through a VPN that does not carry it.',
  find(call) {
    const reports = call.readings.newest('local-candidate');
    const isVpn = call.local.filter(
      ({ statsId, networkType }) =>
        networkType === 'vpn' || (statsId !== null && isVpnReport(call.readings.last?.value[statsId])),
    );
    const [first] = isVpn;
    if (
      !first ||
      !reports.some(
        (report) =>
          report['networkType'] === 'vpn' || report['vpn'] === true || report['networkAdapterType'] === 'vpn',
      )
    )
      return null;
    const udp = call.local.filter(({ protocol, type }) => protocol === 'udp' && type !== 'relay');
    const isOnly = udp.length > 0 && udp.every((one) => isVpn.includes(one));
    return {
      confidence: neverConnected(call) && isOnly && call.checks.answered.length === 0 ? 'likely' : 'possible',
      message: `${isOnly ? 'Every address of this side belongs' : 'An address of this side belongs'} to a VPN interface${neverConnected(call) ? ', and no check over it was answered' : ''}.`,
      evidence: [...shown(first.event, `${first.type} over a VPN`), ...checkEvidence(call)],
      change: {
        who: 'user',
        what: 'Try the call without the VPN, or let its administrator allow UDP through it.',
      },
    };
  },
};

const isVpnReport = (report: { readonly [member: string]: unknown } | undefined): boolean =>
  report?.['vpn'] === true || report?.['networkType'] === 'vpn' || report?.['networkAdapterType'] === 'vpn';

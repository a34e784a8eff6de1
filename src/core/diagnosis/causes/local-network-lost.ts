import type { Cause } from '../cause.ts';
import { shown } from '../look.ts';
import { numberIn } from '../readings.ts';

/** Packets that the socket itself refused never left the machine. */
export const localNetworkLost: Cause = {
  id: 'local-network-lost',
  verdict: 'This machine lost its network.',
  find(call) {
    const { life, readings, selected, peer } = call;
    if (!life.connected || !life.lost) return null;
    const id = selected?.id.slice(peer.length + 1) ?? '';
    const before = readings.all.findLast(({ at }) => at < life.lost!.at - 8000);
    const discarded = (reading: typeof before): number =>
      numberIn(reading?.value[id], 'packetsDiscardedOnSend') ?? 0;
    const reading = readings.all.find((one) => discarded(one) > discarded(before));
    const isGone = selected !== null && selected.goneAt !== null && selected.goneAt <= life.lost.at + 1000;
    const newNetwork = call.local.find(
      ({ type, at }) => type === 'host' && at > life.lost!.at - 8000 && at > life.connected!.at + 1000,
    );
    if (!reading && !(isGone && newNetwork)) return null;
    return {
      confidence: life.isConnected ? 'possible' : 'likely',
      message: reading
        ? `The machine could not even send: ${discarded(reading)} packets were discarded on sending, before ICE said ${life.lost.state}.`
        : 'The pair in use vanished with its interface, and candidates of another network came.',
      evidence: [
        ...shown(reading?.id, 'packets discarded on sending'),
        ...shown(newNetwork?.event, 'a candidate of another network'),
        ...shown(life.lost.event, `ICE ${life.lost.state}`),
      ],
      change: {
        who: 'page',
        what: 'Restart ICE when the connection is disconnected or the network changes.',
        code: `pc.onconnectionstatechange = () => {\n  if (pc.connectionState === 'disconnected' || pc.connectionState === 'failed') pc.restartIce();\n};`,
      },
      unknown: ['Whether the cable, the WLAN or the interface went away.'],
    };
  },
};

import type {} from '../../support/live-entry.ts';
import type { PageCall } from './calls.ts';

/** Makes each call on a fresh connection and tells how it ended, in the words of the page. Runs in the page. */
export async function endOf(
  calls: Readonly<Record<string, PageCall>>,
  observed: boolean,
): Promise<Record<string, string>> {
  const nameOf = (value: unknown): string =>
    typeof value === 'object' && value !== null ? Object.prototype.toString.call(value) : String(value);
  const errorOf = (error: unknown): string => `${(error as object).constructor.name} ${String(error)}`;
  const end = async (call: () => unknown): Promise<string> => {
    let value: unknown;
    try {
      value = call();
    } catch (error) {
      return `throws ${errorOf(error)}`;
    }
    if (!(value instanceof Promise)) return `returns ${nameOf(value)}`;
    return value.then(
      (result) => `a ${value.constructor.name} of ${nameOf(result)}`,
      (error: unknown) => `a ${value.constructor.name} that rejects with ${errorOf(error)}`,
    );
  };
  const other = new RTCPeerConnection();
  other.addTransceiver('audio');
  const track = Object.assign(document.createElement('canvas'), { width: 2 })
    .getContext('2d')!
    .canvas.captureStream()
    .getTracks()[0]!;
  const candidate = 'candidate:1 1 udp 2113937151 127.0.0.1 9 typ host';
  const kit = { track, candidate, offer: await other.createOffer() };
  const ends: Record<string, string> = {};
  for (const [name, call] of Object.entries(calls)) {
    const pc = new RTCPeerConnection();
    if (observed) window.icescopeLive.observe(pc, { peer: 'A', emit: () => {}, now: () => 0 });
    ends[name] = await end(() => call(pc, kit));
    pc.close();
  }
  other.close();
  return ends;
}

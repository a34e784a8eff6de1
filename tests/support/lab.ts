/**
 * What a row of tests/e2e/transitions runs with, in the page: observed connections, the steps between them, and notes.
 * Beside `observe()` it listens by itself, so that what was recorded can be compared with what the page saw.
 */
import { recordingClock } from '../../src/core/base/clock.ts';
import type { MachineId } from '../../src/core/projections/machines.ts';
import { writeSession } from '../../src/core/session/codec.ts';
import { SessionLog } from '../../src/core/session/log.ts';
import { observe } from '../../src/live/observe.ts';

/** States of a machine in the order in which the page's own listeners saw them. */
export type Seen = Readonly<Record<string, Readonly<Record<EventedMachine, readonly string[]>>>>;
export type EventedMachine = Exclude<MachineId, 'dtls'>;

export interface LabReport {
  /** The recording as it is saved. */
  readonly session: string;
  readonly seen: Seen;
  readonly notes: Readonly<Record<string, string>>;
}

const EVENTED = {
  signaling: ['signalingstatechange', 'signalingState'],
  gathering: ['icegatheringstatechange', 'iceGatheringState'],
  ice: ['iceconnectionstatechange', 'iceConnectionState'],
  connection: ['connectionstatechange', 'connectionState'],
} as const;

export class Lab {
  readonly #log = new SessionLog();
  readonly #now = recordingClock(() => performance.now());
  readonly #seen: Record<string, Record<EventedMachine, string[]>> = {};
  readonly #notes: Record<string, string> = {};
  readonly #peers: RTCPeerConnection[] = [];

  /** A new connection, observed under this name. */
  peer(id: string, configuration?: RTCConfiguration): RTCPeerConnection {
    const pc = new RTCPeerConnection(configuration);
    this.#peers.push(pc);
    this.#seen[id] = { signaling: [], gathering: [], ice: [], connection: [] };
    for (const [machine, [type, state]] of Object.entries(EVENTED))
      pc.addEventListener(type, () => this.#seen[id]![machine as EventedMachine].push(pc[state]));
    observe(pc, { peer: id, emit: (event) => this.#log.append(event), now: this.#now });
    return pc;
  }

  /** A, with an audio transceiver to offer, and B, empty. */
  pair(configuration?: RTCConfiguration): [a: RTCPeerConnection, b: RTCPeerConnection] {
    const a = this.peer('A', configuration);
    a.addTransceiver('audio');
    return [a, this.peer('B', configuration)];
  }

  /** A fact that no event holds. */
  note(name: string, value: unknown): void {
    this.#notes[name] = String(value);
  }

  /** The name of the error that `call` meets, or `accepted`. */
  async verdict(call: () => unknown): Promise<string> {
    try {
      await call();
      return 'accepted';
    } catch (error) {
      return (error as Error).name;
    }
  }

  /** An offer with one audio section, of a connection that nobody looks at. */
  async foreignOffer(): Promise<RTCSessionDescriptionInit> {
    const pc = new RTCPeerConnection();
    this.#peers.push(pc);
    pc.addTransceiver('audio');
    return pc.createOffer();
  }

  /** Offer and answer, the four steps, without candidates in the texts. */
  async negotiate(from: RTCPeerConnection, to: RTCPeerConnection, options?: RTCOfferOptions): Promise<void> {
    const offer = await from.createOffer(options);
    await from.setLocalDescription(offer);
    await to.setRemoteDescription(offer);
    await this.answer(to, from);
  }

  /** The last two of the four steps. */
  async answer(to: RTCPeerConnection, from: RTCPeerConnection): Promise<void> {
    const answer = await to.createAnswer();
    await to.setLocalDescription(answer);
    await from.setRemoteDescription(answer);
  }

  /** Candidates go over as they come, both ways; those that come too early wait. */
  trickle(a: RTCPeerConnection, b: RTCPeerConnection): void {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const)
      from.addEventListener('icecandidate', async ({ candidate }) => {
        await this.until(to, 'signalingstatechange', () => to.remoteDescription !== null);
        if (candidate && to.signalingState !== 'closed') await to.addIceCandidate(candidate).catch(() => {});
      });
  }

  gathered(pc: RTCPeerConnection): Promise<void> {
    return this.until(pc, 'icegatheringstatechange', () => pc.iceGatheringState === 'complete');
  }

  connected(...all: RTCPeerConnection[]): Promise<unknown> {
    const one = (pc: RTCPeerConnection) =>
      this.until(pc, 'connectionstatechange', () => pc.connectionState === 'connected');
    return Promise.all(all.map(one));
  }

  /** Until it fits, at an event of this type; goes on after ten seconds in any case. */
  until(target: EventTarget, type: string, fits: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => void (fits() && done());
      const timer = setTimeout(() => done(), 10_000);
      const done = () => {
        clearTimeout(timer);
        target.removeEventListener(type, check);
        resolve();
      };
      target.addEventListener(type, check);
      check();
    });
  }

  /** Long enough for whatever is queued to happen. Milliseconds. */
  quiet(ms = 150): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** How often `negotiationneeded` of this peer was recorded so far. */
  needed(id: string): number {
    return this.#log.events.filter(({ peer, type }) => peer === id && type === 'onnegotiationneeded').length;
  }

  /** Types of what was recorded of this peer so far, of those asked for. */
  order(id: string, ...types: string[]): string {
    const told = this.#log.events.filter(({ peer, type }) => peer === id && types.includes(type));
    return told.map(({ type }) => type).join(' > ');
  }

  /** ICE user name fragments of the local description, one a section. */
  ufrags(pc: RTCPeerConnection): string {
    return [...(pc.localDescription?.sdp.matchAll(/^a=ice-ufrag:(.*)\r$/gm) ?? [])]
      .map(([, ufrag]) => ufrag)
      .join(' ');
  }

  /** What happened up to now; then everything is closed. */
  finish(): LabReport {
    const report = {
      session: writeSession(this.#log.events),
      seen: structuredClone(this.#seen),
      notes: { ...this.#notes },
    };
    this.#peers.forEach((pc) => pc.close());
    return report;
  }
}

export async function runInLab(run: (lab: Lab) => Promise<void>): Promise<LabReport> {
  const lab = new Lab();
  await run(lab);
  return lab.finish();
}

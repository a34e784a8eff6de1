/** Calls, legal and not, that a page may make: each runs on a fresh connection. They see nothing of this module. */
export interface Kit {
  readonly track: MediaStreamTrack;
  /** An offer of another connection. */
  readonly offer: RTCSessionDescriptionInit;
  readonly candidate: string;
}

export type PageCall = (pc: RTCPeerConnection, kit: Kit) => unknown;

/** As a page in JavaScript would write it: the types are not asked. */
const anything = (call: (pc: never, kit: Kit) => unknown): PageCall => call as PageCall;

type Loose = Record<string, (...args: unknown[]) => unknown>;

export const PAGE_CALLS: Readonly<Record<string, PageCall>> = {
  createOffer: (pc) => pc.createOffer(),
  'createOffer with options': (pc) => pc.createOffer({ offerToReceiveAudio: true, iceRestart: true }),
  'createOffer with callbacks': (pc) =>
    new Promise((done, fail) => void pc.createOffer((offer) => done(offer.type), fail)),
  'createAnswer with callbacks, in stable': (pc) =>
    new Promise((done, fail) => void pc.createAnswer(() => done('an answer'), fail)),
  'createOffer with a wrong option': anything((pc: Loose) => pc['createOffer']!(5)),
  'createAnswer in stable': (pc) => pc.createAnswer(),
  'setLocalDescription without argument': (pc) => pc.setLocalDescription(),
  'setLocalDescription of an answer in stable': (pc) => pc.setLocalDescription({ type: 'answer', sdp: '' }),
  'setLocalDescription of a foreign offer': (pc, { offer }) => pc.setLocalDescription(offer),
  'setLocalDescription of no type': anything((pc: Loose) =>
    pc['setLocalDescription']!({ type: 'letter', sdp: '' }),
  ),
  'setLocalDescription rollback in stable': (pc) => pc.setLocalDescription({ type: 'rollback' }),
  'setRemoteDescription without argument': anything((pc: Loose) => pc['setRemoteDescription']!()),
  'setRemoteDescription of null': anything((pc: Loose) => pc['setRemoteDescription']!(null)),
  'setRemoteDescription of a text': anything((pc: Loose) => pc['setRemoteDescription']!('v=0')),
  'setRemoteDescription of rubbish': (pc) => pc.setRemoteDescription({ type: 'offer', sdp: 'rubbish' }),
  'setRemoteDescription of an offer': (pc, { offer }) => pc.setRemoteDescription(offer),
  'setRemoteDescription of an answer in stable': (pc, { offer }) =>
    pc.setRemoteDescription({ ...offer, type: 'answer' }),
  'setRemoteDescription whose type can not be read': (pc) =>
    pc.setRemoteDescription({
      get type(): RTCSdpType {
        throw new RangeError('not for you');
      },
    }),
  'setRemoteDescription, then createAnswer': async (pc, { offer }) => {
    await pc.setRemoteDescription(offer);
    return (await pc.createAnswer()).type;
  },
  'setRemoteDescription with callbacks': (pc, { offer }) =>
    new Promise<void>((done, fail) => void pc.setRemoteDescription(offer, done, fail)),
  'addIceCandidate too early': (pc, { candidate }) => pc.addIceCandidate({ candidate, sdpMid: '0' }),
  'addIceCandidate of no section': (pc, { candidate }) => pc.addIceCandidate({ candidate }),
  'addIceCandidate without argument': (pc) => pc.addIceCandidate(),
  'addIceCandidate of a text': anything((pc: Loose) => pc['addIceCandidate']!('candidate')),
  'addIceCandidate, unreadable': async (pc, { offer }) => {
    await pc.setRemoteDescription(offer);
    return pc.addIceCandidate({ candidate: 'rubbish', sdpMid: '0' });
  },
  'addIceCandidate of an unknown mid': async (pc, { offer, candidate }) => {
    await pc.setRemoteDescription(offer);
    return pc.addIceCandidate({ candidate, sdpMid: 'nobody' });
  },
  createDataChannel: (pc) => pc.createDataChannel('x'),
  'createDataChannel without a label': anything((pc: Loose) => pc['createDataChannel']!()),
  'createDataChannel with a symbol': anything((pc: Loose) => pc['createDataChannel']!(Symbol('x'))),
  'createDataChannel with a label that throws': anything((pc: Loose) =>
    pc['createDataChannel']!({
      toString() {
        throw new RangeError('not for you');
      },
    }),
  ),
  'createDataChannel with two limits': (pc) =>
    pc.createDataChannel('x', { maxRetransmits: 1, maxPacketLifeTime: 1 }),
  'createDataChannel negotiated without id': (pc) => pc.createDataChannel('x', { negotiated: true }),
  'createDataChannel with a label too long': (pc) => pc.createDataChannel('x'.repeat(70_000)),
  'createDataChannel with options that are none': anything((pc: Loose) =>
    pc['createDataChannel']!('x', 'ordered'),
  ),
  addTrack: (pc, { track }) => pc.addTrack(track),
  'addTrack twice': (pc, { track }) => [pc.addTrack(track), pc.addTrack(track)],
  'addTrack without argument': anything((pc: Loose) => pc['addTrack']!()),
  'addTrack of nothing': anything((pc: Loose) => pc['addTrack']!(null)),
  'addTrack of an object': anything((pc: Loose) => pc['addTrack']!({})),
  addTransceiver: (pc) => pc.addTransceiver('audio', { direction: 'recvonly' }),
  'addTransceiver of a track': (pc, { track }) => pc.addTransceiver(track),
  'addTransceiver of an unknown kind': (pc) => pc.addTransceiver('smell'),
  'addTransceiver in an unknown direction': anything((pc: Loose) =>
    pc['addTransceiver']!('audio', { direction: 'sideways' }),
  ),
  removeTrack: (pc, { track }) => pc.removeTrack(pc.addTrack(track)),
  'removeTrack of nothing': anything((pc: Loose) => pc['removeTrack']!(null)),
  'removeTrack of a foreign sender': (pc, { track }) => {
    const other = new RTCPeerConnection();
    try {
      pc.removeTrack(other.addTrack(track));
    } finally {
      other.close();
    }
  },
  restartIce: (pc) => pc.restartIce(),
  'setConfiguration without argument': anything((pc: Loose) => pc['setConfiguration']!()),
  setConfiguration: (pc) => pc.setConfiguration({ iceTransportPolicy: 'relay' }),
  'setConfiguration with a server that is none': (pc) =>
    pc.setConfiguration({ iceServers: [{ urls: 'nowhere' }] }),
  'setConfiguration with TURN and no credential': (pc) =>
    pc.setConfiguration({ iceServers: [{ urls: 'turn:turn.example.net' }] }),
  'setConfiguration with another bundlePolicy': (pc) => pc.setConfiguration({ bundlePolicy: 'max-bundle' }),
  'setConfiguration with an unknown policy': anything((pc: Loose) =>
    pc['setConfiguration']!({ iceTransportPolicy: 'none' }),
  ),
  close: (pc) => pc.close(),
  'close twice': (pc) => [pc.close(), pc.close()],
  'createOffer when closed': (pc) => (pc.close(), pc.createOffer()),
  'createAnswer when closed': (pc) => (pc.close(), pc.createAnswer()),
  'setLocalDescription when closed': (pc) => (pc.close(), pc.setLocalDescription()),
  'setRemoteDescription when closed': (pc, { offer }) => (pc.close(), pc.setRemoteDescription(offer)),
  'addIceCandidate when closed': (pc, { candidate }) => (
    pc.close(),
    pc.addIceCandidate({ candidate, sdpMid: '0' })
  ),
  'createDataChannel when closed': (pc) => (pc.close(), pc.createDataChannel('x')),
  'addTrack when closed': (pc, { track }) => (pc.close(), pc.addTrack(track)),
  'addTransceiver when closed': (pc) => (pc.close(), pc.addTransceiver('audio')),
  'removeTrack when closed': (pc, { track }) => {
    const sender = pc.addTrack(track);
    pc.close();
    pc.removeTrack(sender);
  },
  'restartIce when closed': (pc) => (pc.close(), pc.restartIce()),
  'setConfiguration when closed': (pc) => (pc.close(), pc.setConfiguration({})),
  'createOffer of an object': anything((pc: Loose) => pc['createOffer']!.call({})),
  'close of nothing': anything((pc: Loose) => pc['close']!.call(undefined)),
  'addTrack of another connection': (pc, { track }) => {
    const other = new RTCPeerConnection();
    const sender = pc.addTrack.call(other, track);
    other.close();
    return sender;
  },
  'send too early': (pc) => pc.createDataChannel('x').send('early'),
  'send of nothing': anything((pc: RTCPeerConnection) =>
    (pc.createDataChannel('x') as unknown as Loose)['send']!(),
  ),
};

import type { Row } from './row.ts';

const local = 'webrtc/RTCPeerConnection-setLocalDescription.html';
const localRollback = 'webrtc/RTCPeerConnection-setLocalDescription-rollback.html';
const remoteRollback = 'webrtc/RTCPeerConnection-setRemoteDescription-rollback.html';
const localPranswer = 'webrtc/RTCPeerConnection-setLocalDescription-pranswer.html';
const remotePranswer = 'webrtc/RTCPeerConnection-setRemoteDescription-pranswer.html';
const remoteOffer = 'webrtc/RTCPeerConnection-setRemoteDescription-offer.html';

const about = 'signalingState';

export const signalingRows: readonly Row[] = [
  {
    id: 'local-offer',
    about,
    says: 'A local offer is pending until it is answered',
    source: localRollback,
    run: async (lab) => {
      const [a] = lab.pair();
      await a.setLocalDescription(await a.createOffer());
      lab.note('pending', a.pendingLocalDescription?.type);
      lab.note('current', a.currentLocalDescription);
    },
    expect: { 'A signaling': 'stable > have-local-offer', pending: 'offer', current: 'null' },
  },
  {
    id: 'local-rollback',
    about,
    says: 'A local offer can be taken back, and nothing of it is left',
    source: localRollback,
    run: async (lab) => {
      const [a] = lab.pair();
      await a.setLocalDescription(await a.createOffer());
      await a.setLocalDescription({ type: 'rollback' });
      lab.note(
        'descriptions',
        [a.localDescription, a.pendingLocalDescription, a.currentLocalDescription].join(),
      );
    },
    expect: { 'A signaling': 'stable > have-local-offer > stable', descriptions: ',,', 'A refused': '' },
  },
  {
    id: 'local-rollback-in-stable',
    about,
    says: 'There is nothing to take back in stable',
    source: localRollback,
    run: async (lab) => {
      const [a] = lab.pair();
      await a.setLocalDescription({ type: 'rollback' }).catch(() => {});
      await lab.quiet();
    },
    expect: { 'A signaling': 'stable', 'A refused': 'setLocalDescription InvalidStateError' },
  },
  {
    id: 'local-rollback-after-answer',
    about,
    says: 'A local answer ends the negotiation: it can not be taken back',
    source: localRollback,
    run: async (lab) => {
      const a = lab.peer('A');
      await a.setRemoteDescription(await lab.foreignOffer());
      await a.setLocalDescription(await a.createAnswer());
      await a.setLocalDescription({ type: 'rollback' }).catch(() => {});
    },
    expect: {
      'A signaling': 'stable > have-remote-offer > stable',
      'A refused': 'setLocalDescription InvalidStateError',
    },
  },
  {
    id: 'rollback-ignores-sdp',
    about,
    says: 'The text of a rollback is not read',
    source: localRollback,
    run: async (lab) => {
      const [a] = lab.pair();
      await a.setLocalDescription(await a.createOffer());
      await a
        .setLocalDescription({ type: 'rollback', sdp: 'this is no session description' })
        .catch(() => {});
    },
    expect: { 'A signaling': 'stable > have-local-offer > stable', 'A refused': '' },
  },
  {
    id: 'remote-rollback',
    about,
    says: 'A remote offer can be taken back',
    source: remoteRollback,
    run: async (lab) => {
      const a = lab.peer('A');
      await a.setRemoteDescription(await lab.foreignOffer());
      await a.setRemoteDescription({ type: 'rollback' });
    },
    expect: { 'A signaling': 'stable > have-remote-offer > stable', 'A refused': '' },
  },
  {
    id: 'remote-rollback-in-stable',
    about,
    says: 'There is nothing of the other side to take back in stable',
    source: remoteRollback,
    run: async (lab) => {
      const a = lab.peer('A');
      await a.setRemoteDescription({ type: 'rollback' }).catch(() => {});
      await lab.quiet();
    },
    expect: { 'A signaling': 'stable', 'A refused': 'setRemoteDescription InvalidStateError' },
  },
  {
    id: 'remote-rollback-of-local-offer',
    about,
    says: 'A local offer is taken back by setLocalDescription, not by setRemoteDescription',
    source: remoteRollback,
    run: async (lab) => {
      const [a] = lab.pair();
      await a.setLocalDescription(await a.createOffer());
      await a.setRemoteDescription({ type: 'rollback' }).catch(() => {});
    },
    expect: {
      'A signaling': 'stable > have-local-offer',
      'A refused': 'setRemoteDescription InvalidStateError',
    },
  },
  {
    id: 'implicit-rollback',
    about,
    says: 'A remote offer takes back the local one by itself, by way of stable',
    source: remoteRollback,
    run: async (lab) => {
      const [a] = lab.pair();
      await a.setLocalDescription(await a.createOffer());
      await a.setRemoteDescription(await lab.foreignOffer());
      await a.setLocalDescription(await a.createAnswer());
    },
    expect: {
      'A signaling': 'stable > have-local-offer > stable > have-remote-offer > stable',
      'A refused': '',
    },
  },
  {
    id: 'same-offer-after-rollback',
    about,
    says: 'An offer that was taken back may be set again',
    source: remoteRollback,
    run: async (lab) => {
      const [a] = lab.pair();
      const offer = await a.createOffer();
      await a.setLocalDescription(offer);
      await a.setLocalDescription({ type: 'rollback' });
      await a.setLocalDescription(offer).catch(() => {});
    },
    expect: { 'A signaling': 'stable > have-local-offer > stable > have-local-offer', 'A refused': '' },
  },
  {
    id: 'offerer-offers-again',
    about,
    says: 'After offer and answer the next offer starts from stable',
    source: local,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await lab.negotiate(a, b);
      await a.setLocalDescription(await a.createOffer());
    },
    expect: { 'A signaling': 'stable > have-local-offer > stable > have-local-offer' },
  },
  {
    id: 'answerer-offers',
    about,
    says: 'Who answered may offer next',
    source: local,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await lab.negotiate(a, b);
      await b.setLocalDescription(await b.createOffer());
    },
    expect: { 'B signaling': 'stable > have-remote-offer > stable > have-local-offer' },
  },
  {
    id: 'event-before-promise',
    about,
    says: 'signalingstatechange comes before the promise of setLocalDescription is kept',
    source: local,
    run: async (lab) => {
      const [a] = lab.pair();
      const order: string[] = [];
      a.onsignalingstatechange = () => order.push('event');
      const offer = await a.createOffer();
      await a.setLocalDescription(offer).then(() => order.push('promise'));
      lab.note('the page saw', order.join(' > '));
      lab.note('recorded', lab.order('A', 'onsignalingstatechange', 'setLocalDescriptionOnSuccess'));
    },
    expect: {
      'the page saw': 'event > promise',
      recorded: 'onsignalingstatechange > setLocalDescriptionOnSuccess',
    },
  },
  {
    id: 'remote-offer-twice',
    about,
    says: 'A second remote offer, the same or another, replaces the first without an event',
    source: remoteOffer,
    run: async (lab) => {
      const [a, b] = [lab.peer('A'), lab.peer('B')];
      b.addTransceiver('audio');
      const offer = await b.createOffer();
      await a.setRemoteDescription(offer);
      await a.setRemoteDescription(offer).catch(() => {});
      b.addTransceiver('video');
      await a.setRemoteDescription(await b.createOffer()).catch(() => {});
      await lab.quiet();
    },
    expect: { 'A signaling': 'stable > have-remote-offer', 'A refused': '' },
  },
  {
    id: 'unreadable-offer',
    about,
    says: 'A text that is no description is refused, with the line',
    source: remoteOffer,
    run: async (lab) => {
      const a = lab.peer('A');
      const error: unknown = await a
        .setRemoteDescription({ type: 'offer', sdp: 'Invalid SDP' })
        .catch((reason: unknown) => reason);
      lab.note('class', (error as object).constructor.name);
      lab.note('errorDetail', (error as RTCError).errorDetail);
      lab.note('sdpLineNumber', typeof (error as RTCError).sdpLineNumber);
    },
    expect: {
      'A signaling': 'stable',
      'A refused': 'setRemoteDescription OperationError',
      class: 'RTCError',
      errorDetail: 'sdp-syntax-error',
      sdpLineNumber: 'number',
    },
  },
  {
    id: 'remote-offer-in-have-local-offer',
    about,
    says: 'A remote offer on a local one was refused until 2020; today it is accepted',
    source: remoteOffer,
    run: async (lab) => {
      const [a] = lab.pair();
      await a.setLocalDescription(await a.createOffer());
      await a.setRemoteDescription(await lab.foreignOffer()).catch(() => {});
    },
    expect: { 'A signaling': 'stable > have-local-offer > stable > have-remote-offer', 'A refused': '' },
  },
  {
    id: 'local-pranswer-in-stable',
    about,
    says: 'There is nothing to answer provisionally in stable',
    source: localPranswer,
    run: async (lab) => {
      const [a] = lab.pair();
      const { sdp } = await a.createOffer();
      await a.setLocalDescription({ type: 'pranswer', ...(sdp ? { sdp } : {}) }).catch(() => {});
    },
    expect: { 'A signaling': 'stable', 'A refused': 'setLocalDescription InvalidStateError' },
  },
  {
    id: 'local-pranswer-twice',
    about,
    says: 'A second local pranswer changes no state',
    source: localPranswer,
    run: async (lab) => {
      const a = lab.peer('A');
      await a.setRemoteDescription(await lab.foreignOffer());
      const { sdp = '' } = await a.createAnswer();
      await a.setLocalDescription({ type: 'pranswer', sdp }).catch(() => {});
      await a.setLocalDescription({ type: 'pranswer', sdp }).catch(() => {});
      await lab.quiet();
    },
    expect: { 'A signaling': 'stable > have-remote-offer > have-local-pranswer', 'A refused': '' },
  },
  {
    id: 'local-pranswer-then-answer',
    about,
    says: 'After a local pranswer the answer ends the negotiation',
    source: localPranswer,
    run: async (lab) => {
      const a = lab.peer('A');
      await a.setRemoteDescription(await lab.foreignOffer());
      const { sdp = '' } = await a.createAnswer();
      await a.setLocalDescription({ type: 'pranswer', sdp }).catch(() => {});
      await a.setLocalDescription({ type: 'answer', sdp }).catch(() => {});
    },
    expect: { 'A signaling': 'stable > have-remote-offer > have-local-pranswer > stable', 'A refused': '' },
  },
  {
    id: 'remote-pranswer-in-stable',
    about,
    says: 'A remote pranswer needs a local offer',
    source: remotePranswer,
    run: async (lab) => {
      const a = lab.peer('A');
      const { sdp = '' } = await lab.foreignOffer();
      await a.setRemoteDescription({ type: 'pranswer', sdp }).catch(() => {});
    },
    expect: { 'A signaling': 'stable', 'A refused': 'setRemoteDescription InvalidStateError' },
  },
  {
    id: 'remote-pranswer-twice',
    about,
    says: 'A second remote pranswer changes no state',
    source: remotePranswer,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await a.setLocalDescription(await a.createOffer());
      await b.setRemoteDescription(a.localDescription!);
      const { sdp = '' } = await b.createAnswer();
      await a.setRemoteDescription({ type: 'pranswer', sdp }).catch(() => {});
      await a.setRemoteDescription({ type: 'pranswer', sdp }).catch(() => {});
      await lab.quiet();
    },
    expect: { 'A signaling': 'stable > have-local-offer > have-remote-pranswer', 'A refused': '' },
  },
  {
    id: 'remote-pranswer-then-answer',
    about,
    says: 'After a remote pranswer the answer ends the negotiation',
    source: remotePranswer,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await a.setLocalDescription(await a.createOffer());
      await b.setRemoteDescription(a.localDescription!);
      const { sdp = '' } = await b.createAnswer();
      await a.setRemoteDescription({ type: 'pranswer', sdp }).catch(() => {});
      await a.setRemoteDescription({ type: 'answer', sdp }).catch(() => {});
    },
    expect: { 'A signaling': 'stable > have-local-offer > have-remote-pranswer > stable', 'A refused': '' },
  },
];

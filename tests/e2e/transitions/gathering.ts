import type { Row } from './row.ts';

const source = 'webrtc/RTCPeerConnection-iceGatheringState.html';
const rollback = 'webrtc/RTCPeerConnection-explicit-rollback-iceGatheringState.html';

const about = 'iceGatheringState';

export const gatheringRows: readonly Row[] = [
  {
    id: 'gathering-at-birth',
    about,
    says: 'Gathering is new at first',
    source,
    run: async (lab) => lab.note('iceGatheringState', lab.peer('A').iceGatheringState),
    expect: { iceGatheringState: 'new', 'A gathering': 'new' },
  },
  {
    id: 'gathering-runs',
    about,
    says: 'Setting a local description starts gathering; it is never complete at once',
    source,
    run: async (lab) => {
      const [a] = lab.pair();
      await a.setLocalDescription(await a.createOffer());
      await lab.gathered(a);
    },
    expect: { 'A gathering': 'new > gathering > complete' },
  },
  {
    id: 'gathering-without-transport',
    about,
    says: 'An offer without any section has nothing to gather for',
    source,
    run: async (lab) => {
      const a = lab.peer('A');
      await a.setLocalDescription(await a.createOffer());
      await lab.quiet(400);
    },
    expect: { 'A gathering': 'new' },
  },
  {
    id: 'gathering-at-next-offer',
    about,
    says: 'Another offer over the same transport gathers nothing on either side',
    source,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await lab.negotiate(a, b);
      await Promise.all([lab.gathered(a), lab.gathered(b)]);
      await lab.negotiate(a, b);
      await lab.quiet(400);
    },
    expect: { 'A gathering': 'new > gathering > complete', 'B gathering': 'new > gathering > complete' },
  },
  {
    id: 'gathering-at-restart',
    about,
    says: 'An ICE restart gathers again',
    source,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await lab.negotiate(a, b);
      await Promise.all([lab.gathered(a), lab.gathered(b)]);
      await a.setLocalDescription(await a.createOffer({ iceRestart: true }));
      await lab.until(a, 'icegatheringstatechange', () => a.iceGatheringState === 'gathering');
      await lab.gathered(a);
    },
    expect: { 'A gathering': 'new > gathering > complete > gathering > complete' },
  },
  {
    id: 'gathering-of-remote-side',
    about,
    says: 'A remote description, and taking it back, gathers nothing',
    source,
    run: async (lab) => {
      const b = lab.peer('B');
      await b.setRemoteDescription(await lab.foreignOffer());
      await lab.quiet();
      await b.setRemoteDescription({ type: 'rollback' });
      await lab.quiet(400);
    },
    expect: { 'B gathering': 'new' },
  },
  {
    id: 'gathering-after-last-transport',
    about,
    says: 'Where the only transceiver is stopped, gathering is new again on both sides',
    source,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await lab.negotiate(a, b);
      await Promise.all([lab.gathered(a), lab.gathered(b)]);
      a.getTransceivers()[0]!.stop();
      await lab.negotiate(a, b);
      await lab.quiet(400);
    },
    expect: {
      'A gathering': 'new > gathering > complete > new',
      'B gathering': 'new > gathering > complete > new',
    },
  },
  {
    id: 'gathering-starts-later',
    about,
    says: 'When setLocalDescription is done, the transport has not begun to gather yet',
    source,
    run: async (lab) => {
      const a = lab.peer('A');
      a.createDataChannel('x');
      await a.setLocalDescription();
      lab.note('gatheringState of the transport', a.sctp?.transport.iceTransport?.gatheringState);
    },
    expect: { 'gatheringState of the transport': 'new' },
  },
  {
    id: 'gathering-restart-rollback',
    about,
    says: 'Taking back an ICE restart after gathering changes nothing',
    source: rollback,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await lab.negotiate(a, b);
      await Promise.all([lab.gathered(a), lab.gathered(b)]);
      await a.setLocalDescription(await a.createOffer({ iceRestart: true }));
      await lab.until(a, 'icegatheringstatechange', () => a.iceGatheringState === 'gathering');
      await lab.gathered(a);
      lab.note('before', a.iceGatheringState);
      await a.setLocalDescription({ type: 'rollback' });
      await lab.quiet(400);
      lab.note('after', a.iceGatheringState);
    },
    expect: {
      before: 'complete',
      after: 'complete',
      'A gathering': 'new > gathering > complete > gathering > complete',
    },
  },
  {
    id: 'gathering-first-rollback',
    about,
    says: 'Taking back the first offer after gathering makes it new',
    source: rollback,
    run: async (lab) => {
      const [a] = lab.pair();
      await a.setLocalDescription(await a.createOffer());
      await lab.gathered(a);
      await a.setLocalDescription({ type: 'rollback' });
      await lab.quiet(400);
    },
    expect: { 'A gathering': 'new > gathering > complete > new' },
  },
  {
    id: 'gathering-early-rollback',
    about,
    says: 'Taking back the first offer while gathering makes it new, through complete or not',
    source: rollback,
    run: async (lab) => {
      const [a] = lab.pair();
      await a.setLocalDescription(await a.createOffer());
      await lab.until(a, 'icegatheringstatechange', () => a.iceGatheringState === 'gathering');
      await a.setLocalDescription({ type: 'rollback' });
      await lab.quiet(400);
    },
    expect: { 'A gathering': ['new > gathering > new', 'new > gathering > complete > new'] },
  },
];

import type { Row } from './row.ts';

const about = 'ICE restart';
const source = 'webrtc/RTCPeerConnection-restartIce.https.html';

export const restartRows: readonly Row[] = [
  {
    id: 'restart-before-first-offer',
    about,
    says: 'Before the first negotiation there is nothing to restart, so none is asked for',
    source,
    run: async (lab) => {
      const a = lab.peer('A');
      a.restartIce();
      await lab.quiet(300);
      lab.note('negotiationneeded', lab.needed('A'));
    },
    expect: { negotiationneeded: '0' },
  },
  {
    id: 'restart-asks',
    about,
    says: 'After a negotiation restartIce() asks for another',
    source,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await lab.negotiate(a, b);
      await lab.quiet();
      const before = lab.needed('A');
      a.restartIce();
      await lab.quiet(300);
      lab.note('negotiationneeded', lab.needed('A') - before);
    },
    expect: { negotiationneeded: '1' },
  },
  {
    id: 'restart-changes-ufrags-once',
    about,
    says: 'The next offer and answer bring new user name fragments on both sides, those after them do not',
    source,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await lab.negotiate(a, b);
      const first = [lab.ufrags(a), lab.ufrags(b)];
      a.restartIce();
      await lab.negotiate(a, b);
      const second = [lab.ufrags(a), lab.ufrags(b)];
      await lab.negotiate(a, b);
      const third = [lab.ufrags(a), lab.ufrags(b)];
      lab.note('changed by the next', second.map((ufrag, end) => ufrag !== first[end]).join());
      lab.note('changed by the one after', third.map((ufrag, end) => ufrag !== second[end]).join());
    },
    expect: { 'changed by the next': 'true,true', 'changed by the one after': 'false,false' },
  },
  {
    id: 'restart-within-negotiation',
    about,
    says: 'In the middle of a negotiation restartIce() waits for the next one',
    source,
    run: async (lab) => {
      for (const state of ['have-local-offer', 'have-remote-offer'] as const) {
        const [a, b] = [lab.peer(`A ${state}`), lab.peer(`B ${state}`)];
        a.addTransceiver('audio');
        await lab.negotiate(a, b);
        await lab.quiet();
        const restarter = state === 'have-local-offer' ? a : b;
        const name = state === 'have-local-offer' ? `A ${state}` : `B ${state}`;
        const old = [lab.ufrags(a), lab.ufrags(b)];
        const before = lab.needed(name);
        await a.setLocalDescription(await a.createOffer());
        await b.setRemoteDescription(a.localDescription!);
        restarter.restartIce();
        await lab.answer(b, a);
        lab.note(
          `${state}: changed by this one`,
          [lab.ufrags(a), lab.ufrags(b)].map((ufrag, end) => ufrag !== old[end]).join(),
        );
        await lab.quiet(300);
        lab.note(`${state}: negotiationneeded`, lab.needed(name) - before);
        await lab.negotiate(restarter, restarter === a ? b : a);
        lab.note(
          `${state}: changed by the next`,
          [lab.ufrags(a), lab.ufrags(b)].map((ufrag, end) => ufrag !== old[end]).join(),
        );
      }
    },
    expect: Object.fromEntries(
      ['have-local-offer', 'have-remote-offer'].flatMap((state) => [
        [`${state}: changed by this one`, 'false,false'],
        [`${state}: negotiationneeded`, '1'],
        [`${state}: changed by the next`, 'true,true'],
      ]),
    ),
  },
  {
    id: 'restart-survives-remote-offer',
    about,
    says: 'A remote offer without a restart leaves the wish open: it is asked for again',
    source,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await lab.negotiate(a, b);
      await lab.quiet();
      const old = [lab.ufrags(a), lab.ufrags(b)];
      const before = lab.needed('A');
      a.restartIce();
      await lab.quiet();
      await lab.negotiate(b, a);
      await lab.quiet(300);
      lab.note('changed', [lab.ufrags(a), lab.ufrags(b)].map((ufrag, end) => ufrag !== old[end]).join());
      lab.note('negotiationneeded', lab.needed('A') - before);
    },
    expect: { changed: 'false,false', negotiationneeded: '2' },
  },
  {
    id: 'restart-by-the-other-side',
    about,
    says: 'An ICE restart of the other side fulfils the wish',
    source,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await lab.negotiate(a, b);
      await lab.quiet();
      const old = [lab.ufrags(a), lab.ufrags(b)];
      const before = lab.needed('A');
      a.restartIce();
      await lab.quiet();
      await lab.negotiate(b, a, { iceRestart: true });
      await lab.quiet(300);
      lab.note('changed', [lab.ufrags(a), lab.ufrags(b)].map((ufrag, end) => ufrag !== old[end]).join());
      lab.note('negotiationneeded', lab.needed('A') - before);
    },
    expect: { changed: 'true,true', negotiationneeded: '1' },
  },
  {
    id: 'restart-survives-rollback',
    about,
    says: 'Taking the offer back leaves the wish open',
    source,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await lab.negotiate(a, b);
      await lab.quiet();
      const old = [lab.ufrags(a), lab.ufrags(b)];
      const before = lab.needed('A');
      a.restartIce();
      await lab.quiet();
      await a.setLocalDescription(await a.createOffer());
      await a.setLocalDescription({ type: 'rollback' });
      await lab.quiet(300);
      lab.note('negotiationneeded', lab.needed('A') - before);
      await lab.negotiate(a, b);
      lab.note(
        'changed by the next',
        [lab.ufrags(a), lab.ufrags(b)].map((ufrag, end) => ufrag !== old[end]).join(),
      );
    },
    expect: { negotiationneeded: '2', 'changed by the next': 'true,true' },
  },
  {
    id: 'restart-beats-option',
    about,
    says: 'createOffer({ iceRestart: false }) does not take the wish back',
    source,
    run: async (lab) => {
      const [a, b] = lab.pair();
      await lab.negotiate(a, b);
      const old = [lab.ufrags(a), lab.ufrags(b)];
      a.restartIce();
      await lab.negotiate(a, b, { iceRestart: false });
      lab.note('changed', [lab.ufrags(a), lab.ufrags(b)].map((ufrag, end) => ufrag !== old[end]).join());
    },
    expect: { changed: 'true,true' },
  },
];

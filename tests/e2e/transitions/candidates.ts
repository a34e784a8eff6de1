import type { Row } from './row.ts';

const source = 'webrtc/RTCPeerConnection-addIceCandidate.html';
const constructor = 'webrtc/RTCIceCandidate-constructor.html';

const about = 'addIceCandidate';
const refused = { 'A refused': 'addIceCandidate OperationError' };

export const candidateRows: readonly Row[] = [
  {
    id: 'candidate-too-early',
    about,
    says: 'A candidate has no place before the remote description',
    source,
    run: async (lab) => {
      const a = lab.peer('A');
      const candidate = 'candidate:1 1 udp 2113937151 127.0.0.1 9 typ host';
      await a.addIceCandidate({ candidate, sdpMid: '0' }).catch(() => {});
    },
    expect: { 'A refused': 'addIceCandidate InvalidStateError' },
  },
  {
    id: 'candidate-added',
    about,
    says: 'A candidate goes into the section that its mid, its index, or both name',
    source,
    run: async (lab) => {
      const a = lab.peer('A');
      await a.setRemoteDescription(await lab.foreignOffer());
      const line = (port: number) => `candidate:1 1 udp 2113937151 127.0.0.1 ${port} typ host`;
      await a.addIceCandidate({ candidate: line(1001), sdpMid: '0' }).catch(() => {});
      await a.addIceCandidate({ candidate: line(1002), sdpMLineIndex: 0 }).catch(() => {});
      await a.addIceCandidate({ candidate: line(1003), sdpMid: '0', sdpMLineIndex: 0 }).catch(() => {});
      const section = a.remoteDescription!.sdp.split('m=audio')[1] ?? '';
      lab.note(
        'in the section',
        [1001, 1002, 1003].map((port) => section.includes(`a=${line(port)}`)).join(),
      );
    },
    expect: { 'A refused': '', 'in the section': 'true,true,true' },
  },
  {
    id: 'candidate-end',
    about,
    says: 'An empty candidate ends the candidates of its section',
    source,
    run: async (lab) => {
      const a = lab.peer('A');
      await a.setRemoteDescription(await lab.foreignOffer());
      await a.addIceCandidate({ candidate: '', sdpMid: '0' }).catch(() => {});
      lab.note('end-of-candidates', /\r\na=end-of-candidates\r\n/.test(a.remoteDescription!.sdp));
    },
    expect: { 'A refused': '', 'end-of-candidates': 'true' },
  },
  {
    id: 'candidate-of-no-section',
    about,
    says: 'A candidate without mid and index belongs nowhere',
    source,
    run: async (lab) => {
      const a = lab.peer('A');
      await a.setRemoteDescription(await lab.foreignOffer());
      const candidate = 'candidate:1 1 udp 2113937151 127.0.0.1 9 typ host';
      await a.addIceCandidate({ candidate, sdpMid: null, sdpMLineIndex: null }).catch(() => {});
    },
    expect: { 'A refused': 'addIceCandidate TypeError' },
  },
  {
    id: 'candidate-unknown-mid',
    about,
    says: 'A mid that no section has is refused',
    source,
    run: async (lab) => {
      const a = lab.peer('A');
      await a.setRemoteDescription(await lab.foreignOffer());
      const candidate = 'candidate:1 1 udp 2113937151 127.0.0.1 9 typ host';
      await a.addIceCandidate({ candidate, sdpMid: 'nobody' }).catch(() => {});
    },
    expect: refused,
  },
  {
    id: 'candidate-index-too-high',
    about,
    says: 'An index behind the last section is refused, unless a mid says better',
    source,
    run: async (lab) => {
      const a = lab.peer('A');
      await a.setRemoteDescription(await lab.foreignOffer());
      const candidate = 'candidate:1 1 udp 2113937151 127.0.0.1 9 typ host';
      await a.addIceCandidate({ candidate, sdpMLineIndex: 2 }).catch(() => {});
      lab.note(
        'with a mid',
        await lab.verdict(() => a.addIceCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 2 })),
      );
    },
    expect: { ...refused, 'with a mid': 'accepted' },
  },
  {
    id: 'candidate-other-generation',
    about,
    says: 'A user name fragment that the section does not have is refused',
    source,
    run: async (lab) => {
      const a = lab.peer('A');
      await a.setRemoteDescription(await lab.foreignOffer());
      const candidate = 'candidate:1 1 udp 2113937151 127.0.0.1 9 typ host';
      await a.addIceCandidate({ candidate, sdpMid: '0', usernameFragment: 'stranger' }).catch(() => {});
    },
    expect: refused,
  },
  {
    id: 'candidate-unreadable',
    about,
    says: 'A text that is no candidate is refused',
    source,
    run: async (lab) => {
      const a = lab.peer('A');
      await a.setRemoteDescription(await lab.foreignOffer());
      await a.addIceCandidate({ candidate: '(Invalid) candidate \r\n string', sdpMid: '0' }).catch(() => {});
    },
    expect: refused,
  },
  {
    id: 'candidate-null',
    about,
    says: 'null was a TypeError once; today it, or nothing named, ends the candidates of all sections',
    source,
    run: async (lab) => {
      const a = lab.peer('A');
      await a.setRemoteDescription(await lab.foreignOffer());
      lab.note('null', await lab.verdict(() => a.addIceCandidate(null as unknown as RTCIceCandidateInit)));
      lab.note('{}', await lab.verdict(() => a.addIceCandidate({})));
      lab.note('end-of-candidates', /\r\na=end-of-candidates\r\n/.test(a.remoteDescription!.sdp));
    },
    expect: { null: 'accepted', '{}': 'accepted', 'A refused': '', 'end-of-candidates': 'true' },
  },
  {
    id: 'constructor-of-no-section',
    about: 'RTCIceCandidate',
    says: 'A candidate can not be made without mid and index',
    source: constructor,
    run: async (lab) => {
      const init = {
        candidate: 'candidate:1 1 udp 2113937151 127.0.0.1 9 typ host',
        sdpMid: null,
        sdpMLineIndex: null,
      };
      lab.note('verdict', await lab.verdict(() => new RTCIceCandidate(init)));
    },
    expect: { verdict: 'TypeError' },
  },
  {
    id: 'constructor-unreadable',
    about: 'RTCIceCandidate',
    says: 'The text of a candidate is not read when it is made',
    source: constructor,
    run: async (lab) => {
      const init = { candidate: 'this is no candidate', sdpMid: '0' };
      lab.note('verdict', await lab.verdict(() => new RTCIceCandidate(init)));
    },
    expect: { verdict: 'accepted' },
  },
];

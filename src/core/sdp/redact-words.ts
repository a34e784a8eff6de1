/** The words of the format: what a description may say without saying whose it is. */
import { attributeDocs } from './attributes/index.ts';
import { staticPayloadTypes } from './attributes/payload-types.ts';
import { codecDocs } from './attributes/codecs/index.ts';

const WORDS = `
  in ip4 ip6 tn nat
  udp tcp tls dtls sctp rtp rtcp avp avpf savp savpf dccp msrp bfcp udptl ssltcp
  audio video text application message image port
  typ host srflx prflx relay raddr rport tcptype active passive so generation ufrag network id cost url
  actpass holdconn new existing incl excl trickle renomination ice2
  sha 1 224 256 384 512 md5 md2
  bundle ls fid fec fec fr anat ccp sim dup cs ddp wms
  send recv pt max width height fps bps pps fs br depend all
  nack pli fir tmmbr tstr vbcm ccm ack rpsi sli ecn ccfb goog remb transport cc trr int rrtr lrr app xr rcvr rtt stat summary
  aes cm f8 aead gcm hmac sha1 inline null
  as ct rs rr tias rtpmap
  urn ietf params hdrext ssrc csrc level toffset smpte tc ntp encrypt splicing interval framemarking vla sdes mid stream repaired
  cname captid 3gpp orientation http https www webrtc org experiments abs time capture playout delay content type timing color
  space wide generic frame descriptor layers allocation00 allocation tracking corruption detection inband cn draft holmer rmcat
  extensions avtext aomediacodec github io av1 spec dependency header extension vad on off
  qos local remote mandatory optional none e2e sendrecv sendonly recvonly inactive
  pcmu pcma g722 g723 g729 g711 gsm ilbc isac speex l16 opus red multiopus telephone event comfort noise
  vp8 vp9 h263 h264 h265 jpeg mpv mp2t mp4v mpeg4 theora rtx ulpfec flexfec 03 raw
  webrtc datachannel profile asymmetry allowed packetization mode tier
  c only s play random access clear prompt base64 mikey
`;

const parts = (text: string): readonly string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];

const known: ReadonlySet<string> = new Set(
  [
    WORDS,
    ...staticPayloadTypes.values(),
    ...attributeDocs.all.map(({ name }) => name),
    ...codecDocs.all.flatMap(({ names, parameters }) => [...names, ...parameters.keys()]),
  ].flatMap(parts),
);

/** Whether letters and digits without anything between are a word of the format, in whatever case. */
export const isFormatWord = (part: string): boolean => known.has(part.toLowerCase());

/** Every attribute and line type that the program knows. To add one: a row in its family's table, or a file beside its neighbours and its name here. */
import { defineRegistry } from '../../base/registry.ts';
import type { SdpLine } from '../lines.ts';
import { bandwidth } from './bandwidth-line.ts';
import { candidate } from './candidate.ts';
import { capabilities } from './capabilities.ts';
import { clocks } from './clocks.ts';
import { connection } from './connection-line.ts';
import { crypto } from './crypto.ts';
import type { AttributeDoc } from './doc.ts';
import * as dtls from './dtls.ts';
import { extmap } from './extmap.ts';
import { fax } from './fax.ts';
import { floorControl } from './floor-control.ts';
import { fmtp } from './fmtp.ts';
import { gateways } from './gateways.ts';
import * as ice from './ice.ts';
import * as identification from './identification.ts';
import { imageattr } from './imageattr.ts';
import { key } from './key-line.ts';
import { media } from './media-line.ts';
import { messages } from './messages.ts';
import * as packetTime from './packet-time.ts';
import { registered } from './registered.ts';
import { rid, simulcast } from './rid.ts';
import { rtcp, rtcpFb, rtcpXr } from './rtcp.ts';
import { rtpFlags } from './rtp-flags.ts';
import { rtpmap } from './rtpmap.ts';
import * as sctp from './sctp.ts';
import * as sessionLines from './session-lines.ts';
import { sessionTexts } from './session-texts.ts';
import { sip } from './sip.ts';
import { ssrc, ssrcGroup } from './ssrc.ts';
import { streaming } from './streaming.ts';
import { repeat, timing, zones } from './time-lines.ts';
import { vendor } from './vendor.ts';

export const attributeDocs = defineRegistry<AttributeDoc>([
  // session lines
  sessionLines.version,
  sessionLines.origin,
  sessionLines.sessionName,
  sessionLines.information,
  sessionLines.uri,
  sessionLines.email,
  sessionLines.phone,
  connection,
  bandwidth,
  timing,
  repeat,
  zones,
  key,
  media,
  // ICE
  ice.iceUfrag,
  ice.icePwd,
  ice.iceOptions,
  ice.icePacing,
  ice.iceLite,
  ice.iceMismatch,
  ice.endOfCandidates,
  ice.remoteCandidates,
  candidate,
  // DTLS and keys
  dtls.fingerprint,
  dtls.setup,
  dtls.connectionAttribute,
  dtls.tlsId,
  dtls.dtlsMessage,
  dtls.identity,
  dtls.zrtpHash,
  dtls.keyMgmt,
  crypto,
  // names and groups
  identification.mid,
  identification.group,
  identification.label,
  identification.content,
  identification.msid,
  identification.msidSemantic,
  // RTP
  ...rtpFlags,
  packetTime.ptime,
  packetTime.maxptime,
  packetTime.minptime,
  packetTime.framerate,
  packetTime.quality,
  packetTime.maxprate,
  rtpmap,
  fmtp,
  rtcp,
  rtcpFb,
  rtcpXr,
  extmap,
  ssrc,
  ssrcGroup,
  rid,
  simulcast,
  imageattr,
  // data channels
  sctp.sctpPort,
  sctp.maxMessageSize,
  sctp.sctpmap,
  sctp.dcmap,
  sctp.dcsa,
  // sessions in general
  ...sessionTexts,
  // SIP
  ...sip,
  ...capabilities,
  ...messages,
  ...floorControl,
  ...fax,
  ...gateways,
  // streaming
  ...streaming,
  ...clocks,
  // the rest of the registry
  ...registered,
  // private
  ...vendor,
]);

const docsOf = (form: RegExp) =>
  new Map(attributeDocs.all.filter(({ id }) => form.test(id)).map((doc) => [doc.name, doc]));
const attributes = docsOf(/^a=/);
const lineTypes = docsOf(/=$/);

/** What is known about a line; undefined when nothing is. */
export const findDoc = (line: SdpLine): AttributeDoc | undefined =>
  (line.type === 'a' ? attributes : lineTypes).get(line.name);

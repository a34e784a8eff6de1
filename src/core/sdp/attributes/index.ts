/** Every attribute and line type that the program knows. To add one: a file beside its neighbours, and its name here. */
import { defineRegistry } from '../../base/registry.ts';
import type { SdpLine } from '../lines.ts';
import { bandwidth } from './bandwidth-line.ts';
import { candidate } from './candidate.ts';
import { connection } from './connection-line.ts';
import { crypto } from './crypto.ts';
import type { AttributeDoc } from './doc.ts';
import * as dtls from './dtls.ts';
import { extmap } from './extmap.ts';
import { fmtp } from './fmtp.ts';
import * as ice from './ice.ts';
import * as identification from './identification.ts';
import { imageattr } from './imageattr.ts';
import { key } from './key-line.ts';
import { media } from './media-line.ts';
import * as packetTime from './packet-time.ts';
import { registered } from './registered.ts';
import { rid, simulcast } from './rid.ts';
import { rtcp, rtcpFb, rtcpXr } from './rtcp.ts';
import * as rtpFlags from './rtp-flags.ts';
import { rtpmap } from './rtpmap.ts';
import * as sctp from './sctp.ts';
import * as sessionLines from './session-lines.ts';
import * as sessionTexts from './session-texts.ts';
import * as sip from './sip.ts';
import { ssrc, ssrcGroup } from './ssrc.ts';
import * as streaming from './streaming.ts';
import { repeat, timing, zones } from './time-lines.ts';
import * as vendor from './vendor.ts';

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
  rtpFlags.rtcpMux,
  rtpFlags.rtcpMuxOnly,
  rtpFlags.rtcpRsize,
  rtpFlags.bundleOnly,
  rtpFlags.extmapAllowMixed,
  rtpFlags.sendrecv,
  rtpFlags.sendonly,
  rtpFlags.recvonly,
  rtpFlags.inactive,
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
  sessionTexts.cat,
  sessionTexts.keywds,
  sessionTexts.tool,
  sessionTexts.orient,
  sessionTexts.conferenceType,
  sessionTexts.charset,
  sessionTexts.sdplang,
  sessionTexts.lang,
  sessionTexts.hlangSend,
  sessionTexts.hlangRecv,
  // SIP
  sip.curr,
  sip.des,
  sip.conf,
  sip.csup,
  sip.creq,
  sip.acap,
  sip.tcap,
  sip.pcfg,
  sip.acfg,
  sip.rmcap,
  sip.omcap,
  sip.mfcap,
  sip.mscap,
  sip.lcfg,
  sip.sescap,
  sip.sqn,
  sip.cdsc,
  sip.cpar,
  sip.cparmin,
  sip.cparmax,
  sip.floorctrl,
  sip.confid,
  sip.userid,
  sip.floorid,
  sip.bfcpver,
  sip.path,
  sip.acceptTypes,
  sip.acceptWrappedTypes,
  sip.maxSize,
  sip.fileSelector,
  sip.fileTransferId,
  sip.fileDisposition,
  sip.fileDate,
  sip.fileIcon,
  sip.fileRange,
  sip.t38FaxVersion,
  sip.t38MaxBitRate,
  sip.t38FaxFillBitRemoval,
  sip.t38FaxTranscodingMmr,
  sip.t38FaxTranscodingJbig,
  sip.t38FaxRateManagement,
  sip.t38FaxMaxBuffer,
  sip.t38FaxMaxDatagram,
  sip.t38FaxMaxIfp,
  sip.t38FaxUdpEc,
  sip.t38FaxUdpFecMaxSpan,
  sip.t38VendorInfo,
  sip.record,
  sip.recordpref,
  sip.depend,
  sip.silenceSupp,
  sip.ecan,
  sip.gpmd,
  sip.nortpproxy,
  sip.oldDirection,
  // streaming
  streaming.control,
  streaming.range,
  streaming.etag,
  streaming.sourceFilter,
  streaming.tsRefclk,
  streaming.mediaclk,
  streaming.syncTime,
  streaming.clockDomain,
  streaming.framecount,
  streaming.framesize,
  streaming.cliprect,
  streaming.dimensions,
  streaming.mpeg4Iod,
  streaming.ismaCompliance,
  streaming.fpaeskey,
  streaming.rsaaeskey,
  streaming.aesiv,
  streaming.minLatency,
  streaming.maxLatency,
  // the rest of the registry
  ...registered,
  // private
  vendor.googleFlag,
  vendor.googleBufferLatency,
  vendor.packetization,
  vendor.xCaps,
  vendor.xDevicecaps,
  vendor.xMediabw,
  vendor.xSsrcRange,
  vendor.xBypassid,
  vendor.xCandidateIpv6,
  vendor.xSourceStreamid,
  vendor.xSourceid,
  vendor.xSource,
  vendor.xMediasettings,
  vendor.xSignalingFb,
  vendor.xPlan,
  vendor.xDataProtocol,
  vendor.xIsqoe,
  vendor.cryptoscale,
]);

const docsOf = (form: RegExp) =>
  new Map(attributeDocs.all.filter(({ id }) => form.test(id)).map((doc) => [doc.name, doc]));
const attributes = docsOf(/^a=/);
const lineTypes = docsOf(/=$/);

/** What is known about a line; undefined when nothing is. */
export const findDoc = (line: SdpLine): AttributeDoc | undefined =>
  (line.type === 'a' ? attributes : lineTypes).get(line.name);

/** Private attributes of Google, Mozilla and Microsoft. */
import { visible } from '../grammar.ts';
import { PAYLOAD_TYPE } from '../reader.ts';
import { cite } from '../../base/rfc-sections.ts';
import { attribute, text } from './doc.ts';

const libwebrtc = cite('libwebrtc', 'pc/webrtc_sdp.cc');

export const googleFlag = text({
  name: 'x-google-flag',
  rfc: libwebrtc,
  example: 'a=x-google-flag:conference',
  role: 'flag',
  says: (value) => `A switch of libwebrtc: ${visible(value)}; "conference" turns on simulcast the old way.`,
});

export const googleBufferLatency = text({
  name: 'x-google-buffer-latency',
  rfc: libwebrtc,
  example: 'a=x-google-buffer-latency:100',
  role: 'latency',
  says: (value) => `How long libwebrtc should buffer: ${visible(value)}. No longer used.`,
});

export const packetization = attribute({
  name: 'packetization',
  rfc: libwebrtc,
  example: 'a=packetization:98 raw',
  explain: (reader) => {
    const [payload, mode, ...rest] = reader.words();
    reader.integer(payload, 'payload type', PAYLOAD_TYPE, (n) => `for payload type ${n}`);
    reader.need(mode, 'mode', (name) =>
      name === 'raw'
        ? 'frames are cut into packets without a payload header'
        : `packetization ${visible(name)}`,
    );
    reader.surplus(rest);
    return 'How frames are cut into packets (libwebrtc).';
  },
});

const microsoft = cite('MS-SDPEXT', '3.1.5');
const ms = (name: string, example: string, says: string) =>
  text({
    name,
    level: 'both',
    form: 'optional',
    rfc: microsoft,
    example,
    role: 'value',
    says: (value) => `${says} (Microsoft): ${visible(value)}.`,
  });

export const xCaps = ms(
  'x-caps',
  'a=x-caps:121 263:1920:1080:30.0:2000000:1;4359:1280:720:30.0:1500000:1',
  'Picture sizes and rates',
);
export const xDevicecaps = ms(
  'x-devicecaps',
  'a=x-devicecaps:audio:send,recv;video:recv',
  'What the device has',
);
export const xMediabw = ms(
  'x-mediabw',
  'a=x-mediabw:main-video send=4000;recv=4000',
  'Bandwidth by kind of media',
);
export const xSsrcRange = ms(
  'x-ssrc-range',
  'a=x-ssrc-range:1213163009-1213163108',
  'The range of sources of this section',
);
export const xBypassid = ms(
  'x-bypassid',
  'a=x-bypassid:9E7D3F1A-12D3-4D3B-9E0A-0C7B2A0C5C55',
  'Whether media may bypass the server',
);
export const xCandidateIpv6 = ms(
  'x-candidate-ipv6',
  'a=x-candidate-ipv6:1 1 UDP 2130705919 2001:db8::1 50032 typ host',
  'An IPv6 candidate',
);
export const xSourceStreamid = ms('x-source-streamid', 'a=x-source-streamid:4', 'The number of the source');
export const xSourceid = ms('x-sourceid', 'a=x-sourceid:"main-video"', 'The name of the source');
export const xSource = ms('x-source', 'a=x-source:main-video', 'The name of the source');
export const xMediasettings = ms(
  'x-mediasettings',
  'a=x-mediasettings:applicationsharing-video=required',
  'Settings of the media',
);
export const xSignalingFb = ms(
  'x-signaling-fb',
  'a=x-signaling-fb:* x-message app recv:src,x-pli',
  'Feedback over the signalling',
);
export const xPlan = ms('x-plan', 'a=x-plan:default', 'A plan of the bandwidth');
export const xDataProtocol = ms('x-data-protocol', 'a=x-data-protocol:sctp', 'The protocol for data');
export const xIsqoe = ms('x-isqoe', 'a=x-isqoe', 'Whether quality is reported');
export const cryptoscale = ms(
  'cryptoscale',
  'a=cryptoscale:1 client AES_CM_128_HMAC_SHA1_80 inline:bGFuZ2VybGFuZ2VybGFuZ2VybGFuZ2Vy|2^31|1:1',
  'A key of the old secure transport',
);

/** Private attributes of Google, Mozilla, Microsoft and makers of cameras. */
import { visible } from '../grammar.ts';
import { PAYLOAD_TYPE } from '../reader.ts';
import { cite } from '../../base/cite.ts';
import { explainCandidate } from './candidate.ts';
import { attribute, texts, type AttributeDoc } from './doc.ts';

const libwebrtc = cite('libwebrtc', 'pc/webrtc_sdp.cc');

const packetization = attribute({
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

const MICROSOFT = { rfc: cite('MS-SDPEXT', '3.1.5'), level: 'both', form: 'optional' } as const;

const xCandidateIpv6 = attribute({
  ...MICROSOFT,
  name: 'x-candidate-ipv6',
  example: 'a=x-candidate-ipv6:1 1 UDP 2130705919 2001:db8::1 50032 typ host',
  explain: (reader) =>
    reader.hasValue
      ? `An IPv6 candidate, apart from the others for old receivers (Microsoft). ${explainCandidate(reader)}`
      : 'An IPv6 candidate without its fields (Microsoft).',
});

/** `main-video send=4000;recv=4000` */
const xMediabw = attribute({
  ...MICROSOFT,
  name: 'x-mediabw',
  example: 'a=x-mediabw:main-video send=4000;recv=4000',
  explain: (reader) => {
    const [name, limits] = reader.words();
    if (name !== undefined) reader.token(name, 'media', `for the section ${visible(name.text)}`);
    for (const limit of limits === undefined ? [] : reader.split(limits, ';')) {
      const [key = '', value = ''] = limit.text.split('=');
      const to = key === 'send' ? 'is sent' : key === 'recv' ? 'is received' : visible(key);
      reader.token(limit, 'limit', `at most ${visible(value)} kbit/s ${to}`);
    }
    return 'How much bandwidth a kind of media may use (Microsoft).';
  },
});

const xSsrcRange = attribute({
  ...MICROSOFT,
  name: 'x-ssrc-range',
  example: 'a=x-ssrc-range:1213163009-1213163108',
  explain: (reader) => {
    const [from = '?', to = from] = reader.value.text.split('-');
    const says = `the sources ${visible(from)} to ${visible(to)} belong to this section`;
    if (reader.hasValue) reader.token(reader.value, 'range', says);
    return `Which RTP sources are of this section (Microsoft): ${visible(from)} to ${visible(to)}.`;
  },
});

export const vendor: readonly AttributeDoc[] = [
  ...texts(
    { rfc: cite('libwebrtc', 'pc/webrtc_sdp.cc'), role: 'flag' },
    {
      'x-google-flag': [
        'conference',
        'A switch of libwebrtc: {}; "conference" turns on simulcast the old way.',
      ],
    },
  ),
  ...texts(
    { rfc: cite('libwebrtc', 'pc/webrtc_sdp.cc'), role: 'latency' },
    { 'x-google-buffer-latency': ['100', 'How long libwebrtc should buffer: {}. No longer used.'] },
  ),
  packetization,
  ...texts(
    { rfc: cite('MS-SDPEXT', '3.1.5'), level: 'both', form: 'optional', role: 'value' },
    {
      'x-caps': [
        '121 263:1920:1080:30.0:2000000:1;4359:1280:720:30.0:1500000:1',
        'Picture sizes and rates (Microsoft): {}.',
      ],
      'x-devicecaps': ['audio:send,recv;video:recv', 'What the device has (Microsoft): {}.'],
      'x-bypassid': [
        '9E7D3F1A-12D3-4D3B-9E0A-0C7B2A0C5C55',
        'Whether media may bypass the server (Microsoft): {}.',
      ],
      'x-source-streamid': ['4', 'The number of the source (Microsoft): {}.'],
      'x-sourceid': ['"main-video"', 'The name of the source (Microsoft): {}.'],
      'x-source': ['main-video', 'The name of the source (Microsoft): {}.'],
      'x-mediasettings': ['applicationsharing-video=required', 'Settings of the media (Microsoft): {}.'],
      'x-signaling-fb': ['* x-message app recv:src,x-pli', 'Feedback over the signalling (Microsoft): {}.'],
      'x-plan': ['default', 'A plan of the bandwidth (Microsoft): {}.'],
      'x-data-protocol': ['sctp', 'The protocol for data (Microsoft): {}.'],
      'x-isqoe': ['', 'Whether quality is reported (Microsoft): {}.'],
      cryptoscale: [
        '1 client AES_CM_128_HMAC_SHA1_80 inline:bGFuZ2VybGFuZ2VybGFuZ2VybGFuZ2Vy|2^31|1:1',
        'A key of the old secure transport (Microsoft): {}.',
      ],
    },
  ),
  xCandidateIpv6,
  xMediabw,
  xSsrcRange,
  ...texts(
    { rfc: cite('RFC 8866', '5.13'), level: 'both', form: 'optional', role: 'value' },
    {
      Media_header: [
        'MEDIAINFO=494D4B48010200',
        'What the player of a Hikvision camera needs to know, in hexadecimal.',
      ],
      appversion: ['1.0', 'The version of the program in a Hikvision camera: {}.'],
      transform: [
        '1.000000,0.000000,0.000000;0.000000,1.000000,0.000000;0.000000,0.000000,1.000000',
        'How an Axis camera turned or mirrored the picture, as a matrix of three rows: {}.',
      ],
    },
  ),
];

/** What streaming servers, broadcast and audio-over-IP send: RTSP, RFC 4570, Ravenna, AirPlay. */
import { addressKind, describeAddress, visible } from '../grammar.ts';
import { cite } from '../../base/cite.ts';
import { attribute, text, texts, type AttributeDoc } from './doc.ts';

const sourceFilter = attribute({
  name: 'source-filter',
  level: 'both',
  rfc: cite('RFC 4570', '3'),
  example: 'a=source-filter: incl IN IP4 239.5.2.31 10.1.15.5',
  explain: (reader) => {
    const [mode, net, family, destination, ...sources] = reader.words();
    const name = reader.need(mode, 'mode', (text) =>
      text === 'incl'
        ? 'only from these sources'
        : text === 'excl'
          ? 'not from these sources'
          : `"${visible(text)}" is neither incl nor excl`,
    );
    if (name !== '' && name !== 'incl' && name !== 'excl')
      reader.error(`"${visible(name)}" is neither incl nor excl`, mode);
    reader.need(net, 'network type', () => 'internet');
    reader.need(family, 'address type', (text) =>
      text === '*' ? 'IPv4 and IPv6' : text === 'IP4' ? 'IPv4' : text === 'IP6' ? 'IPv6' : visible(text),
    );
    reader.need(destination, 'destination', (text) =>
      text === '*' ? 'any destination' : describeAddress(text),
    );
    if (sources.length === 0)
      reader.error('the source addresses are missing', reader.value, 'At least one is expected.');
    for (const source of sources) {
      reader.token(source, 'source', describeAddress(source.text));
      if (addressKind(source.text) === undefined)
        reader.error(`"${visible(source.text)}" is not an address`, source);
    }
    return 'Which senders of a multicast are listened to.';
  },
});

const mpeg4Iod = text({
  name: 'mpeg4-iod',
  level: 'session',
  rfc: cite('ISO/IEC 14496-8', 'SDP'),
  example: 'a=mpeg4-iod:"data:application/mpeg4-iod;base64,AoJ8AE8="',
  role: 'object descriptor',
  says: (value) => `The initial object descriptor of MPEG-4: ${visible(value.slice(0, 60))}.`,
});

export const streaming: readonly AttributeDoc[] = [
  ...texts(
    { rfc: cite('RFC 7826', 'D.1.1'), level: 'both', role: 'URL' },
    { control: ['rtsp://example.com/track1', 'RTSP controls this media at {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 7826', 'D.1.6'), level: 'both', role: 'range' },
    { range: ['npt=0-34.4368', 'The recording covers {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 2326', 'C.1.8'), level: 'both', role: 'entity tag' },
    { etag: ['158bb3e7c7fd62ce67f12b533f06b83a', 'The version of this description: {}.'] },
  ),
  sourceFilter,
  ...texts(
    { rfc: cite('AES67', '8'), role: 'offset' },
    { 'sync-time': ['0', 'The RTP timestamp at the start of the clock: {} (Ravenna).'] },
  ),
  ...texts(
    { rfc: cite('AES67', '8'), level: 'both', role: 'clock domain' },
    { 'clock-domain': ['PTPv2 0', 'The domain of the PTP clock: {} (Ravenna).'] },
  ),
  ...texts(
    { rfc: cite('AES67', '8'), role: 'frames' },
    { framecount: ['48', 'Frames in each packet: {} (Ravenna).'] },
  ),
  ...texts(
    { rfc: cite('3GPP TS 26.114', '6.2'), role: 'frame size' },
    { framesize: ['96 320-240', 'The picture size of a payload type: {}.'] },
  ),
  ...texts(
    { rfc: cite('3GPP TS 26.114', '6.2'), level: 'both', role: 'rectangle' },
    { cliprect: ['0,0,240,320', 'The part of the picture that is shown: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 8866', '5.13'), role: 'size' },
    { 'x-dimensions': ['1920,1080', 'The picture size: {} (cameras and streaming servers).'] },
  ),
  mpeg4Iod,
  ...texts(
    { rfc: cite('ISMA 1.0', 'SDP'), level: 'session', role: 'compliance' },
    { 'isma-compliance': ['1,1.0,1', 'The profile of the Internet Streaming Media Alliance: {}.'] },
  ),
  ...texts(
    { rfc: cite('AirPlay', 'announce'), role: 'key' },
    {
      fpaeskey: ['RlBMWQECAQAAAAA8AAAAAA==', 'The key of the stream, encrypted with FairPlay (AirPlay).'],
      rsaaeskey: [
        'VjVbxWcmYgbBbhwBNlCh3K0CMNtWoB844BuiHGUJT51zQS7SDpMnlbBIobsKbfEJ',
        'The key of the stream, encrypted with RSA (AirPlay).',
      ],
    },
  ),
  ...texts(
    { rfc: cite('AirPlay', 'announce'), role: 'initialization vector' },
    { aesiv: ['zcZmAZtqh7uGcEwPXk0QeA==', 'Where the encryption of the stream starts (AirPlay).'] },
  ),
  ...texts(
    { rfc: cite('AirPlay', 'announce'), role: 'latency' },
    {
      'min-latency': ['11025', 'The least delay in samples: {} (AirPlay).'],
      'max-latency': ['88200', 'The greatest delay in samples: {} (AirPlay).'],
    },
  ),
];

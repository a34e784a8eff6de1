/** What streaming servers, broadcast and audio-over-IP send: RTSP, RFC 4570, RFC 7273, ST 2110, AirPlay. */
import { addressKind, describeAddress, visible } from '../grammar.ts';
import { cite } from '../../base/rfc-sections.ts';
import { attribute, text } from './doc.ts';

export const control = text({
  name: 'control',
  level: 'both',
  rfc: cite('RFC 7826', 'D.1.1'),
  example: 'a=control:rtsp://example.com/track1',
  role: 'URL',
  says: (value) => `RTSP controls this media at ${visible(value)}.`,
});

export const range = text({
  name: 'range',
  level: 'both',
  rfc: cite('RFC 7826', 'D.1.6'),
  example: 'a=range:npt=0-34.4368',
  role: 'range',
  says: (value) => `The recording covers ${visible(value)}.`,
});

export const etag = text({
  name: 'etag',
  level: 'both',
  rfc: cite('RFC 2326', 'C.1.8'),
  example: 'a=etag:158bb3e7c7fd62ce67f12b533f06b83a',
  role: 'entity tag',
  says: (value) => `The version of this description: ${visible(value)}.`,
});

export const sourceFilter = attribute({
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
    reader.need(family, 'address type', (text) => (text === '*' ? 'IPv4 and IPv6' : visible(text)));
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

const CLOCKS: ReadonlyMap<string, string> = new Map([
  ['ntp', 'an NTP server'],
  ['ptp', 'a PTP (IEEE 1588) clock'],
  ['gps', 'GPS'],
  ['gal', 'Galileo'],
  ['glonass', 'GLONASS'],
  ['local', 'a clock of the sender alone'],
  ['private', 'a clock that is not public'],
  ['localmac', 'the clock of the network card'],
]);

export const tsRefclk = attribute({
  name: 'ts-refclk',
  level: 'both',
  rfc: cite('RFC 7273', '4'),
  example: 'a=ts-refclk:ptp=IEEE1588-2008:39-A7-94-FF-FE-07-CB-D0:37',
  explain: (reader) => {
    const [kind, identity] = reader.value.text.split('=', 2);
    const { start, end } = reader.value;
    const kindEnd = start + (kind?.length ?? 0);
    reader.token(
      { text: kind ?? '', start, end: kindEnd },
      'clock',
      CLOCKS.get(kind ?? '') ?? `the clock ${visible(kind ?? '')}`,
    );
    if (identity !== undefined)
      reader.token(
        { text: identity, start: kindEnd + 1, end },
        'clock identity',
        `it is named ${visible(identity)}`,
      );
    return 'The clock that timestamps refer to.';
  },
});

export const mediaclk = text({
  name: 'mediaclk',
  level: 'both',
  rfc: cite('RFC 7273', '5'),
  example: 'a=mediaclk:direct=963214424 rate=48000',
  role: 'media clock',
  says: (value) => `How RTP timestamps follow from the clock: ${visible(value)}.`,
});

export const syncTime = text({
  name: 'sync-time',
  rfc: cite('AES67', '8'),
  example: 'a=sync-time:0',
  role: 'offset',
  says: (value) => `The RTP timestamp at the start of the clock: ${visible(value)} (Ravenna).`,
});

export const clockDomain = text({
  name: 'clock-domain',
  level: 'both',
  rfc: cite('AES67', '8'),
  example: 'a=clock-domain:PTPv2 0',
  role: 'clock domain',
  says: (value) => `The domain of the PTP clock: ${visible(value)} (Ravenna).`,
});

export const framecount = text({
  name: 'framecount',
  rfc: cite('AES67', '8'),
  example: 'a=framecount:48',
  role: 'frames',
  says: (value) => `Frames in each packet: ${visible(value)} (Ravenna).`,
});

export const framesize = text({
  name: 'framesize',
  rfc: cite('3GPP TS 26.114', '6.2'),
  example: 'a=framesize:96 320-240',
  role: 'frame size',
  says: (value) => `The picture size of a payload type: ${visible(value)}.`,
});

export const cliprect = text({
  name: 'cliprect',
  level: 'both',
  rfc: cite('3GPP TS 26.114', '6.2'),
  example: 'a=cliprect:0,0,240,320',
  role: 'rectangle',
  says: (value) => `The part of the picture that is shown: ${visible(value)}.`,
});

export const dimensions = text({
  name: 'x-dimensions',
  rfc: cite('RFC 8866', '5.13'),
  example: 'a=x-dimensions:1920,1080',
  role: 'size',
  says: (value) => `The picture size: ${visible(value)} (cameras and streaming servers).`,
});

export const mpeg4Iod = text({
  name: 'mpeg4-iod',
  level: 'session',
  rfc: cite('ISO/IEC 14496-8', 'SDP'),
  example: 'a=mpeg4-iod:"data:application/mpeg4-iod;base64,AoJ8AE8="',
  role: 'object descriptor',
  says: (value) => `The initial object descriptor of MPEG-4: ${visible(value.slice(0, 60))}.`,
});

export const ismaCompliance = text({
  name: 'isma-compliance',
  level: 'session',
  rfc: cite('ISMA 1.0', 'SDP'),
  example: 'a=isma-compliance:1,1.0,1',
  role: 'compliance',
  says: (value) => `The profile of the Internet Streaming Media Alliance: ${visible(value)}.`,
});

const airplay = cite('AirPlay', 'announce');

export const fpaeskey = text({
  name: 'fpaeskey',
  rfc: airplay,
  example: 'a=fpaeskey:RlBMWQECAQAAAAA8AAAAAA==',
  role: 'key',
  says: () => 'The key of the stream, encrypted with FairPlay (AirPlay).',
});

export const rsaaeskey = text({
  name: 'rsaaeskey',
  rfc: airplay,
  example: 'a=rsaaeskey:VjVbxWcmYgbBbhwBNlCh3K0CMNtWoB844BuiHGUJT51zQS7SDpMnlbBIobsKbfEJ',
  role: 'key',
  says: () => 'The key of the stream, encrypted with RSA (AirPlay).',
});

export const aesiv = text({
  name: 'aesiv',
  rfc: airplay,
  example: 'a=aesiv:zcZmAZtqh7uGcEwPXk0QeA==',
  role: 'initialization vector',
  says: () => 'Where the encryption of the stream starts (AirPlay).',
});

export const minLatency = text({
  name: 'min-latency',
  rfc: airplay,
  example: 'a=min-latency:11025',
  role: 'latency',
  says: (value) => `The least delay in samples: ${visible(value)} (AirPlay).`,
});

export const maxLatency = text({
  name: 'max-latency',
  rfc: airplay,
  example: 'a=max-latency:88200',
  role: 'latency',
  says: (value) => `The greatest delay in samples: ${visible(value)} (AirPlay).`,
});

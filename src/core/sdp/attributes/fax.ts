/** Fax over IP: the attributes of T.38, annex D. */
import type { AttributeDoc } from './doc.ts';
import { cite } from '../../base/cite.ts';
import { count, oneOf, part, wordsOf, type Part } from './parts.ts';

const faxSetting = (name: string, value: string, setting: Part, sentence: string) =>
  wordsOf({
    name,
    form: 'optional',
    rfc: cite('ITU-T T.38', 'D.2.3'),
    example: `a=${name}:${value}`,
    parts: [setting],
    sentence,
  });

/** Written with 0 or 1, or without a value for 1. */
const yesNo = (role: string, yes: string, no: string): Part => oneOf(role, { '1': yes, '0': no });

const t38FaxVersion = faxSetting(
  'T38FaxVersion',
  '0',
  count('version', (value) => `version ${value} of T.38`, 255),
  'Fax: the version of T.38 that this side speaks; the answer names the one that both do.',
);
const t38MaxBitRate = faxSetting(
  'T38MaxBitRate',
  '14400',
  count('bit rate', (value) => `at most ${value} bits a second`),
  'Fax: the highest rate of the modem that this side supports.',
);
const t38FaxFillBitRemoval = faxSetting(
  'T38FaxFillBitRemoval',
  '0',
  yesNo('fill bits', 'fill bits are left out and put back', 'fill bits are sent as they are'),
  'Fax: whether fill bits are left out on the way.',
);
const t38FaxTranscodingMmr = faxSetting(
  'T38FaxTranscodingMMR',
  '0',
  yesNo('conversion', 'pages can be converted to MMR and back', 'pages are not converted to MMR'),
  'Fax: whether pages are converted to MMR on the way, which takes less room.',
);
const t38FaxTranscodingJbig = faxSetting(
  'T38FaxTranscodingJBIG',
  '0',
  yesNo('conversion', 'pages can be converted to JBIG and back', 'pages are not converted to JBIG'),
  'Fax: whether pages are converted to JBIG on the way, which takes less room.',
);
const t38FaxRateManagement = faxSetting(
  'T38FaxRateManagement',
  'transferredTCF',
  oneOf('rate management', {
    localTCF: 'each gateway makes the training signal itself (localTCF), for TCP',
    transferredTCF: 'the training signal goes through the network (transferredTCF), for UDP',
  }),
  'Fax: who finds out which rate the line can carry.',
);
const t38FaxMaxBuffer = faxSetting(
  'T38FaxMaxBuffer',
  '260',
  count('buffer', (value) => `${value} bytes can wait at this side`),
  'Fax: how many bytes this side can keep before it must play them.',
);
const t38FaxMaxDatagram = faxSetting(
  'T38FaxMaxDatagram',
  '316',
  count('datagram', (value) => `packets of at most ${value} bytes`),
  'Fax: the largest packet that this side accepts.',
);
const t38FaxMaxIfp = faxSetting(
  'T38FaxMaxIFP',
  '40',
  count('IFP packet', (value) => `frames of at most ${value} bytes`),
  'Fax: the largest frame of fax data (IFP) that this side accepts.',
);
const t38FaxUdpEc = faxSetting(
  'T38FaxUdpEC',
  't38UDPRedundancy',
  oneOf('error correction', {
    t38UDPRedundancy: 'each packet repeats earlier ones',
    t38UDPFEC: 'packets carry parity of earlier ones',
    t38UDPNoEC: 'no error correction',
  }),
  'Fax: what is done against lost packets.',
);
const t38FaxUdpFecMaxSpan = faxSetting(
  'T38FaxUdpFECMaxSpan',
  '3',
  count('span', (value) => `parity covers at most ${value} packets`),
  'Fax: over how many packets parity is made.',
);
const t38VendorInfo = wordsOf({
  name: 'T38VendorInfo',
  form: 'optional',
  rfc: cite('ITU-T T.38', 'D.2.3'),
  example: 'a=T38VendorInfo:0 0 0',
  parts: [part('country', (text) => `country code ${text} (T.35)`)],
  rest: part('maker', (text) => `the code ${text} of the maker`),
  sentence: 'Fax: who made the device.',
});

export const fax: readonly AttributeDoc[] = [
  t38FaxVersion,
  t38MaxBitRate,
  t38FaxFillBitRemoval,
  t38FaxTranscodingMmr,
  t38FaxTranscodingJbig,
  t38FaxRateManagement,
  t38FaxMaxBuffer,
  t38FaxMaxDatagram,
  t38FaxMaxIfp,
  t38FaxUdpEc,
  t38FaxUdpFecMaxSpan,
  t38VendorInfo,
];

/** What SIP endpoints send: preconditions, capability negotiation, floor control, MSRP, fax, recording. */
import { isDigits, visible } from '../grammar.ts';
import { cite } from '../../base/rfc-sections.ts';
import { attribute, text } from './doc.ts';

const QOS = cite('RFC 3312', '4');
const STRENGTH = new Set(['mandatory', 'optional', 'none', 'failure', 'unknown']);

export const curr = attribute({
  name: 'curr',
  rfc: QOS,
  example: 'a=curr:qos local none',
  explain: (reader) => {
    const [type, status, direction, ...rest] = reader.words();
    reader.need(type, 'precondition', (name) =>
      name === 'qos' ? 'reserved bandwidth' : `the precondition ${visible(name)}`,
    );
    reader.need(status, 'status', (name) => `at the ${visible(name)} end`);
    reader.need(direction, 'direction', (name) => `there is now: ${visible(name)}`);
    reader.surplus(rest);
    return 'A precondition for the call: how things stand now.';
  },
});

function wanted(name: 'des' | 'conf', sentence: string) {
  return attribute({
    name,
    rfc: QOS,
    example: name === 'des' ? 'a=des:qos mandatory local sendrecv' : 'a=conf:qos remote sendrecv',
    explain: (reader) => {
      const [type, ...words] = reader.words();
      reader.need(type, 'precondition', (value) =>
        value === 'qos' ? 'reserved bandwidth' : `the precondition ${visible(value)}`,
      );
      for (const word of words)
        reader.token(word, STRENGTH.has(word.text) ? 'strength' : 'direction', visible(word.text));
      return sentence;
    },
  });
}

export const des = wanted('des', 'A precondition for the call: what is wanted.');
export const conf = wanted('conf', 'A precondition for the call: what the other side shall confirm.');

const capability = (name: string, example: string, says: string, section: '3.3' | '3.4' | '3.5') =>
  text({
    name,
    level: 'both',
    rfc: cite('RFC 5939', section),
    example,
    role: 'capabilities',
    says: (value) => `${says}: ${visible(value)}.`,
  });

export const csup = capability(
  'csup',
  'a=csup:cap-v0',
  'Extensions of capability negotiation that are supported',
  '3.3',
);
export const creq = capability(
  'creq',
  'a=creq:cap-v0',
  'Extensions of capability negotiation that are required',
  '3.3',
);
export const acap = capability(
  'acap',
  'a=acap:1 key-mgmt:mikey AQAFgM0XflABAAAAAAAAAAAAAAsAyO',
  'An attribute that could be used',
  '3.4',
);
export const tcap = capability(
  'tcap',
  'a=tcap:1 RTP/SAVP RTP/AVP',
  'Transport protocols that could be used',
  '3.4',
);
export const pcfg = capability('pcfg', 'a=pcfg:1 t=1 a=1', 'A configuration that could be used', '3.5');
export const acfg = capability('acfg', 'a=acfg:1 t=1 a=1', 'The configuration that is used', '3.5');

const mediaCapability = (name: string, example: string, says: string) =>
  text({
    name,
    level: 'both',
    rfc: cite('RFC 6871', '3.3'),
    example,
    role: 'capabilities',
    says: (value) => `${says}: ${visible(value)}.`,
  });

export const rmcap = mediaCapability('rmcap', 'a=rmcap:1,2 G729/8000', 'An RTP codec that could be used');
export const omcap = mediaCapability('omcap', 'a=omcap:1 t38', 'A format that could be used');
export const mfcap = mediaCapability('mfcap', 'a=mfcap:1 mode=4', 'Settings of a codec that could be used');
export const mscap = mediaCapability(
  'mscap',
  'a=mscap:1 rtcp-fb nack',
  'An attribute of a codec that could be used',
);
export const lcfg = mediaCapability(
  'lcfg',
  'a=lcfg:1 mt=video t=1 m=1',
  'A media section that could be added later',
);
export const sescap = mediaCapability(
  'sescap',
  'a=sescap:1 1,2',
  'Combinations of media sections that could be used',
);

const simpleCapability = (name: string, example: string, says: string) =>
  text({
    name,
    level: 'both',
    rfc: cite('RFC 3407', '3'),
    example,
    role: 'capability',
    says: (value) => `${says}: ${visible(value)}.`,
  });

export const sqn = simpleCapability('sqn', 'a=sqn:0', 'The number of this set of capabilities');
export const cdsc = simpleCapability('cdsc', 'a=cdsc:1 audio RTP/AVP 0 18 96', 'A capability');
export const cpar = simpleCapability(
  'cpar',
  'a=cpar:a=fmtp:96 0-16,32-35',
  'A parameter of the capability before it',
);
export const cparmin = simpleCapability('cparmin', 'a=cparmin:b=AS:64', 'The least value of a parameter');
export const cparmax = simpleCapability('cparmax', 'a=cparmax:b=AS:128', 'The greatest value of a parameter');

export const floorctrl = text({
  name: 'floorctrl',
  rfc: cite('RFC 8856', '5.1'),
  example: 'a=floorctrl:c-only s-only',
  role: 'roles',
  says: (value) =>
    `Who may control the floor: ${visible(value)} (c-only: this side is a client; s-only: it is the server; c-s is out of use).`,
});

const bfcpNumber = (name: 'confid' | 'userid', what: string) =>
  attribute({
    name,
    rfc: name === 'confid' ? cite('RFC 8856', '5.2') : cite('RFC 8856', '5.3'),
    example: name === 'confid' ? 'a=confid:4321' : 'a=userid:1234',
    explain: (reader) => {
      const { value } = reader;
      reader.token(value, what, `${what} ${visible(value.text)}`);
      if (!isDigits(value.text)) reader.error(`the ${what} "${visible(value.text)}" is not a number`, value);
      return `Floor control: ${what} ${visible(value.text)}.`;
    },
  });

export const confid = bfcpNumber('confid', 'conference');
export const userid = bfcpNumber('userid', 'user');

export const floorid = attribute({
  name: 'floorid',
  rfc: cite('RFC 8856', '5.4'),
  example: 'a=floorid:1 mstrm:10 11',
  explain: (reader) => {
    const [id, ...streams] = reader.words();
    reader.need(id, 'floor', (name) => `floor ${visible(name)}`);
    for (const stream of streams)
      reader.token(
        stream,
        'stream',
        `for the media labelled ${visible(stream.text.replace(/^m(?:-stream|strm):/, ''))}`,
      );
    return 'Floor control: which media a floor is for.';
  },
});

export const bfcpver = text({
  name: 'bfcpver',
  rfc: cite('RFC 8856', '5.5'),
  example: 'a=bfcpver:1 2',
  role: 'versions',
  says: (value) => `Versions of the floor control protocol: ${visible(value)}.`,
});

const msrp = (name: string, example: string, role: string, says: string) =>
  text({ name, rfc: cite('RFC 4975', '8'), example, role, says: (value) => `${says}: ${visible(value)}.` });

export const path = msrp(
  'path',
  'a=path:msrp://alice.example.com:7394/2s93i9ek2a;tcp',
  'path',
  'Where messages (MSRP) are received',
);
export const acceptTypes = msrp(
  'accept-types',
  'a=accept-types:message/cpim text/plain',
  'types',
  'Kinds of content that are accepted',
);
export const acceptWrappedTypes = msrp(
  'accept-wrapped-types',
  'a=accept-wrapped-types:text/plain *',
  'types',
  'Kinds of content that are accepted inside others',
);
export const maxSize = msrp('max-size', 'a=max-size:10485760', 'size', 'The largest message in bytes');

const file = (name: string, example: string, says: string) =>
  text({
    name,
    rfc: cite('RFC 5547', '6'),
    example,
    role: 'file',
    says: (value) => `${says}: ${visible(value)}.`,
  });

export const fileSelector = file(
  'file-selector',
  'a=file-selector:name:"photo.jpg" type:image/jpeg size:32349',
  'The file to transfer',
);
export const fileTransferId = file(
  'file-transfer-id',
  'a=file-transfer-id:vBnG916bdberum2fFEABR1FR3ExZMUrd',
  'The name of this file transfer',
);
export const fileDisposition = file(
  'file-disposition',
  'a=file-disposition:attachment',
  'What to do with the file',
);
export const fileDate = file(
  'file-date',
  'a=file-date:creation:"Mon, 15 May 2006 15:01:31 +0300"',
  'Dates of the file',
);
export const fileIcon = file(
  'file-icon',
  'a=file-icon:cid:id2@alicepc.example.com',
  'A small picture for the file',
);
export const fileRange = file('file-range', 'a=file-range:1-32349', 'The part of the file');

const fax = (name: string, example: string, says: string) =>
  text({
    name,
    form: 'optional',
    rfc: cite('ITU-T T.38', 'D.2.3'),
    example,
    role: 'fax setting',
    says: (value) => `Fax: ${says} ${visible(value)}.`,
  });

export const t38FaxVersion = fax('T38FaxVersion', 'a=T38FaxVersion:0', 'version of T.38');
export const t38MaxBitRate = fax('T38MaxBitRate', 'a=T38MaxBitRate:14400', 'most bits a second');
export const t38FaxFillBitRemoval = fax(
  'T38FaxFillBitRemoval',
  'a=T38FaxFillBitRemoval:0',
  'fill bits are removed',
);
export const t38FaxTranscodingMmr = fax(
  'T38FaxTranscodingMMR',
  'a=T38FaxTranscodingMMR:0',
  'conversion to MMR',
);
export const t38FaxTranscodingJbig = fax(
  'T38FaxTranscodingJBIG',
  'a=T38FaxTranscodingJBIG:0',
  'conversion to JBIG',
);
export const t38FaxRateManagement = fax(
  'T38FaxRateManagement',
  'a=T38FaxRateManagement:transferredTCF',
  'how the rate is managed:',
);
export const t38FaxMaxBuffer = fax('T38FaxMaxBuffer', 'a=T38FaxMaxBuffer:260', 'largest buffer');
export const t38FaxMaxDatagram = fax('T38FaxMaxDatagram', 'a=T38FaxMaxDatagram:316', 'largest datagram');
export const t38FaxMaxIfp = fax('T38FaxMaxIFP', 'a=T38FaxMaxIFP:40', 'largest IFP packet');
export const t38FaxUdpEc = fax('T38FaxUdpEC', 'a=T38FaxUdpEC:t38UDPRedundancy', 'error correction:');
export const t38FaxUdpFecMaxSpan = fax(
  'T38FaxUdpFECMaxSpan',
  'a=T38FaxUdpFECMaxSpan:3',
  'longest span of error correction',
);
export const t38VendorInfo = fax('T38VendorInfo', 'a=T38VendorInfo:0 0 0', 'vendor');

export const record = text({
  name: 'record',
  level: 'both',
  rfc: cite('RFC 7866', '7'),
  example: 'a=record:on',
  role: 'recording',
  says: (value) => `The session is being recorded: ${visible(value)}.`,
});

export const recordpref = text({
  name: 'recordpref',
  level: 'both',
  rfc: cite('RFC 7866', '7'),
  example: 'a=recordpref:nopreference',
  role: 'preference',
  says: (value) => `What this side would like about recording: ${visible(value)}.`,
});

export const depend = text({
  name: 'depend',
  rfc: cite('RFC 5583', '5.2.2'),
  example: 'a=depend:97 lay L1:96',
  role: 'dependencies',
  says: (value) => `Which layers must be there to decode others: ${visible(value)}.`,
});

export const silenceSupp = text({
  name: 'silenceSupp',
  rfc: cite('RFC 3108', '5.6.3'),
  example: 'a=silenceSupp:off - - - -',
  role: 'settings',
  says: (value) => `Whether silence is suppressed: ${visible(value)}.`,
});

export const ecan = text({
  name: 'ecan',
  rfc: cite('RFC 3108', '5.6.3'),
  example: 'a=ecan:fb on -',
  role: 'settings',
  says: (value) => `Whether echo is cancelled: ${visible(value)}.`,
});

export const gpmd = text({
  name: 'gpmd',
  rfc: cite('ITU-T V.152', '7'),
  example: 'a=gpmd:96 vbd=yes',
  role: 'settings',
  says: (value) => `Settings of the gateway for a codec: ${visible(value)}.`,
});

export const nortpproxy = text({
  name: 'nortpproxy',
  level: 'both',
  rfc: cite('RFC 8866', '5.13'),
  example: 'a=nortpproxy:yes',
  role: 'value',
  says: (value) => `A media relay was or was not put in (rtpproxy): ${visible(value)}.`,
});

export const oldDirection = text({
  name: 'direction',
  level: 'both',
  rfc: cite('RFC 4145', '4'),
  example: 'a=direction:active',
  role: 'role',
  says: (value) => `Who opens the connection: ${visible(value)}. An old draft; today this is a=setup.`,
});

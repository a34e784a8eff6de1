/** What SIP endpoints send: preconditions, capability negotiation, floor control, MSRP, fax, recording. */
import { isDigits, visible } from '../grammar.ts';
import { cite } from '../../base/rfc-sections.ts';
import { attribute, texts, type AttributeDoc } from './doc.ts';

const QOS = cite('RFC 3312', '4');
const STRENGTH = new Set(['mandatory', 'optional', 'none', 'failure', 'unknown']);

const curr = attribute({
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

const des = wanted('des', 'A precondition for the call: what is wanted.');
const conf = wanted('conf', 'A precondition for the call: what the other side shall confirm.');

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

const confid = bfcpNumber('confid', 'conference');
const userid = bfcpNumber('userid', 'user');

const floorid = attribute({
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

export const sip: readonly AttributeDoc[] = [
  curr,
  des,
  conf,
  ...texts(
    { rfc: cite('RFC 5939', '3.3'), level: 'both', role: 'capabilities' },
    {
      csup: ['cap-v0', 'Extensions of capability negotiation that are supported: {}.'],
      creq: ['cap-v0', 'Extensions of capability negotiation that are required: {}.'],
    },
  ),
  ...texts(
    { rfc: cite('RFC 5939', '3.4'), level: 'both', role: 'capabilities' },
    {
      acap: ['1 key-mgmt:mikey AQAFgM0XflABAAAAAAAAAAAAAAsAyO', 'An attribute that could be used: {}.'],
      tcap: ['1 RTP/SAVP RTP/AVP', 'Transport protocols that could be used: {}.'],
    },
  ),
  ...texts(
    { rfc: cite('RFC 5939', '3.5'), level: 'both', role: 'capabilities' },
    {
      pcfg: ['1 t=1 a=1', 'A configuration that could be used: {}.'],
      acfg: ['1 t=1 a=1', 'The configuration that is used: {}.'],
    },
  ),
  ...texts(
    { rfc: cite('RFC 6871', '3.3'), level: 'both', role: 'capabilities' },
    {
      rmcap: ['1,2 G729/8000', 'An RTP codec that could be used: {}.'],
      omcap: ['1 t38', 'A format that could be used: {}.'],
      mfcap: ['1 mode=4', 'Settings of a codec that could be used: {}.'],
      mscap: ['1 rtcp-fb nack', 'An attribute of a codec that could be used: {}.'],
      lcfg: ['1 mt=video t=1 m=1', 'A media section that could be added later: {}.'],
      sescap: ['1 1,2', 'Combinations of media sections that could be used: {}.'],
    },
  ),
  ...texts(
    { rfc: cite('RFC 3407', '3'), level: 'both', role: 'capability' },
    {
      sqn: ['0', 'The number of this set of capabilities: {}.'],
      cdsc: ['1 audio RTP/AVP 0 18 96', 'A capability: {}.'],
      cpar: ['a=fmtp:96 0-16,32-35', 'A parameter of the capability before it: {}.'],
      cparmin: ['b=AS:64', 'The least value of a parameter: {}.'],
      cparmax: ['b=AS:128', 'The greatest value of a parameter: {}.'],
    },
  ),
  ...texts(
    { rfc: cite('RFC 8856', '5.1'), role: 'roles' },
    {
      floorctrl: [
        'c-only s-only',
        'Who may control the floor: {} (c-only: this side is a client; s-only: it is the server; c-s is out of use).',
      ],
    },
  ),
  confid,
  userid,
  floorid,
  ...texts(
    { rfc: cite('RFC 8856', '5.5'), role: 'versions' },
    { bfcpver: ['1 2', 'Versions of the floor control protocol: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 4975', '8'), role: 'path' },
    { path: ['msrp://alice.example.com:7394/2s93i9ek2a;tcp', 'Where messages (MSRP) are received: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 4975', '8'), role: 'types' },
    {
      'accept-types': ['message/cpim text/plain', 'Kinds of content that are accepted: {}.'],
      'accept-wrapped-types': ['text/plain *', 'Kinds of content that are accepted inside others: {}.'],
    },
  ),
  ...texts(
    { rfc: cite('RFC 4975', '8'), role: 'size' },
    { 'max-size': ['10485760', 'The largest message in bytes: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 5547', '6'), role: 'file' },
    {
      'file-selector': ['name:"photo.jpg" type:image/jpeg size:32349', 'The file to transfer: {}.'],
      'file-transfer-id': ['vBnG916bdberum2fFEABR1FR3ExZMUrd', 'The name of this file transfer: {}.'],
      'file-disposition': ['attachment', 'What to do with the file: {}.'],
      'file-date': ['creation:"Mon, 15 May 2006 15:01:31 +0300"', 'Dates of the file: {}.'],
      'file-icon': ['cid:id2@alicepc.example.com', 'A small picture for the file: {}.'],
      'file-range': ['1-32349', 'The part of the file: {}.'],
    },
  ),
  ...texts(
    { rfc: cite('ITU-T T.38', 'D.2.3'), form: 'optional', role: 'fax setting' },
    {
      T38FaxVersion: ['0', 'Fax: version of T.38 {}.'],
      T38MaxBitRate: ['14400', 'Fax: most bits a second {}.'],
      T38FaxFillBitRemoval: ['0', 'Fax: fill bits are removed {}.'],
      T38FaxTranscodingMMR: ['0', 'Fax: conversion to MMR {}.'],
      T38FaxTranscodingJBIG: ['0', 'Fax: conversion to JBIG {}.'],
      T38FaxRateManagement: ['transferredTCF', 'Fax: how the rate is managed: {}.'],
      T38FaxMaxBuffer: ['260', 'Fax: largest buffer {}.'],
      T38FaxMaxDatagram: ['316', 'Fax: largest datagram {}.'],
      T38FaxMaxIFP: ['40', 'Fax: largest IFP packet {}.'],
      T38FaxUdpEC: ['t38UDPRedundancy', 'Fax: error correction: {}.'],
      T38FaxUdpFECMaxSpan: ['3', 'Fax: longest span of error correction {}.'],
      T38VendorInfo: ['0 0 0', 'Fax: vendor {}.'],
    },
  ),
  ...texts(
    { rfc: cite('RFC 7866', '7'), level: 'both', role: 'recording' },
    { record: ['on', 'The session is being recorded: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 7866', '7'), level: 'both', role: 'preference' },
    { recordpref: ['nopreference', 'What this side would like about recording: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 5583', '5.2.2'), role: 'dependencies' },
    { depend: ['97 lay L1:96', 'Which layers must be there to decode others: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 3108', '5.6.3'), role: 'settings' },
    {
      silenceSupp: ['off - - - -', 'Whether silence is suppressed: {}.'],
      ecan: ['fb on -', 'Whether echo is cancelled: {}.'],
    },
  ),
  ...texts(
    { rfc: cite('ITU-T V.152', '7'), role: 'settings' },
    { gpmd: ['96 vbd=yes', 'Settings of the gateway for a codec: {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 8866', '5.13'), level: 'both', role: 'value' },
    { nortpproxy: ['yes', 'A media relay was or was not put in (rtpproxy): {}.'] },
  ),
  ...texts(
    { rfc: cite('RFC 4145', '4'), level: 'both', role: 'role' },
    { direction: ['active', 'Who opens the connection: {}. An old draft; today this is a=setup.'] },
  ),
];

/**
 * Attributes of the IANA registry that only some worlds use (ATM and telephony gateways, PSTN and 3GPP services, multicast
 * television), and that are explained as a whole: what they are for, and their value as it stands.
 */
import { visible } from '../grammar.ts';
import { cite } from '../../base/cite.ts';
import { attribute, type AttributeDoc, type Level } from './doc.ts';

interface Entry {
  readonly name: string;
  readonly level: Level;
  /** A value that follows the grammar; '' for a flag. */
  readonly value: string;
  readonly says: string;
}

const entry = (name: string, value: string, says: string, level: Level = 'both'): Entry => ({
  name,
  level,
  value,
  says,
});

const ENTRIES: readonly Entry[] = [
  // RTP and RTCP beyond WebRTC
  entry('rtcp-unicast', 'reflection', 'How receivers of a multicast send their RTCP by unicast (RFC 5760)'),
  entry('rtcp-idms', 'sync-group=42', 'Receivers play the stream at the same moment (RFC 7272)'),
  entry(
    'ecn-capable-rtp',
    'leap ect=0',
    'Routers may mark packets of this stream instead of dropping them (RFC 6679)',
  ),
  entry(
    'dccp-service-code',
    'SC=x52545056',
    'The DCCP service that the connection asks for (RFC 5762)',
    'media',
  ),
  entry('fec-source-flow', 'id=0', 'The stream that FEC protects (RFC 6364)', 'media'),
  entry('fec-repair-flow', 'encoding-id=0; ss-fssi=5', 'How the FEC stream is made (RFC 6364)', 'media'),
  entry('repair-window', '150ms', 'How long a receiver waits for repair packets (RFC 6364)', 'media'),
  entry('duplication-delay', '50', 'Milliseconds between a packet and its copy (RFC 7197)'),
  entry('multicast-rtcp', '41500', 'The port for RTCP of a multicast (RFC 6128)', 'media'),
  entry('portmapping-req', '30000', 'Where a port mapping is asked for (RFC 6284)', 'media'),
  entry('rams-updates', '', 'Rapid acquisition of a multicast may be updated (RFC 6285)', 'media'),
  entry('cryptex', '', 'Header extensions and contributing sources may be encrypted too (RFC 9335)'),
  // sessions and conferences
  entry(
    'trafficclass',
    'conversational.audio.avconf:admitted',
    'What kind of traffic this is, for the treatment in the network (a draft; Cisco)',
    'media',
  ),
  entry('msrp-cema', '', 'A middlebox may stand in the MSRP connection (RFC 6714)', 'media'),
  entry('chatroom', 'nickname private-messages', 'What the chat room can do (RFC 7701)', 'media'),
  entry(
    'cs-correlation',
    'callerid:+15551234',
    'How a call on the circuit-switched network is recognised (RFC 7195)',
  ),
  entry('rtsp-ice-d-m', '', 'ICE is supported in RTSP (RFC 7825)', 'session'),
  entry('bcap', '1 AS:64', 'Bandwidth capabilities (RFC 7006)'),
  entry('icap', '1 a title', 'Title capabilities (RFC 7006)'),
  entry('ccap', '1 IN IP4 192.0.2.1', 'Connection data capabilities (RFC 7195)'),
  entry('alt', '1:a=lang:en', 'Alternatives for a part of the description (3GPP)'),
  entry('alt-default-id', '1', 'Which alternative is meant when none is chosen (3GPP)'),
  entry('alt-group', 'LANG:en=1,2', 'Groups of alternatives (3GPP)', 'session'),
  entry(
    'visited-realm',
    '1 realm.example IN IP4 192.0.2.1 5000',
    'Address realms on the way, to leave out relays (3GPP)',
    'media',
  ),
  entry(
    'secondary-realm',
    '1 realm.example IN IP4 192.0.2.1 5000',
    'A further address realm on the way (3GPP)',
    'media',
  ),
  entry('3gpp_sync_info', 'No Sync', 'Which streams must play together (3GPP)'),
  entry('3GPP-Adaptation-Support', '2', 'How often the client reports its buffer (3GPP)', 'media'),
  entry(
    '3GPP-QoE-Metrics',
    'metrics={Initial_Buffering_Duration};rate=End',
    'What the client measures and reports (3GPP)',
  ),
  entry('X-predecbufsize', '52300', 'The size of the buffer before the decoder (3GPP)', 'media'),
  entry('X-initpredecbufperiod', '5000', 'How much is buffered before playing (3GPP)', 'media'),
  // gateways: RFC 3108 and V.152
  entry('aalType', 'AAL1', 'The ATM adaptation layer (RFC 3108)'),
  entry('eecid', '34A2', 'The end-to-end connection identifier (RFC 3108)'),
  entry('vsel', 'G729 10 10000', 'Codecs for voice (RFC 3108)', 'media'),
  entry('dsel', 'off - -', 'Codecs for voice-band data (RFC 3108)', 'media'),
  entry('fsel', 'G711 8 -', 'Codecs for fax (RFC 3108)', 'media'),
  entry('bearerType', 'PVC -', 'The kind of bearer connection (RFC 3108)'),
  entry('lij', '- -', 'Leaf-initiated join (RFC 3108)'),
  entry('pmft', 'T38', 'Which ways to carry a fax are preferred (V.152)', 'media'),
  entry('T38ModemType', 't33', 'The kind of fax modem (T.38)', 'media'),
  // the telephone network: RFC 2848
  entry('phone-context', '+44', 'The numbering plan of a phone number (RFC 2848)'),
  entry('clir', 'true', "Whether the caller's number is withheld (RFC 2848)"),
  entry('require', 'phone-context', 'What the receiver must understand (RFC 2848)'),
  // media in containers
  entry('mpeg4-esid', '201', 'The MPEG-4 elementary stream (ISO/IEC 14496-8)', 'media'),
  entry('x-qt-text-nam', 'RTSP', 'A title, as QuickTime writes it'),
  entry('x-qt-text-inf', '2', 'Information, as QuickTime writes it'),
  entry('x-qt-text-cmt', 'a comment', 'A comment, as QuickTime writes it'),
  entry('x-framerate', '25', 'Frames a second, as media servers write it', 'media'),
  entry('encryption', 'optional', "Whether encryption is needed, as Microsoft's clients write it"),
];

/** One doc for each: those with a value name it as one token. */
export const registered: readonly AttributeDoc[] = ENTRIES.map(({ name, level, value, says }) =>
  attribute({
    name,
    level,
    form: value === '' ? 'flag' : 'optional',
    rfc: cite('IANA SDP parameters', 'attribute-name'),
    example: value === '' ? `a=${name}` : `a=${name}:${value}`,
    explain: (reader) => {
      if (value === '' || !reader.hasValue) return `${says}.`;
      const text = visible(reader.value.text);
      reader.token(reader.value, 'value', `the value "${text}"`);
      return `${says}: ${text}.`;
    },
  }),
);

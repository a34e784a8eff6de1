/** What to change where a browser refuses a description, and the words that Chromium itself uses: people search by them. */

export interface Advice {
  /** One or two sentences. */
  readonly mend: string;
  /** A part of the message of Chromium's exception. tests/e2e/refusals.spec.ts compares it with the browser. */
  readonly says?: string;
}

interface Entry extends Advice {
  /** The reasons of refusals that this is for. */
  readonly about: RegExp;
}

const RTCP_MUX = 'Write a=rtcp-mux into the section; the other side has to take RTCP on the port of RTP.';

const ENTRIES: readonly Entry[] = [
  {
    about: /no certificate fingerprint/,
    mend: 'Browsers encrypt with DTLS only: the other side has to send a=fingerprint and a=setup. A SIP server may have to be told so for each WebRTC client.',
    says: 'Called with SDP without DTLS fingerprint',
  },
  {
    about: /no ICE (?:user name|password)|ICE user name fragment is missing|ICE password is missing/,
    mend: 'Browsers connect with ICE only: the other side has to send a=ice-ufrag and a=ice-pwd.',
    says: 'Called with SDP without ice-ufrag and ice-pwd',
  },
  {
    about: /length of the ICE credentials|ICE credentials have characters/,
    mend: 'a=ice-ufrag has 4 to 256 and a=ice-pwd 22 to 256 letters, digits, "+" and "/", without spaces.',
    says: 'Invalid ICE parameters',
  },
  {
    about: /rtcp-mux is needed in a BUNDLE group/,
    mend: RTCP_MUX,
    says: 'rtcp-mux must be enabled when BUNDLE is enabled',
  },
  {
    about: /rtcp-mux is needed/,
    mend: RTCP_MUX,
    says: 'RTCP-MUX is not enabled when it is required',
  },
  {
    about:
      /order of the sections differs|^the offer has \d+ sections|kinds of the sections differ|mid differs from/,
    mend: 'An answer has all sections of its own offer, in their order, with their mids; those that it rejects have port 0. Often it is the answer to another offer.',
    says: "The order of m-lines in answer doesn't match order in offer. Rejecting answer.",
  },
  {
    about: /^no section has the mid/,
    mend: 'Take the mid out of the a=group line, or write a=mid into the section that is meant.',
    says: 'matching no m= section',
  },
  {
    about: /is in two BUNDLE groups/,
    mend: 'Name each mid in one a=group:BUNDLE line only.',
    says: 'that is already in a BUNDLE group',
  },
  {
    about: /is used twice$/,
    mend: 'Give each section a mid of its own.',
    says: 'Duplicate a=mid value',
  },
  {
    about: /an answer can not have the role/,
    mend: 'Write a=setup:active into the answer: actpass is for offers. Often an offer was set as an answer.',
    says: 'Answerer must use either active or passive value for setup attribute',
  },
  {
    about: /fingerprint has the wrong length/,
    mend: 'A SHA-256 fingerprint has 32 bytes: copy all of it.',
    says: 'Failed to apply remote fingerprint',
  },
  {
    about: /^no codec is known for payload type/,
    mend: 'Where a payload type is taken out of the m= line, its a=rtpmap, a=fmtp and a=rtcp-fb lines go too.',
    says: 'Failed to parse codecs correctly',
  },
  {
    about: /^two extensions of the BUNDLE group/,
    mend: 'Give each header extension one number in all sections of the group.',
    says: 'A BUNDLE group contains a codec collision for header extension id',
  },
  {
    about: /^rtx repairs payload type/,
    mend: 'Take the rtx payload type out together with the one that it repairs.',
    says: 'Failed to set remote video description send parameters for m-section with mid',
  },
  {
    about: /^a=ssrc lines name a second track/,
    mend: 'A section has one track (Unified Plan): write a section with a mid of its own for each.',
    says: 'Media section has more than one track specified with a=ssrc lines',
  },
  {
    about: /^simulcast needs the header extension/,
    mend: 'Encodings are told apart by it: offer and answer have a=extmap for urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id (RFC 8853, section 5.5), or the answer has no a=simulcast.',
    says: 'negotiates simulcast but does not negotiate the RID RTP header extension',
  },
  {
    about: /was that of another header extension$/,
    mend: 'A number stays with its header extension: an answer, and each later description, takes the numbers of the first offer.',
    says: 'RTP extension ID reassignment not supported',
  },
  {
    about: /^the header extension was offered as/,
    mend: 'An answer takes the numbers of the offer (RFC 8285, section 5).',
  },
  {
    about: /^another section has this stream and track$/,
    mend: 'Give each a=msid a track id of its own.',
    says: 'Duplicate a=msid lines detected',
  },
  {
    about: /^an audio track has a second source$/,
    mend: 'Take the second a=ssrc out: audio has one source for each track.',
    says: 'Failed to add remote stream ssrc',
  },
  {
    about: /^the source [0-9]+ is in two sections$/,
    mend: 'Sections that share a transport have sources of their own (RFC 3550, section 8.1).',
  },
  {
    about: /^a group (?:FID|FEC-FR) has two sources$/,
    mend: 'Name the source and the one that repairs it, and no other.',
    says: 'and an unexpected number of SSRCs',
  },
  {
    about: /would be taken for RTCP$/,
    mend: 'With rtcp-mux, 64 to 95 are not used (RFC 5761, section 4): take a number from 96 to 127.',
    says: 'used an invalid payload type',
  },
  {
    about: /^no video codec is known$/,
    mend: 'The section needs a video codec that both know, with an a=rtpmap line; payload types below 35 are fixed, and those below 24 are audio.',
    says: 'Failed to set remote video description send parameters',
  },
  {
    about: /^both sides have the role/,
    mend: 'One begins the DTLS handshake and the other waits: write a=setup:actpass into the offer, and active into the answer (RFC 8842, section 5).',
  },
  {
    about: /^the SCTP port can not change$/,
    mend: 'While the association lives, a=sctp-port stays as it was.',
    says: 'Failed to start SCTP transport',
  },
  {
    about: /^the line is empty$/,
    mend: 'Take the empty line out: some programs put one after each line, or between sections.',
    says: 'Invalid SDP line',
  },
  {
    about: /does not end with a line feed/,
    mend: 'Every line ends with a line break, also the last one: do not trim the text.',
    says: 'Invalid SDP line',
  },
  {
    about: /^"v=" is expected/,
    mend: 'The text begins with v=0: hand over the sdp itself, not an object or JSON around it.',
    says: 'Expect line: v=',
  },
  {
    about: /should be rejected too$/,
    mend: 'The first section of a BUNDLE group carries the transport: reject another one, or all.',
    says: 'should be rejected',
  },
  {
    about: /is no answer to/,
    mend: 'An answer to sendonly is recvonly or inactive, one to recvonly sendonly or inactive, one to inactive inactive.',
  },
  {
    about: /from 1 to 14$/,
    mend: 'Firefox takes the numbers of one-byte header extensions only.',
  },
];

/** Undefined where the reason itself says what to do. */
export const adviceFor = (reason: string): Advice | undefined => {
  const entry = ENTRIES.find(({ about }) => about.test(reason));
  return entry && { mend: entry.mend, ...(entry.says === undefined ? {} : { says: entry.says }) };
};

/** Both browsers refuse an answer that sends or receives what was not offered: RFC 3264 section 6.1. */
import { accessError, firstOf, type Rule } from './refusal.ts';

export const answerDirections: Rule = ({ description, offer }) => {
  if (offer === undefined) return undefined;
  return firstOf(description.media, (media) => {
    const offered = offer.media[media.index];
    if (!media.rtp || media.port === 0 || offered === undefined) return undefined;
    const sends = media.direction === 'sendrecv' || media.direction === 'sendonly';
    const receives = media.direction === 'sendrecv' || media.direction === 'recvonly';
    const maySend = offered.direction === 'sendrecv' || offered.direction === 'recvonly';
    const mayReceive = offered.direction === 'sendrecv' || offered.direction === 'sendonly';
    return (sends && !maySend) || (receives && !mayReceive)
      ? accessError(`${media.direction} is no answer to ${offered.direction}`, media.mLine)
      : undefined;
  });
};

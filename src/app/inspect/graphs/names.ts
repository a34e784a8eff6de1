import type { MediaSection } from '../../../core/sdp/structure.ts';
import { shown } from '../../format/shown.ts';

/** `audio, mid 0` */
export const sectionName = ({ kind, mid }: Pick<MediaSection, 'kind' | 'mid'>): string =>
  `${shown(kind, 20)}, ${mid === undefined ? 'no mid' : `mid ${shown(mid, 16)}`}`;

const PREFIXES =
  /^(?:urn:ietf:params:rtp-hdrext:|https?:\/\/www\.webrtc\.org\/experiments\/rtp-hdrext\/|https?:\/\/www\.ietf\.org\/id\/draft-holmer-rmcat-|https?:\/\/aomediacodec\.github\.io\/[^#]*#)/;

/** `ssrc-audio-level` of `urn:ietf:params:rtp-hdrext:ssrc-audio-level` */
export const extensionName = (uri: string): string => shown(uri.replace(PREFIXES, ''), 60);

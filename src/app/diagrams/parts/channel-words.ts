import { RECORD_CHANNEL } from '../../../core/session/event.ts';

/** In a sentence: the reader's data channel, or the one that carries what is recorded. */
export const channelWords = (label: string): string =>
  label === RECORD_CHANNEL ? 'Icescope’s own data channel' : 'the data channel';

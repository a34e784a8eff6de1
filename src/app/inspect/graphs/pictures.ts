/** The pictures of a description, by the tab that shows them, in columns. */
import type { Description } from '../../../core/sdp/structure.ts';
import { describeCodecs, layoutCodecs } from './codecs.ts';
import type { Drawing } from './drawing.ts';
import { describeSizes, layoutSizes } from './sizes.ts';
import { describeExtensions, describeStreams, layoutExtensions, layoutStreams } from './streams.ts';

interface Picture {
  readonly title: string;
  readonly note: string;
  readonly layout: (description: Description, width: number) => Drawing;
  readonly describe: (description: Description) => string;
  /** What to paste, when there is nothing to draw. */
  readonly empty: string;
}

const codecs: Picture = {
  title: 'Codecs',
  note: 'what repeats and repairs what',
  layout: layoutCodecs,
  describe: describeCodecs,
  empty: 'No section carries RTP, so there is no codec. Paste a description with audio or video.',
};

const streams: Picture = {
  title: 'Simulcast and SSRCs',
  note: 'what is sent in several forms',
  layout: layoutStreams,
  describe: describeStreams,
  empty: 'There is neither simulcast nor an SSRC here: a=simulcast, a=ssrc and a=ssrc-group would show.',
};

const extensions: Picture = {
  title: 'Header extensions',
  note: 'their ids by section',
  layout: layoutExtensions,
  describe: describeExtensions,
  empty: 'No header extension is named: an a=extmap line would show.',
};

const sizes: Picture = {
  title: 'Size',
  note: 'sections and lines, as tall as their bytes',
  layout: layoutSizes,
  describe: describeSizes,
  empty: 'There is no line.',
};

export const PICTURES: Readonly<Record<string, readonly (readonly Picture[])[]>> = {
  'Codecs and streams': [[codecs], [streams, extensions]],
  Size: [[sizes]],
};

/** The pictures of Inspect, on descriptions that real browsers made and on hostile ones. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeCodecs, layoutCodecs } from '../../../src/app/inspect/graphs/codecs.ts';
import { boxesOf, type Drawing } from '../../../src/app/inspect/graphs/drawing.ts';
import { describeSizes, layoutSizes } from '../../../src/app/inspect/graphs/sizes.ts';
import {
  describeExtensions,
  describeStreams,
  layoutExtensions,
  layoutStreams,
} from '../../../src/app/inspect/graphs/streams.ts';
import { describeStructure, layoutStructure } from '../../../src/app/inspect/graphs/structure.ts';
import { OFFER, SAMPLES } from '../../support/samples.ts';
import { sizesOf } from '../../../src/core/sdp/graphs/sizes.ts';
import { readDescription, type Description } from '../../../src/core/sdp/structure.ts';
import { collisions, labelBoxes } from '../../support/legible.ts';

const folder = join(import.meta.dirname, '../../fixtures/sdp/browsers');
const real = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
const section =
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97\r\na=mid:x\r\na=rtpmap:96 rtx/90000\r\na=fmtp:96 apt=97\r\n';
const hostile = [
  ['empty', ''],
  ['no section', 'v=0\r\ns=-\r\n'],
  ['a circle', `v=0\r\n${section}a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n`],
  [
    'long words',
    `v=0\r\na=group:BUNDLE ${'x'.repeat(500)} y y\r\n${section}${section}a=ssrc:1 cname:${'é'.repeat(300)}\r\n`,
  ],
  ['many sections', `v=0\r\n${section.repeat(100)}`],
  [
    'odd simulcast',
    `v=0\r\n${section}a=simulcast:send ;;,~\r\na=simulcast:\r\na=rid:\r\na=ssrc-group:\r\na=extmap:\r\n`,
  ],
] as const;
const texts = [...real, ...SAMPLES.map(({ id, text }) => [id, text] as const), ...hostile];

const graphs: readonly (readonly [
  string,
  (d: Description, width: number) => Drawing,
  (d: Description) => string,
])[] = [
  ['structure', layoutStructure, describeStructure],
  ['codecs', layoutCodecs, describeCodecs],
  ['streams', layoutStreams, describeStreams],
  ['extensions', layoutExtensions, describeExtensions],
  ['sizes', layoutSizes, describeSizes],
];
const read = (name: string): Description => readDescription(texts.find(([key]) => key === name)![1]);

describe.each(graphs)('%s', (_name, layout, describeIt) => {
  it.each(texts)('of %s is finite, inside its frame, and no label is on another', (_text, sdp) => {
    const description = readDescription(sdp);
    for (const width of [240, 358, 404, 760]) {
      const { boxes, labels, links, height } = layout(description, width);
      for (const box of boxes) {
        for (const value of [box.x, box.y, box.width, box.height]) expect(Number.isFinite(value)).toBe(true);
        expect(box.width).toBeGreaterThan(0);
        expect(box.x + box.width, box.title.slice(0, 40)).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
      }
      expect(new Set(boxes.map(({ id }) => id)).size).toBe(boxes.length);
      expect(links.filter(({ path }) => path.includes('NaN'))).toEqual([]);
      expect(collisions(labelBoxes(labels))).toEqual([]);
    }
    expect(describeIt(description).length).toBeLessThan(20_000);
    expect(layout(description, 404)).toEqual(layout(readDescription(sdp), 404));
  });
});

describe('what the pictures say', () => {
  it('structure: who shares a transport, and what is not there', () => {
    const said = describeStructure(read('broken'));
    expect(said).toMatch(/One transport for audio \(mid 0\): opus, red, .*; application \(mid 1\): SCTP/);
    expect(said).toContain('mid 2, which does not exist');
    expect(said).toContain('ufrag is tUje; candidates: 4 host');
  });

  it('codecs: RTX beside what it repeats, as Chromium pairs them', () => {
    const { boxes, links } = layoutCodecs(read('chromium-video-offer.sdp'), 760);
    const sdp = texts.find(([name]) => name === 'chromium-video-offer.sdp')![1];
    const pairs = Array.from(
      sdp.matchAll(/^a=fmtp:(\d+) apt=(\d+)/gm),
      ([, rtx, codec]) => `${codec} ${rtx}`,
    );
    expect(pairs.length).toBeGreaterThan(3);
    const number = (id: string): string => boxes.find((box) => box.id === id)!.title.split(' ')[0]!;
    const drawn = links.map(({ id }) => id.split('>').map(number).join(' '));
    expect(drawn.sort()).toEqual(pairs.sort());
  });

  it('streams: the layers that were asked of Chromium', () => {
    expect(describeStreams(read('chromium-simulcast-offer.sdp'))).toContain('simulcast send: hi, mid, lo');
  });

  it('sizes: every byte is counted once', () => {
    for (const [, sdp] of texts) {
      const sum = sizesOf(readDescription(sdp)).reduce((total, { bytes }) => total + bytes, 0);
      expect(sum).toBe(Buffer.byteLength(sdp));
    }
  });

  it('many candidates are counted in full', () => {
    const line = `a=${SAMPLES[2]!.text.split('\r\n')[1]!}\r\n`;
    const offer = OFFER.replace('a=ice-ufrag', `${line.repeat(15_000)}a=ice-ufrag`);
    const { labels } = layoutStructure(readDescription(offer), 404);
    expect(labels.map(({ text }) => text)).toContain('15000');
  });

  it('a line is found in its most particular box', () => {
    const reflexive = SAMPLES[2]!.text.split('\r\n')[1]!;
    const offer = OFFER.replace('a=ice-ufrag', `a=${reflexive}\r\na=ice-ufrag`);
    const drawing = layoutStructure(readDescription(offer), 404);
    const [id] = boxesOf(drawing, 13);
    expect(drawing.boxes.find((box) => box.id === id)).toMatchObject({ mark: 'srflx', lines: [13] });
  });
});

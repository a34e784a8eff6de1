import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { SAMPLES } from '../core/importers/samples.ts';

async function convert(input: string, ...args: readonly string[]) {
  const written = new Map<string, string>();
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(['convert', ...args], {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    read: () => Promise.resolve(new TextEncoder().encode(input)),
    write: (path, text) => Promise.resolve(void written.set(path, text)),
  });
  return { code, out: out.join(''), err: err.join(''), written };
}

describe('icescope convert', () => {
  it('writes a dump of any format as RTCStats version 3, and what it does not hold beside it', async () => {
    const { code, out, err } = await convert(SAMPLES['firefox-page']![0]!, 'page.html');
    expect(code).toBe(0);
    expect(out).toMatch(/^RTCStatsDump\n\{"fileFormat":3,/);
    expect(err).toContain('Firefox’s about:webrtc page');
    expect(err).toContain('Firefox does not tell when a state changed');
  });

  it('of what it wrote, gives the same bytes again', async () => {
    const once = await convert(SAMPLES['webrtc-internals']![0]!, 'dump.txt');
    expect((await convert(once.out, '-')).out).toBe(once.out);
  });

  it('writes into a file with -o, wherever that stands', async () => {
    for (const args of [
      ['x.json', '-o', 'y.txt'],
      ['-o', 'y.txt', 'x.json'],
    ]) {
      const { out, written } = await convert(SAMPLES['rtcstats-0']![0]!, ...args);
      expect(out).toBe('');
      expect(written.get('y.txt')).toMatch(/^RTCStatsDump\n/);
    }
  });

  it.each([
    [['x'], 'hello', /^icescope convert: x: This is no dump that Icescope knows/],
    [['x', 'y'], '', /one dump at a time/],
    [['x', '-o'], '', /-o needs/],
    [['--json'], '', /there is no option --json/],
    [[], '', /one dump at a time/],
  ])('%j of %j is refused in one line', async (args, input, words) => {
    const { code, err } = await convert(input, ...args);
    expect(code).toBe(2);
    expect(err).toMatch(words);
    expect(err.trimEnd()).not.toContain('\n');
  });
});

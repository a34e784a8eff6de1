/** What the level of a video codec is enough for, told by a usual picture. */

/** The most that a level allows: samples in a picture and in a second; H.264 counts macroblocks of 16 × 16. */
export interface LevelLimits {
  readonly picture: number;
  readonly second: number;
}

const PICTURES = [
  [7680, 4320],
  [3840, 2160],
  [2560, 1440],
  [1920, 1080],
  [1280, 720],
  [720, 576],
  [640, 360],
  [352, 288],
  [176, 144],
] as const;

/** `enough for 1280 × 720 at 30 frames a second`: the largest of some usual pictures, and how often. `side`: of a block, in pixels. */
export function enoughFor({ picture, second }: LevelLimits, side: 1 | 16): string {
  const blocks = ([width, height]: readonly [number, number]) =>
    Math.ceil(width / side) * Math.ceil(height / side);
  const fitting = PICTURES.find((size) => blocks(size) <= picture) ?? PICTURES.at(-1)!;
  const rate = Math.floor(second / blocks(fitting));
  return `enough for ${fitting[0]} × ${fitting[1]} at ${rate} frames a second`;
}

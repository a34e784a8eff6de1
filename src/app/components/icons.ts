interface Part {
  readonly d: string;
  readonly solid?: true;
  readonly heavy?: true;
}

export type IconName =
  | 'arrow-right'
  | 'check'
  | 'copy'
  | 'menu'
  | 'moon'
  | 'sun'
  | 'one'
  | 'two'
  | 'fold'
  | 'unfold'
  | 'play'
  | 'pause'
  | 'step-back'
  | 'step-forward'
  | 'squeeze'
  | 'live'
  | 'open'
  | 'save';

/** Drawn for a 24 × 24 box. */
export const ICONS: Readonly<Record<IconName, readonly Part[]>> = {
  'arrow-right': [{ d: 'M4 12h15M13 6l6 6-6 6' }],
  check: [{ d: 'M4.5 12.5l5 5 10-11', heavy: true }],
  copy: [{ d: 'M9 9h11v11H9zM15 9V4H4v11h5' }],
  menu: [{ d: 'M4 7h16M4 12h16M4 17h16' }],
  moon: [{ d: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z' }],
  sun: [
    { d: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z' },
    { d: 'M12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3L7 7M17 17l1.7 1.7M5.3 18.7L7 17M17 7l1.7-1.7' },
  ],
  one: [{ d: 'M4 5h16v14H4z' }],
  two: [{ d: 'M4 5h16v14H4zM12 5v14' }],
  fold: [{ d: 'M4 5h16v14H4zM9 5v14M16 9l-3 3 3 3' }],
  unfold: [{ d: 'M4 5h16v14H4zM9 5v14M13 9l3 3-3 3' }],
  play: [{ d: 'M7 4.5v15l12-7.5z', solid: true }],
  pause: [{ d: 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z', solid: true }],
  'step-back': [
    { d: 'M18 5v14l-9-7z', solid: true },
    { d: 'M6 5v14', heavy: true },
  ],
  'step-forward': [
    { d: 'M6 5v14l9-7z', solid: true },
    { d: 'M18 5v14', heavy: true },
  ],
  squeeze: [{ d: 'M3 12h6M6 8.5l3.5 3.5L6 15.5M21 12h-6M18 8.5L14.5 12l3.5 3.5' }],
  live: [
    { d: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', solid: true },
    { d: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z' },
  ],
  open: [{ d: 'M12 16V5M7 9.5l5-5 5 5M4 20h16' }],
  save: [{ d: 'M12 4v11M7 10.5l5 5 5-5M4 20h16' }],
};

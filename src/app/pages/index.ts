import type { Component } from 'svelte';
import { defineRegistry } from '../../core/base/registry.ts';

/** A page of the app. Its code loads when it is opened. */
export interface Page {
  readonly id: string;
  /** What the address holds after `#/`. */
  readonly path: string;
  readonly title: string;
  readonly inMenu: boolean;
  /** What it is for, in a few words. */
  readonly job: string;
  readonly load: () => Promise<{ readonly default: Component }>;
}

/** Its first picture is asked for with it, not after it: one way to the server and back less. */
function loadConnect(): ReturnType<Page['load']> {
  void import('../diagrams/paths/front.ts').catch(() => {});
  return import('./Connect.svelte');
}

export const PAGES = defineRegistry<Page>([
  {
    id: 'connect',
    path: '',
    title: 'Connect',
    inMenu: true,
    job: 'a real connection, recorded and played back slowly',
    load: loadConnect,
  },
  {
    id: 'learn',
    path: 'learn',
    title: 'Learn',
    inMenu: true,
    job: 'short lessons on real connections',
    load: () => import('./Learn.svelte'),
  },
  {
    id: 'inspect',
    path: 'inspect',
    title: 'Inspect',
    inMenu: true,
    job: 'every line of an SDP explained, every mistake named',
    load: () => import('./Inspect.svelte'),
  },
  {
    id: 'letter',
    path: 'j',
    title: 'Copy and paste',
    inMenu: false,
    job: 'two devices, and letters carried by hand',
    load: () => import('./CopyPaste.svelte'),
  },
  {
    id: 'debug',
    path: 'debug',
    title: 'Debug',
    inMenu: true,
    job: 'STUN and TURN servers tested from this browser',
    load: () => import('./Debug.svelte'),
  },
  {
    id: 'simulate',
    path: 'simulate',
    title: 'Simulate',
    inMenu: true,
    job: 'NATs and ICE in virtual time: choose, run, change one thing, compare',
    load: () => import('./Simulate.svelte'),
  },
  {
    id: 'gallery',
    path: 'gallery',
    title: 'Gallery',
    inMenu: false,
    job: 'every diagram on every recorded session',
    load: () => import('./Gallery.svelte'),
  },
]);

/** The page that an address names: what follows its path, as in `learn/candidates`, is the page's own. */
export const pageAt = (path: string): Page | undefined =>
  PAGES.all.find((page) => page.path === path || (page.path !== '' && path.startsWith(`${page.path}/`)));

import type { Component } from 'svelte';
import { defineRegistry } from '../../core/base/registry.ts';

/** A page of the app. Its code loads when it is opened. */
export interface Page {
  readonly id: string;
  /** What the address holds after `#/`. */
  readonly path: string;
  readonly title: string;
  readonly inMenu: boolean;
  readonly load: () => Promise<{ readonly default: Component }>;
}

export const PAGES = defineRegistry<Page>([
  { id: 'connect', path: '', title: 'Connect', inMenu: true, load: () => import('./Connect.svelte') },
  { id: 'inspect', path: 'inspect', title: 'Inspect', inMenu: true, load: () => import('./Inspect.svelte') },
  { id: 'gallery', path: 'gallery', title: 'Gallery', inMenu: false, load: () => import('./Gallery.svelte') },
]);

import './tokens.css';
import './theme.css';
import './diagrams/diagrams.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { keepForOffline } from './offline.ts';

const target = document.getElementById('app')!;
target.replaceChildren();
mount(App, { target });
addEventListener('load', keepForOffline);
new MutationObserver((changes) => {
  const came = changes.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node instanceof Element);
  arrive(came.find(({ id }) => id === 'main'));
}).observe(target, { childList: true });

let isFirst = true;
/** A page that comes after another is begun at its top, by eye, by keyboard and by a screen reader. */
function arrive(main: Element | undefined): void {
  if (!(main instanceof HTMLElement)) return;
  if (!isFirst) {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
  isFirst = false;
}

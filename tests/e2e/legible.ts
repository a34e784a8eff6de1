/** What a reader could not read or press, measured in the page as the browser drew it. */
import type { Page } from '@playwright/test';

/** Pairs of texts in one diagram whose boxes lie over each other by more than a hair. */
export function labelsOverEachOther(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const figure of document.querySelectorAll('figure[data-diagram]')) {
      const texts = [...figure.querySelectorAll('.labels text')].filter((text) => text.textContent !== '');
      const boxes = texts.map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
      boxes.forEach((a, index) => {
        for (const b of boxes.slice(index + 1)) {
          const x = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
          const y = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
          if (x > 1 && y > 3)
            found.push(`${figure.getAttribute('aria-label')}: "${a.text}" over "${b.text}"`);
        }
      });
    }
    return found;
  });
}

/**
 * Controls and words that lie on one another, that something cuts off where nobody can scroll, or that stick out of
 * their own button; and a page that is wider than its window. Diagrams are measured by their labels instead.
 */
export function misplaced(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    interface Thing {
      readonly element: Element;
      readonly name: string;
      readonly box: DOMRect;
      readonly isControl: boolean;
    }
    const CONTROL =
      'a[href], button, input, select, textarea, summary, [role=button], [role=slider], [role=tab]';
    const found = new Set<string>();
    const things = [...controls(), ...words()];
    for (const thing of things) {
      const cut = cutOf(thing);
      if (cut > 1.5) found.add(`"${thing.name}" is cut by ${Math.round(cut)} px`);
      const button = thing.isControl ? null : thing.element.closest('button, a.btn, [role=tab]');
      if (button && outside(thing.box, button.getBoundingClientRect()) > 1.5)
        found.add(`"${thing.name}" sticks out of its button`);
    }
    const seen = things.map(seenOf).filter((thing) => thing !== null);
    seen.forEach((a, at) => {
      for (const b of seen.slice(at + 1)) if (collide(a, b)) found.add(`"${a.name}" on "${b.name}"`);
    });
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide > 0) found.add(`the page is ${wide} px too wide`);
    return [...found];

    /** Neither hidden nor for screen readers alone, which is one pixel, or outside until it has the focus. */
    function shown(element: Element): boolean {
      const isShown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      if (!isShown || element.closest('.sr, svg, [aria-hidden=true]')) return false;
      for (let up: Element | null = element; up && up !== document.body; up = up.parentElement) {
        const { width, height, bottom } = up.getBoundingClientRect();
        if ((width <= 1 && height <= 1) || bottom + scrollY <= 0) return false;
      }
      return true;
    }

    function controls(): Thing[] {
      return [...document.querySelectorAll(CONTROL)].filter(shown).map((element) => ({
        element,
        name:
          (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30) ||
          element.tagName,
        box: element.getBoundingClientRect(),
        isControl: true,
      }));
    }

    function words(): Thing[] {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const all: Thing[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement!;
        const name = node.textContent?.trim().slice(0, 30) ?? '';
        if (name === '' || !shown(element) || element.closest('script, style, select, textarea')) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
          // Of a line its middle: what is above and below it belongs to letters that reach far.
          const air = box.height * 0.2;
          const line = new DOMRect(box.x, box.y + air, box.width, box.height - 2 * air);
          if (line.width > 2) all.push({ element, name, box: line, isControl: false });
        }
      }
      return all;
    }

    /** How far beyond what can not be scrolled; what ends in an ellipsis, or fades, is shortened, not cut. */
    function cutOf({ element, box, isControl }: Thing): number {
      let most = 0;
      for (
        let up: Element | null = isControl ? element.parentElement : element;
        up && up !== document.body;
        up = up.parentElement
      ) {
        const style = getComputedStyle(up);
        if (style.position === 'fixed') break;
        if (style.textOverflow === 'ellipsis' || style.maskImage !== 'none') return 0;
        const edge = up.getBoundingClientRect();
        if (/auto|scroll/.test(style.overflowX + style.overflowY)) break;
        if (/hidden|clip/.test(style.overflowX))
          most = Math.max(most, edge.left - box.left, box.right - edge.right);
        if (/hidden|clip/.test(style.overflowY))
          most = Math.max(most, edge.top - box.top, box.bottom - edge.bottom);
      }
      return most;
    }

    function outside(inner: DOMRect, outer: DOMRect): number {
      return Math.max(
        outer.left - inner.left,
        inner.right - outer.right,
        outer.top - inner.top,
        inner.bottom - outer.bottom,
      );
    }

    /** What of it is in sight; null where it is scrolled or shortened away. */
    function seenOf(thing: Thing): Thing | null {
      let { left, right, top, bottom } = thing.box;
      for (let up = thing.element; up && up !== document.body; up = up.parentElement!) {
        if (up === thing.element && thing.isControl) continue;
        if (!/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflow)) continue;
        const edge = up.getBoundingClientRect();
        [left, top] = [Math.max(left, edge.left), Math.max(top, edge.top)];
        [right, bottom] = [Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
      }
      const isSeen = right - left > 2 && bottom - top > 2;
      return isSeen ? { ...thing, box: new DOMRect(left, top, right - left, bottom - top) } : null;
    }

    /** What stays in its place while the page scrolls under it. */
    function layer(element: Element): Element | null {
      for (let up: Element | null = element; up; up = up.parentElement)
        if (/fixed|sticky/.test(getComputedStyle(up).position)) return up;
      return null;
    }

    function collide(a: Thing, b: Thing): boolean {
      if (a.element.contains(b.element) || b.element.contains(a.element)) return false;
      if (a.element.closest('label')?.contains(b.element)) return false;
      const x = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const y = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      return x > 1 && y > 1 && layer(a.element) === layer(b.element);
    }
  });
}

/** Layers on the methods of an interface, for all its objects: an object that is observed gets no members of its own. */
import type { Around, OnMethod } from '../live/observe-method.ts';
import { disguise, replace } from './disguise.ts';
import { apply, getOwnPropertyDescriptor } from './natives.ts';

type Method = (...args: unknown[]) => unknown;

const layers = new WeakMap<object, Map<string, Around>>();

/** As `observe` wants it: this one object's calls of `name` go through `around`. */
export const onMethod: OnMethod = (target, name, around) => {
  const own = layers.get(target) ?? new Map<string, Around>();
  layers.set(target, own);
  own.set(name, around);
  return () => own.delete(name);
};

/** Covers a method of a prototype. `meet` is told each object that it is called on, before. */
export function cover(prototype: object, name: string, meet: (self: unknown) => void): void {
  const native = getOwnPropertyDescriptor(prototype, name)?.value as Method | undefined;
  if (typeof native !== 'function') return;
  const layer = new Proxy(native, {
    apply(method, self: object, args: unknown[]) {
      meet(self);
      const around = layers.get(self)?.get(name);
      return around
        ? around((given) => apply(method, self, given) as unknown, args)
        : (apply(method, self, args) as unknown);
    },
  });
  replace(prototype, name, native, disguise(layer, native));
}

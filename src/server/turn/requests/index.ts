/** The methods that this server answers. */
import { defineRegistry } from '../../../core/base/registry.ts';
import { allocate } from './allocate.ts';
import { binding } from './binding.ts';
import { channelBind } from './channel-bind.ts';
import { createPermission } from './create-permission.ts';
import { discovery } from './discovery.ts';
import type { RequestHandler } from './handler.ts';
import { refresh } from './refresh.ts';

export const requestRegistry = defineRegistry<RequestHandler>([
  binding,
  allocate,
  refresh,
  createPermission,
  channelBind,
]);

const byMethod = new Map(requestRegistry.all.map((handler) => [handler.method, handler]));

/** `discovers`: there is an address to change to, so that Binding is NAT behaviour discovery too. */
export function handlerOf(method: number, discovers: boolean): RequestHandler | undefined {
  return discovers && method === discovery.method ? discovery : byMethod.get(method);
}

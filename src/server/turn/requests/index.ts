/** The methods that this server answers. */
import { defineRegistry } from '../../../core/base/registry.ts';
import { allocate } from './allocate.ts';
import { binding } from './binding.ts';
import { channelBind } from './channel-bind.ts';
import { createPermission } from './create-permission.ts';
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

export function handlerOf(method: number): RequestHandler | undefined {
  return byMethod.get(method);
}

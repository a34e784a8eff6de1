/** Does one task and tells what came of it. */
import { tasks, type Order } from './work.ts';

onmessage = ({ data }: MessageEvent<Order>) => {
  postMessage((tasks[data.name] as (...all: unknown[]) => unknown)(...data.given));
};

/** Every kind of fuzzing. To add one: a file beside its neighbours, and its name here. */
import { datagrams } from './datagrams.ts';
import { frames } from './frames.ts';
import type { Kind } from './fuzz.ts';
import { streams } from './streams.ts';

export const kinds: readonly Kind[] = [datagrams, streams, frames];

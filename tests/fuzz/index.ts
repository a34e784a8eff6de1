/** Every kind of fuzzing. To add one: a file beside its neighbours, and its name here. */
import { records, roomMessages } from './channel.ts';
import { datagrams } from './datagrams.ts';
import { dumps } from './dumps.ts';
import { frames } from './frames.ts';
import type { Kind } from './fuzz.ts';
import { codes, links } from './link.ts';
import { paste } from './paste.ts';
import { sessions } from './session.ts';
import { storage } from './storage.ts';
import { streams } from './streams.ts';

export const kinds: readonly Kind[] = [
  paste,
  links,
  codes,
  sessions,
  records,
  roomMessages,
  storage,
  datagrams,
  streams,
  frames,
  dumps,
];

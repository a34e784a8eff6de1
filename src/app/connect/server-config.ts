/** What `config.json` beside the page holds; loaded once it arrived, since the first picture does not need it. */
import * as v from 'valibot';

const Config = v.object({
  iceServers: v.array(
    v.object({
      urls: v.array(v.string()),
      username: v.exactOptional(v.string()),
      credential: v.exactOptional(v.string()),
    }),
  ),
  /** Whether it is Icescope's own server, which has rooms; a static host's file leaves it out. */
  rooms: v.exactOptional(v.boolean()),
  /** Whether the server shows the packets that it sees. */
  xray: v.exactOptional(v.boolean()),
});
type ServerConfig = v.InferOutput<typeof Config>;
export type IceServers = ServerConfig['iceServers'];

/** Null where it is not of this shape. */
export function readConfig(value: unknown): ServerConfig | null {
  const config = v.safeParse(Config, value);
  return config.success ? config.output : null;
}

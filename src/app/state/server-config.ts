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
});
export type IceServers = v.InferOutput<typeof Config>['iceServers'];

/** Null where it is not of this shape. */
export function readConfig(value: unknown): IceServers | null {
  const config = v.safeParse(Config, value);
  return config.success ? config.output.iceServers : null;
}

/** What `serve` says of itself, apart from what it needs to run: the list of commands loads no server. */
export const serveUsage = {
  id: 'serve',
  usage:
    'serve [--port 4173] [--stun-port 3478] [--host 127.0.0.1] [--stun-host ADDRESS] [--stun-other-host ADDRESS] [--origin URL]… [--trust-proxy] [--log]',
  summary: 'serve the app, with rooms for two devices, and STUN and TURN for this machine',
};

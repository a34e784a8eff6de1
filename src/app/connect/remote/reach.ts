/** Whether a page of this host name can be opened on this machine only: loopback (RFC 6890; RFC 6761, section 6.3). */
export const isHereOnly = (host: string): boolean =>
  /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(host);

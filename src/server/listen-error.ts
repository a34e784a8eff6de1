/** Why a port could not be had, in one line that names the port and the reason. */
export function explainListenError(error: NodeJS.ErrnoException, host: string, port: number): string {
  const reasons: Record<string, string> = {
    EADDRINUSE: 'is taken by another program',
    EACCES: 'needs more rights than this user has',
    EADDRNOTAVAIL: 'can not be used: this machine does not have that address',
    ENOTFOUND: 'can not be used: no address is known for that name',
    EAFNOSUPPORT: 'can not be used: this machine does not speak that address family',
  };
  return `Port ${port} on ${host} ${reasons[error.code ?? ''] ?? `can not be used: ${error.message}`}.`;
}

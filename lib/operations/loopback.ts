import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether a host name or address is this machine's own and reached from nowhere else; IPv6 as in a URL too. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  const version = isIP(address);
  return version === 0 ? host === 'localhost' : loopback.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** Whether people reach this server by a public address, and so through whatever stands before it. */
export function hasPublicAddress(appUrl: string | undefined): boolean {
  return appUrl !== undefined && !isLoopback(new URL(appUrl).hostname);
}

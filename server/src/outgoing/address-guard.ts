import { BlockList, isIP } from 'node:net'

/**
 * Which network addresses the server may call on behalf of a person: public ones, and those the configuration names.
 * Everything else (this machine, its network, the cloud's metadata service) is refused, so that an address typed by a
 * user never reaches what only the server can see.
 */
export interface AddressGuard {
  /** `host`: the name under which the address was found, which may be allowed by name. */
  isAllowed(address: string, host: string): boolean
}

export class AllowListError extends Error {
  override name = 'AllowListError'
}

/** IPv4 ranges that are not public. Source: IANA IPv4 Special-Purpose Address Registry, and multicast. */
const CLOSED_V4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
/** Of IPv6 only global unicast is public, without the parts that carry or stand for other addresses. */
const OPEN_V6: readonly [string, number] = ['2000::', 3]
const CLOSED_V6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

/** `allow`: host names, addresses or CIDR ranges. Throws AllowListError for an entry that is none of them. */
export function createAddressGuard(allow: readonly string[]): AddressGuard {
  const closed = new BlockList()
  for (const [net, bits] of CLOSED_V4) closed.addSubnet(net, bits, 'ipv4')
  for (const [net, bits] of CLOSED_V6) closed.addSubnet(net, bits, 'ipv6')
  const openV6 = new BlockList()
  openV6.addSubnet(...OPEN_V6, 'ipv6')
  const allowed = new BlockList()
  const hosts = new Set<string>()
  for (const entry of allow) addEntry(entry, allowed, hosts)
  return {
    isAllowed(address, host) {
      const family = familyOf(address)
      if (!family) return false
      if (hosts.has(host.toLowerCase()) || allowed.check(address, family)) return true
      return family === 'ipv4'
        ? !closed.check(address, family)
        : openV6.check(address, family) && !closed.check(address, family)
    },
  }
}

function addEntry(entry: string, allowed: BlockList, hosts: Set<string>): void {
  const [net = '', bits] = entry.split('/')
  const family = familyOf(net)
  if (!family) {
    if (bits !== undefined || !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(net)) {
      throw new AllowListError(`"${entry}" is no host name, address or range such as 10.0.0.0/8`)
    }
    hosts.add(net.toLowerCase())
    return
  }
  const width = bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits)
  if (!Number.isInteger(width) || width < 0 || width > (family === 'ipv4' ? 32 : 128)) {
    throw new AllowListError(`"${entry}" is no range such as 10.0.0.0/8`)
  }
  allowed.addSubnet(net, width, family)
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  const version = isIP(address)
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null
}

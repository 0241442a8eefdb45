/** Which addresses workers may connect to. Sources are private hosts by nature, so networks are a setting. */

import { BlockList, isIP, isIPv6 } from 'node:net'
import type { TargetPolicy } from '@aiia/core/sync/source'
import { SettingsError } from './settings.ts'

export type TargetRules = {
  /** Networks or addresses. Not empty: nothing else may be reached. */
  allow: readonly string[]
  deny: readonly string[]
}

/** Cloud metadata services answer on link-local addresses; nothing there is a source. */
const neverSources = ['169.254.0.0/16', 'fe80::/10', '0.0.0.0/8', '::/128', '224.0.0.0/4', '240.0.0.0/4', 'ff00::/8', 'fd00:ec2::254/128']

/** @throws SettingsError that names the part that is no network */
export const createTargetPolicy = ({ allow, deny }: TargetRules): TargetPolicy => {
  const allowed = blockList('ALLOW_TARGETS', allow)
  const denied = blockList('DENY_TARGETS', deny)
  const never = blockList('', neverSources)
  return {
    refusal: (given) => {
      const address = normalise(given)
      const family = isIPv6(address) ? 'ipv6' : 'ipv4'
      if (isIP(address) === 0) return `${given} is not an IP address`
      if (denied.check(address, family)) return `${given} is in a network that DENY_TARGETS names`
      if (allowed.check(address, family)) return null
      if (allow.length > 0) return `${given} is in no network that ALLOW_TARGETS names`
      return never.check(address, family) ? `${given} is a link-local, metadata or multicast address` : null
    },
  }
}

const blockList = (setting: string, networks: readonly string[]): BlockList => {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    const most = family === 'ipv6' ? 128 : 32
    const prefix = bits === undefined ? most : Number(bits)
    if (isIP(address) === 0 || bits === '' || !Number.isInteger(prefix) || prefix < 0 || prefix > most) {
      throw new SettingsError([`${setting}: "${network}" is not a network such as 10.140.0.0/16 or an address such as 10.140.2.14`])
    }
    list.addSubnet(address, prefix, family)
  }
  return list
}

/** `::ffff:10.0.0.1`, in decimal or hexadecimal, is 10.0.0.1, and a zone id says nothing here. */
const normalise = (given: string): string => {
  const address = given.replace(/%.*$/, '')
  if (!isIPv6(address)) return address
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical)
  if (mapped === null) return canonical
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

import { isIP } from 'node:net'
import { AppError } from '@vesalius/contracts'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'

/** Whom passkeys are made for: the domain, and the only origin whose pages may use them. */
export interface RelyingParty {
  id: string
  origin: string
}

/**
 * From `VESALIUS_PUBLIC_URL`; without one, of `http://localhost` only, whatever its port. Null where browsers allow none: at
 * bare addresses, and without https elsewhere than on one's own machine.
 */
export function findRelyingParty(
  { publicUrl }: Pick<Config, 'publicUrl'>,
  { headers }: FastifyRequest,
): RelyingParty | null {
  const { protocol, hostname, origin } = new URL(publicUrl ?? `http://${hostOf(headers.host)}`)
  if (publicUrl === null && hostname !== 'localhost') return null
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return null
  if (protocol !== 'https:' && hostname !== 'localhost') return null
  return { id: hostname, origin }
}

/** Throws PASSKEYS_UNAVAILABLE. */
export function requireRelyingParty(config: Pick<Config, 'publicUrl'>, request: FastifyRequest): RelyingParty {
  const party = findRelyingParty(config, request)
  if (party) return party
  throw new AppError('PASSKEYS_UNAVAILABLE', 'Passkeys need https and a name: see VESALIUS_PUBLIC_URL.')
}

const hostOf = (header: string | undefined) =>
  /^localhost(:\d{1,5})?$/.test(header ?? '') ? header : 'elsewhere.invalid'

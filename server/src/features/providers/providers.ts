import type { Config } from '../../config.ts'
import { createOutgoing } from '../../outgoing/outgoing.ts'
import type { SignInProtocol } from './identity.ts'
import { openIdConnect } from './openid-connect.ts'
import { plainOAuth } from './plain-oauth.ts'
import { openProviderFetch } from './provider-fetch.ts'
import type { ProviderSettings } from './provider-settings.ts'

export interface Provider extends SignInProtocol {
  settings: ProviderSettings
}

/** The sign-in services of the installation, by id. Whoever runs it names them, so each may lie inside its network. */
export function openProviders({ signInProviders, outgoingAllow }: Config): ReadonlyMap<string, Provider> {
  return new Map(
    signInProviders.map((settings) => {
      const host = settings.issuer ? [new URL(settings.issuer).hostname] : []
      const fetch = openProviderFetch(createOutgoing([...outgoingAllow, ...host]))
      const { preset } = settings
      const protocol =
        preset && preset !== 'google' ? plainOAuth(preset, settings, fetch) : openIdConnect(settings, fetch)
      return [settings.id, { ...protocol, settings }]
    }),
  )
}

import * as client from 'openid-client'
import type { Identity, SignInProtocol, SignInRequest } from './identity.ts'
import type { ProviderFetch } from './provider-fetch.ts'
import type { ProviderSettings } from './provider-settings.ts'

const DISCOVERED_FOR_MS = 3600_000

/** OpenID Connect Core 1.0, authorization code flow, with PKCE, state and nonce; everything else is discovered. */
export function openIdConnect(settings: ProviderSettings, fetch: ProviderFetch): SignInProtocol {
  const issuer = new URL(settings.issuer ?? '')
  let found: { at: number; configuration: Promise<client.Configuration> } | null = null

  const discover = (): Promise<client.Configuration> => {
    if (found && Date.now() - found.at < DISCOVERED_FOR_MS) return found.configuration
    const configuration = client.discovery(issuer, settings.clientId, settings.clientSecret, undefined, {
      [client.customFetch]: fetch,
      execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [],
    })
    found = { at: Date.now(), configuration }
    configuration.catch(() => {
      found = null
    })
    return configuration
  }

  return {
    addressOf: async ({ redirectUri, state, verifier, nonce }) =>
      client.buildAuthorizationUrl(await discover(), {
        redirect_uri: redirectUri,
        scope: settings.scope ?? 'openid email profile',
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }),
    identify: async (answer, request) => readTokens(await discover(), settings, answer, request),
  }
}

async function readTokens(
  configuration: client.Configuration,
  { groupsClaim }: ProviderSettings,
  answer: URL,
  { state, verifier, nonce }: SignInRequest,
): Promise<Identity> {
  const tokens = await client.authorizationCodeGrant(configuration, answer, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new Error('the answer has no claims')
  const isWhole = claims.email !== undefined && claims[groupsClaim] !== undefined
  const hasMore = configuration.serverMetadata().userinfo_endpoint !== undefined
  const more = isWhole || !hasMore ? {} : await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
  return toIdentity({ ...more, ...claims }, groupsClaim)
}

function toIdentity(claims: Record<string, unknown> & { sub: string }, groupsClaim: string): Identity {
  const asText = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
  const groups = claims[groupsClaim]
  return {
    subject: claims.sub,
    email: asText(claims.email)?.toLowerCase() ?? null,
    isEmailVerified: claims.email_verified === true || claims.email_verified === 'true',
    name: asText(claims.preferred_username) ?? asText(claims.name),
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
  }
}

import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Identity, SignInProtocol, SignInRequest } from './identity.ts'
import type { ProviderFetch } from './provider-fetch.ts'
import type { Preset, ProviderSettings } from './provider-settings.ts'

/** What differs between services that speak OAuth 2.0 (RFC 6749) or something like it, but not OpenID Connect. */
interface Dialect {
  addressOf(settings: ProviderSettings, request: SignInRequest): URL
  identify(parts: {
    settings: ProviderSettings
    fetch: ProviderFetch
    code: string
    request: SignInRequest
  }): Promise<Identity>
}

const Token = z.object({ access_token: z.string() })
const identityOf = (subject: string | number, rest: Partial<Identity>): Identity => ({
  ...{ subject: String(subject), email: null, isEmailVerified: false, name: null, groups: [] },
  ...rest,
})

async function readJson<Schema extends z.ZodType>(response: Response, schema: Schema): Promise<z.infer<Schema>> {
  if (!response.ok) throw new Error(`the sign-in service answers ${response.status}`)
  return schema.parse(await response.json())
}

const withQuery = (address: string, query: Record<string, string>) =>
  new URL(`${address}?${new URLSearchParams(query)}`)

const standardQuery = (settings: ProviderSettings, request: SignInRequest, scope: string) => ({
  response_type: 'code',
  client_id: settings.clientId,
  redirect_uri: request.redirectUri,
  scope: settings.scope ?? scope,
  state: request.state,
  code_challenge: createHash('sha256').update(request.verifier).digest('base64url'),
  code_challenge_method: 'S256',
})

const standardToken = ({
  settings,
  code,
  request,
}: {
  settings: ProviderSettings
  code: string
  request: SignInRequest
}) =>
  new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    client_id: settings.clientId,
    client_secret: settings.clientSecret,
    redirect_uri: request.redirectUri,
    code_verifier: request.verifier,
  })

const asForm = (body: URLSearchParams) => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body,
})

/** docs.github.com, "Authorizing OAuth apps"; `issuer` names an Enterprise Server. */
const github: Dialect = {
  addressOf: (settings, request) =>
    withQuery(
      `${settings.issuer ?? 'https://github.com'}/login/oauth/authorize`,
      standardQuery(settings, request, 'read:user user:email'),
    ),
  identify: async (parts) => {
    const site = parts.settings.issuer ?? 'https://github.com'
    const api = parts.settings.issuer ? `${parts.settings.issuer}/api/v3` : 'https://api.github.com'
    const answer = await parts.fetch(`${site}/login/oauth/access_token`, asForm(standardToken(parts)))
    const { access_token } = await readJson(answer, Token)
    const headers = { authorization: `Bearer ${access_token}`, 'user-agent': 'Vesalius' }
    const user = await readJson(
      await parts.fetch(`${api}/user`, { headers }),
      z.object({ id: z.int(), login: z.string() }),
    )
    const Emails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }))
    const emails = await readJson(await parts.fetch(`${api}/user/emails`, { headers }), Emails)
    const primary = emails.find((entry) => entry.primary)
    return identityOf(user.id, {
      name: user.login,
      email: primary?.email.toLowerCase() ?? null,
      isEmailVerified: primary?.verified ?? false,
    })
  },
}

/** gitee.com/api/v5/oauth_doc. */
const gitee: Dialect = {
  addressOf: (settings, request) =>
    withQuery(
      `${settings.issuer ?? 'https://gitee.com'}/oauth/authorize`,
      standardQuery(settings, request, 'user_info emails'),
    ),
  identify: async (parts) => {
    const site = parts.settings.issuer ?? 'https://gitee.com'
    const { access_token } = await readJson(
      await parts.fetch(`${site}/oauth/token`, asForm(standardToken(parts))),
      Token,
    )
    const get = (path: string) => parts.fetch(withQuery(`${site}/api/v5/${path}`, { access_token }))
    const user = await readJson(await get('user'), z.object({ id: z.int(), login: z.string() }))
    const Emails = z.array(z.object({ email: z.string(), state: z.string(), scope: z.array(z.string()).default([]) }))
    const emails = await readJson(await get('emails'), Emails)
    const primary = emails.find(({ scope }) => scope.includes('primary')) ?? emails[0]
    return identityOf(user.id, {
      name: user.login,
      email: primary?.email.toLowerCase() ?? null,
      isEmailVerified: primary?.state === 'confirmed',
    })
  },
}

/** developers.weixin.qq.com, "网站应用微信登录": no PKCE, no mail address; `unionid` is the same in all apps of an owner. */
const wechat: Dialect = {
  addressOf: (settings, { redirectUri, state }) => {
    const query = {
      appid: settings.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'snsapi_login',
      state,
    }
    const address = withQuery('https://open.weixin.qq.com/connect/qrconnect', query)
    address.hash = 'wechat_redirect'
    return address
  },
  identify: async ({ settings, fetch, code }) => {
    const query = { appid: settings.clientId, secret: settings.clientSecret, code, grant_type: 'authorization_code' }
    const answer = await fetch(withQuery('https://api.weixin.qq.com/sns/oauth2/access_token', query))
    const { access_token, openid } = await readJson(answer, Token.extend({ openid: z.string() }))
    const Profile = z.object({ openid: z.string(), unionid: z.string().optional(), nickname: z.string().optional() })
    const profile = await readJson(
      await fetch(withQuery('https://api.weixin.qq.com/sns/userinfo', { access_token, openid })),
      Profile,
    )
    return identityOf(profile.unionid ?? profile.openid, { name: profile.nickname ?? null })
  },
}

/** open.dingtalk.com, "登录第三方网站": the address it tells was not seen to be theirs. */
const dingtalk: Dialect = {
  addressOf: (settings, { redirectUri, state }) =>
    withQuery('https://login.dingtalk.com/oauth2/auth', {
      ...{ redirect_uri: redirectUri, response_type: 'code', client_id: settings.clientId, state },
      ...{ scope: settings.scope ?? 'openid', prompt: 'consent' },
    }),
  identify: async ({ settings, fetch, code }) => {
    const answer = await fetch('https://api.dingtalk.com/v1.0/oauth2/userAccessToken', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...{ clientId: settings.clientId, clientSecret: settings.clientSecret },
        ...{ code, grantType: 'authorization_code' },
      }),
    })
    const { accessToken } = await readJson(answer, z.object({ accessToken: z.string() }))
    const headers = { 'x-acs-dingtalk-access-token': accessToken }
    const Profile = z.object({ unionId: z.string(), nick: z.string().optional(), email: z.string().optional() })
    const profile = await readJson(await fetch('https://api.dingtalk.com/v1.0/contact/users/me', { headers }), Profile)
    return identityOf(profile.unionId, { name: profile.nick ?? null, email: profile.email?.toLowerCase() ?? null })
  },
}

const DIALECTS: Record<Exclude<Preset, 'google'>, Dialect> = { github, gitee, wechat, dingtalk }

export function plainOAuth(
  preset: Exclude<Preset, 'google'>,
  settings: ProviderSettings,
  fetch: ProviderFetch,
): SignInProtocol {
  const dialect = DIALECTS[preset]
  return {
    addressOf: async (request) => dialect.addressOf(settings, request),
    identify: async ({ searchParams }, request) => {
      if (searchParams.get('state') !== request.state) throw new Error('the answer belongs to another request')
      const code = searchParams.get('code') ?? searchParams.get('authCode')
      if (!code) throw new Error(`the sign-in service sent no code: ${searchParams.get('error') ?? 'no reason'}`)
      return dialect.identify({ settings, fetch, code, request })
    },
  }
}

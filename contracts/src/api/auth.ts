import { z } from 'zod'
import { TokenId } from '../ids.ts'
import { TokenScope } from '../rights.ts'
import { defineRoute } from '../route.ts'
import { ApiToken, Me, Password, User, Username } from '../user.ts'

const tag = 'accounts'

export const register = defineRoute({
  method: 'POST',
  path: '/auth/register',
  summary:
    'Make an account, its folder and its projects, and sign in, or mail a link first where addresses have to be confirmed. The first account is administrator.',
  tag,
  access: 'none',
  body: z.strictObject({ username: Username, email: z.email().max(254), password: Password }),
  responses: { 201: z.object({ user: User, needsConfirmation: z.boolean() }) },
})

export const login = defineRoute({
  method: 'POST',
  path: '/auth/login',
  summary: 'Sign in by user name or mail address; sets the session cookie.',
  tag,
  access: 'none',
  body: z.strictObject({
    login: z.string().min(1).max(254),
    password: z.string().min(1).max(128),
    /** Of an authenticator app, or a recovery code; asked for by CODE_REQUIRED. */
    code: z.string().min(6).max(20).optional(),
  }),
  responses: { 200: z.object({ user: User }) },
})

export const logout = defineRoute({
  method: 'POST',
  path: '/auth/logout',
  summary: 'End this session.',
  tag,
  access: 'none',
  responses: { 204: null },
})

export const me = defineRoute({
  method: 'GET',
  path: '/me',
  summary: 'Who is signed in.',
  tag,
  isOpenUnsecured: true,
  access: 'user',
  responses: { 200: Me },
})

export const createToken = defineRoute({
  method: 'POST',
  path: '/tokens',
  summary: 'Make an API token for scripts. The secret is shown this once.',
  tag,
  access: 'session',
  body: z.strictObject({
    name: z.string().trim().min(1).max(80),
    /** `admin` counts for administrators alone. */
    scopes: z.array(TokenScope).min(1).max(4).default(['read', 'write', 'predict']),
    expiresInDays: z.int().min(1).max(3650).nullable().default(90),
  }),
  responses: { 201: z.object({ token: ApiToken, secret: z.string() }) },
})

export const listTokens = defineRoute({
  method: 'GET',
  path: '/tokens',
  summary: "The caller's API tokens.",
  tag,
  access: 'session',
  responses: { 200: z.object({ items: z.array(ApiToken) }) },
})

export const deleteToken = defineRoute({
  method: 'DELETE',
  path: '/tokens/:tokenId',
  summary: 'Revoke an API token.',
  tag,
  access: 'mine',
  params: z.object({ tokenId: TokenId }),
  responses: { 204: null },
})

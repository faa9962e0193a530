import { z } from 'zod'
import { LinkedProvider, LocalPath, Provider, ProviderId } from '../provider.ts'
import { defineRoute } from '../route.ts'

const tag = 'accounts'
const params = z.object({ provider: ProviderId })
const address = z.object({ url: z.url() })

export const listProviders = defineRoute({
  method: 'GET',
  path: '/auth/providers',
  summary: 'Services through which people can sign in.',
  tag,
  access: 'none',
  responses: { 200: z.object({ items: z.array(Provider) }) },
})

export const beginProviderSignIn = defineRoute({
  method: 'POST',
  path: '/auth/providers/:provider',
  summary: 'Begin to sign in through a service: the address to send the browser to, and a cookie that binds it.',
  tag,
  access: 'none',
  params,
  body: z.strictObject({ to: LocalPath.default('/') }),
  responses: { 200: address },
})

export const endProviderSignIn = defineRoute({
  method: 'GET',
  path: '/auth/providers/:provider/callback',
  summary: 'Where a service sends the browser back to; answers with a redirect into the application.',
  tag,
  access: 'none',
  params,
  query: z.looseObject({ state: z.string().max(200).optional() }),
  responses: { 302: null },
})

export const listLinkedProviders = defineRoute({
  method: 'GET',
  path: '/me/providers',
  summary: "Services that sign the caller's account in.",
  tag,
  access: 'session',
  responses: { 200: z.object({ items: z.array(LinkedProvider) }) },
})

export const linkProvider = defineRoute({
  method: 'POST',
  path: '/me/providers',
  summary: 'Begin to link an account elsewhere. Needs the password, where the account has one.',
  tag,
  access: 'session',
  body: z.strictObject({ provider: ProviderId, password: z.string().max(128).optional() }),
  responses: { 200: address },
})

export const unlinkProvider = defineRoute({
  method: 'POST',
  path: '/me/providers/unlink',
  summary: 'Unlink it, unless nothing else would be left to sign in with.',
  tag,
  access: 'session',
  body: z.strictObject({ provider: ProviderId }),
  responses: { 204: null },
})

import { z } from 'zod'
import { SessionId } from '../ids.ts'
import { Proof, proofFields } from '../passkey.ts'
import { defineRoute } from '../route.ts'
import { Mail, Security, Session } from '../security.ts'
import { Password } from '../user.ts'

const tag = 'accounts'
const secret = z.string().min(20).max(100)
const password = z.string().min(1).max(128)
const code = z.string().min(6).max(20)

export const forgotPassword = defineRoute({
  method: 'POST',
  path: '/auth/password/forgot',
  summary: 'Ask for a mail with a link to a new password. The answer is the same whether there is such an account.',
  tag,
  access: 'none',
  body: z.strictObject({ email: z.email().max(254) }),
  responses: { 202: null },
})

export const resetPassword = defineRoute({
  method: 'POST',
  path: '/auth/password/reset',
  summary: 'Set a new password with the secret of that link: one use, 30 minutes. Ends all sessions.',
  tag,
  access: 'none',
  body: z.strictObject({ token: secret, password: Password }),
  responses: { 204: null },
})

export const confirmEmail = defineRoute({
  method: 'POST',
  path: '/auth/email/confirm',
  summary: 'Take over the mail address that a link was sent to.',
  tag,
  access: 'none',
  body: z.strictObject({ token: secret }),
  responses: { 204: null },
})

export const getSecurity = defineRoute({
  method: 'GET',
  path: '/me/security',
  summary: "How the caller's account is protected.",
  tag,
  isOpenUnsecured: true,
  access: 'session',
  responses: { 200: Security },
})

export const changePassword = defineRoute({
  method: 'POST',
  path: '/me/password',
  summary: 'Change the password. Ends all other sessions.',
  tag,
  isOpenUnsecured: true,
  access: 'session',
  body: z.strictObject({ current: password, password: Password }),
  responses: { 204: null },
})

export const changeEmail = defineRoute({
  method: 'POST',
  path: '/me/email',
  summary: 'Ask for another mail address; it counts once the link sent there was opened.',
  tag,
  access: 'session',
  body: z.strictObject({ email: z.email().max(254), ...proofFields }),
  responses: { 202: null },
})

export const listSessions = defineRoute({
  method: 'GET',
  path: '/me/sessions',
  summary: "The caller's sessions, the newest first.",
  tag,
  access: 'session',
  responses: { 200: z.object({ items: z.array(Session) }) },
})

export const endSession = defineRoute({
  method: 'DELETE',
  path: '/me/sessions/:sessionId',
  summary: "End one of the caller's sessions.",
  tag,
  access: 'mine',
  params: z.object({ sessionId: SessionId }),
  responses: { 204: null },
})

export const endOtherSessions = defineRoute({
  method: 'POST',
  path: '/me/sessions/end-others',
  summary: "End all of the caller's sessions but this one.",
  tag,
  access: 'session',
  responses: { 204: null },
})

export const beginSecondFactor = defineRoute({
  method: 'POST',
  path: '/me/second-factor',
  summary: 'Make a secret for an authenticator app (TOTP). It counts once a code of it was entered.',
  tag,
  isOpenUnsecured: true,
  access: 'session',
  body: Proof,
  responses: { 201: z.object({ secret: z.string(), uri: z.string() }) },
})

export const confirmSecondFactor = defineRoute({
  method: 'POST',
  path: '/me/second-factor/confirm',
  summary: 'Ask for a code at each sign-in from now on. The recovery codes are shown this once.',
  tag,
  isOpenUnsecured: true,
  access: 'session',
  body: z.strictObject({ code }),
  responses: { 200: z.object({ recoveryCodes: z.array(z.string()) }) },
})

export const endSecondFactor = defineRoute({
  method: 'DELETE',
  path: '/me/second-factor',
  summary: 'Ask for no more codes.',
  tag,
  access: 'session',
  body: Proof,
  responses: { 204: null },
})

export const listMails = defineRoute({
  method: 'GET',
  path: '/mails',
  summary: 'Mail of the last days that was not sent, because no mail server is set or it refused; the newest first.',
  tag,
  access: 'administrator',
  responses: { 200: z.object({ items: z.array(Mail) }) },
})

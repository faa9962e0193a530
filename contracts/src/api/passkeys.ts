import { z } from 'zod'
import { PasskeyId } from '../ids.ts'
import {
  Passkey,
  PasskeyAnswer,
  PasskeyCreation,
  PasskeyCreationOptions,
  PasskeyName,
  PasskeyRequestOptions,
  Proof,
  proofFields,
} from '../passkey.ts'
import { defineRoute } from '../route.ts'
import { User } from '../user.ts'

const tag = 'accounts'
const params = z.object({ passkeyId: PasskeyId })

export const beginPasskeySignIn = defineRoute({
  method: 'POST',
  path: '/auth/passkey/options',
  summary: 'What a browser needs to sign in with a passkey: one use, ten minutes, this browser.',
  tag,
  access: 'none',
  responses: { 200: PasskeyRequestOptions },
})

export const endPasskeySignIn = defineRoute({
  method: 'POST',
  path: '/auth/passkey',
  summary: 'Sign in with a passkey; sets the session cookie. It stands for password and second factor.',
  tag,
  access: 'none',
  body: z.strictObject({ passkey: PasskeyAnswer }),
  responses: { 200: z.object({ user: User }) },
})

export const beginProof = defineRoute({
  method: 'POST',
  path: '/me/proof/options',
  summary:
    "What a browser needs to prove by one of the caller's passkeys that it is them: one use, ten minutes, this session.",
  tag,
  isOpenUnsecured: true,
  access: 'session',
  responses: { 200: PasskeyRequestOptions },
})

export const listPasskeys = defineRoute({
  method: 'GET',
  path: '/me/passkeys',
  summary: "The caller's passkeys, the oldest first, and whether passkeys can be used at this address.",
  tag,
  isOpenUnsecured: true,
  access: 'session',
  responses: { 200: z.object({ items: z.array(Passkey), isAvailable: z.boolean() }) },
})

export const beginPasskey = defineRoute({
  method: 'POST',
  path: '/me/passkeys/options',
  summary: 'What a browser needs to make a passkey: one use, ten minutes, this session.',
  tag,
  isOpenUnsecured: true,
  access: 'session',
  body: Proof,
  responses: { 200: PasskeyCreationOptions },
})

export const addPasskey = defineRoute({
  method: 'POST',
  path: '/me/passkeys',
  summary: 'Keep a passkey that the browser made.',
  tag,
  isOpenUnsecured: true,
  access: 'session',
  body: z.strictObject({ name: PasskeyName, creation: PasskeyCreation }),
  responses: { 201: Passkey },
})

export const renamePasskey = defineRoute({
  method: 'PATCH',
  path: '/me/passkeys/:passkeyId',
  summary: 'Call a passkey something else.',
  tag,
  access: 'mine',
  params,
  body: z.strictObject({ name: PasskeyName, ...proofFields }),
  responses: { 200: Passkey },
})

export const removePasskey = defineRoute({
  method: 'DELETE',
  path: '/me/passkeys/:passkeyId',
  summary: 'Sign in with a passkey no more.',
  tag,
  access: 'mine',
  params,
  body: Proof,
  responses: { 204: null },
})

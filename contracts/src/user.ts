import { z } from 'zod'
import { TokenId, UserId } from './ids.ts'
import { TokenScope } from './rights.ts'
import { Timestamp } from './time.ts'

export const Username = z
  .string()
  .min(2)
  .max(40)
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u,
    'letters, digits, dot, dash and underscore; starting with a letter or digit',
  )
export const Password = z.string().min(8).max(128)

export const User = z
  .object({
    id: UserId,
    username: z.string(),
    email: z.string(),
    role: z.enum(['administrator', 'user']),
    createdAt: Timestamp,
  })
  .meta({ id: 'User' })
export type User = z.infer<typeof User>

/** Whoever asks. */
export const Me = User.extend({
  /** From when on nothing is served but setting up a second factor; null where nothing is due. */
  secondFactorDueAt: Timestamp.nullable(),
}).meta({ id: 'Me' })
export type Me = z.infer<typeof Me>

/** What everyone signed in may know of somebody: how to name and choose them. */
export const Person = z.object({ id: UserId, username: z.string() }).meta({ id: 'Person' })
export type Person = z.infer<typeof Person>

/** An API token as listed; its secret is shown once, when it is made. */
export const ApiToken = z
  .object({
    id: TokenId,
    name: z.string(),
    scopes: z.array(TokenScope),
    createdAt: Timestamp,
    expiresAt: Timestamp.nullable(),
    lastUsedAt: Timestamp.nullable(),
  })
  .meta({ id: 'ApiToken' })
export type ApiToken = z.infer<typeof ApiToken>

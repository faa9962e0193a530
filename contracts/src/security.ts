import { z } from 'zod'
import { MailId, SessionId } from './ids.ts'
import { Timestamp } from './time.ts'

export const Security = z
  .object({
    hasPassword: z.boolean(),
    hasSecondFactor: z.boolean(),
    recoveryCodesLeft: z.int(),
    passkeys: z.int(),
    /** Here or in a directory; a second factor is asked for with it. */
    usesPassword: z.boolean(),
    isEmailConfirmed: z.boolean(),
  })
  .meta({ id: 'Security' })
export type Security = z.infer<typeof Security>

export const Session = z
  .object({
    id: SessionId,
    isCurrent: z.boolean(),
    ipAddress: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: Timestamp,
    expiresAt: Timestamp,
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>

export const Mail = z
  .object({
    id: MailId,
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    problem: z.string().nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'Mail' })
export type Mail = z.infer<typeof Mail>

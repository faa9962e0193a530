import { z } from 'zod'
import { AnnouncementId, OrganisationId, UserId } from './ids.ts'
import { SetQuota } from './rules.ts'
import { Timestamp } from './time.ts'
import { User } from './user.ts'

/** An account as those who run the installation see it. */
export const Account = User.extend({
  isEmailConfirmed: z.boolean(),
  hasSecondFactor: z.boolean(),
  passkeys: z.int(),
  quota: SetQuota,
  /** Frozen: nobody signs in, and no token of it works; what it owns stays. */
  frozenAt: Timestamp.nullable(),
  /** When a session or token of it was last used, to the day or better. */
  lastSeenAt: Timestamp.nullable(),
  sessions: z.int(),
  projects: z.int(),
}).meta({ id: 'Account' })
export type Account = z.infer<typeof Account>

/** What a person or an organisation holds. */
export const HeldStorage = z
  .object({
    ownerId: z.union([UserId, OrganisationId]),
    name: z.string(),
    isOrganisation: z.boolean(),
    images: z.int(),
    bytes: z.int(),
  })
  .meta({ id: 'HeldStorage' })
export type HeldStorage = z.infer<typeof HeldStorage>

export const QueueState = z
  .object({
    /** The job's name. */
    name: z.string(),
    waiting: z.int(),
    active: z.int(),
    /** Gave up within the last hour. */
    failed: z.int(),
    oldestWaitingAt: Timestamp.nullable(),
  })
  .meta({ id: 'QueueState' })
export type QueueState = z.infer<typeof QueueState>

export const Overview = z
  .object({
    version: z.string(),
    startedAt: Timestamp,
    accounts: z.int(),
    frozenAccounts: z.int(),
    organisations: z.int(),
    projects: z.int(),
    images: z.int(),
    /** Bytes of pictures; a file that several images use counts for each. */
    imageBytes: z.int(),
    modelBytes: z.int(),
    databaseBytes: z.int(),
    isDatabaseEmbedded: z.boolean(),
    disk: z.object({ totalBytes: z.int(), freeBytes: z.int() }).nullable(),
    /** The ten that hold most. */
    largest: z.array(HeldStorage),
    /** Jobs that wait, run or gave up. */
    queues: z.array(QueueState),
    runs: z.object({ waiting: z.int(), running: z.int() }),
    unsentMails: z.int(),
  })
  .meta({ id: 'Overview' })
export type Overview = z.infer<typeof Overview>

/** A setting of the installation. Of secrets only is told whether they are set. */
export const ShownSetting = z
  .object({
    /** The environment's variable. */
    name: z.string(),
    /** Null for settings of sign-in services. */
    description: z.object({ en: z.string(), zh: z.string() }).nullable(),
    value: z.string().nullable(),
    isSecret: z.boolean(),
    isDefault: z.boolean(),
  })
  .meta({ id: 'ShownSetting' })
export type ShownSetting = z.infer<typeof ShownSetting>

const words = z.string().trim().max(500)

/** Told to everybody who is signed in, in their language; where that is empty, in the other. */
export const AnnouncementInput = z
  .strictObject({
    english: words,
    chinese: words,
    tone: z.enum(['information', 'warning']),
    startsAt: Timestamp,
    endsAt: Timestamp.nullable(),
  })
  .refine(({ english, chinese }) => english !== '' || chinese !== '', { error: 'say something', path: ['english'] })
  .refine(({ startsAt, endsAt }) => endsAt === null || Date.parse(endsAt) > Date.parse(startsAt), {
    error: 'ends before it begins',
    path: ['endsAt'],
  })
  .meta({ id: 'AnnouncementInput' })

export const Announcement = z
  .object({
    id: AnnouncementId,
    english: z.string(),
    chinese: z.string(),
    tone: z.enum(['information', 'warning']),
    startsAt: Timestamp,
    endsAt: Timestamp.nullable(),
  })
  .meta({ id: 'Announcement' })
export type Announcement = z.infer<typeof Announcement>

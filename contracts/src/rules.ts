import { z } from 'zod'
import { Timestamp } from './time.ts'

/** How many days people may put a second factor off, at most. */
const GraceDays = z.int().min(0).max(365)

/** Whoever signs in with a password has to have a second factor. */
export const SecondFactorRule = z.object({ graceDays: GraceDays, since: Timestamp }).meta({ id: 'SecondFactorRule' })
export type SecondFactorRule = z.infer<typeof SecondFactorRule>

/** Null: it is asked of nobody. */
export const SecondFactorRuleInput = z.strictObject({ graceDays: GraceDays.nullable() })

const bytes = z.int().min(0)
const runs = z.int().min(0).max(1000)

/** What somebody may use at most; null: no limit. */
export const Quota = z
  .object({
    storageBytes: bytes.nullable(),
    /** Trainings that wait or run at the same time. */
    activeRuns: runs.nullable(),
  })
  .meta({ id: 'Quota' })
export type Quota = z.infer<typeof Quota>

/** The quota of one person or organisation, as it was set; `default`: what the installation says. */
export const SetQuota = z
  .object({
    storageBytes: z.union([bytes, z.literal('default')]).nullable(),
    activeRuns: z.union([runs, z.literal('default')]).nullable(),
  })
  .meta({ id: 'SetQuota' })
export type SetQuota = z.infer<typeof SetQuota>
export type QuotaSetting = SetQuota['storageBytes']

/** What is used, and what may be. Storage: pictures and models, the bin included. */
export const Usage = z.object({ storageBytes: z.int(), activeRuns: z.int(), limits: Quota }).meta({ id: 'Usage' })
export type Usage = z.infer<typeof Usage>

/** What those who run the installation ask of everybody. */
export const InstallationRules = z
  .object({ secondFactor: SecondFactorRule.nullable(), quotas: z.object({ person: Quota, organisation: Quota }) })
  .meta({ id: 'InstallationRules' })
export type InstallationRules = z.infer<typeof InstallationRules>

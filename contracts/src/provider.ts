import { z } from 'zod'
import { Timestamp } from './time.ts'

/** A service through which people sign in, as the installation names it. */
export const ProviderId = z.string().regex(/^[a-z0-9]{1,20}$/)

export const Provider = z.object({ id: ProviderId, label: z.string() }).meta({ id: 'Provider' })
export type Provider = z.infer<typeof Provider>

/** An account elsewhere that signs its owner in here. */
export const LinkedProvider = Provider.extend({ linkedAt: Timestamp }).meta({ id: 'LinkedProvider' })
export type LinkedProvider = z.infer<typeof LinkedProvider>

/** A place in this application; never an address elsewhere. */
export const LocalPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\\]*$/)

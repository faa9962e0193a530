import { z } from 'zod'
import { Person } from './user.ts'

/** `editing`: marks were changed on this page and not submitted yet. */
export const Activity = z.enum(['viewing', 'editing'])
export type Activity = z.infer<typeof Activity>

/** Somebody who has an image open. */
export const Presence = Person.extend({ activity: Activity }).meta({ id: 'Presence' })
export type Presence = z.infer<typeof Presence>

/** How often a page says that it still shows an image. */
export const PRESENCE_BEAT_MS = 10_000

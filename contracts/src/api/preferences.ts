import { z } from 'zod'
import { defineRoute } from '../route.ts'

const tag = 'auth'

/** A key with what is held beside it: `Ctrl+Shift+z`, `?`, `Space`. */
const Chord = z.string().min(1).max(40)

/** What a person set for themselves, on whichever machine they sign in. */
export const Preferences = z
  .strictObject({
    /** Keys by name of the command; a command that is not named keeps its usual keys, an empty list has none. */
    shortcuts: z
      .record(z.string().regex(/^[a-zA-Z]{1,40}$/), z.array(Chord).max(4))
      .refine((shortcuts) => Object.keys(shortcuts).length <= 200, 'at most 200 commands'),
  })
  .meta({ id: 'Preferences' })
export type Preferences = z.infer<typeof Preferences>

export const getPreferences = defineRoute({
  method: 'GET',
  path: '/me/preferences',
  summary: "The caller's own settings.",
  tag,
  access: 'user',
  responses: { 200: Preferences },
})

export const putPreferences = defineRoute({
  method: 'PUT',
  path: '/me/preferences',
  summary: "Replace the caller's own settings.",
  tag,
  access: 'user',
  body: Preferences,
  responses: { 200: Preferences },
})

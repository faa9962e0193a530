import type { ShownSetting } from '@vesalius/contracts'
import type { z } from 'zod'
import { SETTINGS_ZH } from './settings-zh.ts'

const PREFIX = 'VESALIUS_'
const SECRETS = /(^|_)SECRET$/
const HIDDEN = '•••'

/**
 * What administrators see of the settings: values in force, with their meaning. A secret is told to be set or not; of an
 * address with a password the password is hidden.
 */
export function showSettings(
  schema: z.ZodObject,
  settings: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, string>>,
): ShownSetting[] {
  const known = Object.entries(schema.shape).map(([name, field]) => {
    const value = settings[name]
    return show(name, value === undefined ? null : String(value), {
      description: { en: (field as z.ZodType).description ?? '', zh: SETTINGS_ZH[name] ?? '' },
      isDefault: !(name in given),
    })
  })
  const others = Object.entries(given)
    .filter(([name]) => !(name in schema.shape))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => show(name, value, { description: null, isDefault: false }))
  return [...known, ...others]
}

function show(
  name: string,
  value: string | null,
  { description, isDefault }: Pick<ShownSetting, 'description' | 'isDefault'>,
): ShownSetting {
  const isSecret = SECRETS.test(name)
  return {
    name: PREFIX + name,
    description,
    value: value === null ? null : isSecret ? HIDDEN : withoutPassword(value),
    isSecret,
    isDefault,
  }
}

/** `scheme://user:password@host` and parameters that are named like secrets. */
function withoutPassword(value: string): string {
  return value
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/]*@/gi, `$1:${HIDDEN}@`)
    .replace(/([?&](?:password|pass|secret|token|key)=)[^&\s]*/gi, `$1${HIDDEN}`)
}

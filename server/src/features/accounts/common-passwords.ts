import { AppError } from '@vesalius/contracts'
import { dictionary } from '@zxcvbn-ts/language-common'

/** 49,233 of the most used passwords of known breaches, from the word lists of zxcvbn (MIT), so without a network. */
const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common'] as string[])

/** Throws VALIDATION_FAILED for a password that others guess first, also with changed case or digits at its end. */
export function refuseCommonPassword(password: string, names: readonly string[] = []): void {
  const lower = password.toLowerCase()
  const bare = lower.replace(/[\d!@#$%^&*.]+$/, '')
  const isOwnName = names.some((name) => name.length > 2 && bare === name.toLowerCase())
  if (!COMMON.has(lower) && !(bare.length > 3 && COMMON.has(bare) && lower.length - bare.length <= 4) && !isOwnName)
    return
  throw new AppError('PASSWORD_COMMON', 'This password is among those that are guessed first. Choose another.')
}

import { createHash } from 'node:crypto'
import type { DataSet } from '@vesalius/imaging'
import { dataSetOf, decodeText } from './attributes.ts'

/** A coded concept: value and scheme say which, the meaning says it in words. */
export interface Code {
  value: string
  scheme: string
  meaning: string
}

const OWN_SCHEME = '99VESALIUS'
const MOST_MEANING = 64
export const CODE = { value: 0x00080100, scheme: 0x00080102, meaning: 0x00080104 }

export function codeItem({ value, scheme, meaning }: Code): DataSet {
  return dataSetOf([
    [CODE.value, 'SH', value],
    [CODE.scheme, 'SH', scheme],
    [CODE.meaning, 'LO', shorten(meaning)],
  ])
}

/** A project's class has no code of a terminology, and none is guessed: its code is our own, made of its name. */
export function classCode(name: string): Code {
  const value = createHash('sha256').update(name).digest('hex').slice(0, 15).toUpperCase()
  return { value, scheme: OWN_SCHEME, meaning: name }
}

export function ownCode(value: string, meaning: string): Code {
  return { value, scheme: OWN_SCHEME, meaning }
}

export function isTooLong(name: string): boolean {
  return [...name].length > MOST_MEANING
}

/** Text of representation LO: 64 letters, no backslash, which would begin a second value. */
export function shorten(text: string): string {
  return [...text.replaceAll('\\', '/')].slice(0, MOST_MEANING).join('')
}

export function readCode(item: DataSet | undefined, characterSet: string | null): Code | null {
  if (!item) return null
  return {
    value: item.text(CODE.value) ?? '',
    scheme: item.text(CODE.scheme) ?? '',
    meaning: decodeText(item.bytes(CODE.meaning), characterSet),
  }
}

/** A UID of the form 2.25.<number>, the same for the same seed. Source: DICOM PS3.5 section B.2. */
export function uidOf(seed: string | Uint8Array): string {
  const digest = createHash('sha256').update(seed).digest('hex').slice(0, 32)
  return `2.25.${BigInt(`0x${digest}`)}`
}

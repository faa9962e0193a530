import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LabelFile, LabelInput } from './label.ts'

const folder = new URL('../fixtures/', import.meta.url)
const load = (kind: 'valid' | 'invalid') =>
  readdirSync(new URL(`${kind}/`, folder))
    .filter((name) => name.startsWith('label-'))
    .map((name) => ({ name, value: JSON.parse(readFileSync(new URL(`${kind}/${name}`, folder), 'utf8')) as unknown }))

describe('label file', () => {
  it.each(load('valid'))('takes $name and keeps it as it is', ({ value }) => {
    expect(LabelFile.parse(value)).toEqual(value)
    expect(LabelInput.parse(value)).toEqual(value)
  })

  it.each(load('invalid'))('refuses $name', ({ value }) => {
    expect(LabelFile.safeParse(value).success).toBe(false)
    expect(LabelInput.safeParse(value).success).toBe(false)
  })

  it('takes whatever a client sends as meta', () => {
    const value = { type: 1000, data: {}, meta: 'mine' }
    expect(LabelInput.safeParse(value).success).toBe(true)
    expect(LabelFile.safeParse(value).success).toBe(false)
  })
})

import { TASK_TYPES } from '@vesalius/contracts'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import english from './en.json' with { type: 'json' }
import { preferredLanguage } from './i18n.ts'
import chinese from './zh.json' with { type: 'json' }

function flatten(words: object, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') flat.set(prefix + key, value)
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text)
  }
  return flat
}
const en = flatten(english)
const zh = flatten(chinese)
const names = (text: string) => [...text.matchAll(/\{(\w+)/g)].map((match) => match[1]).sort()
const argumentsOf = (text: string) =>
  [...new Set(names(text))].filter((name) => text.includes(`{${name}}`) || text.includes(`{${name},`))

describe('the words on screen', () => {
  it('are the same keys in English and Chinese', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort())
  })

  it('take the same arguments in both and are well-formed messages', () => {
    for (const [key, text] of en) {
      const other = zh.get(key) ?? ''
      expect(argumentsOf(other), key).toEqual(argumentsOf(text))
      expect(() => new IntlMessageFormat(text, 'en'), key).not.toThrow()
      expect(() => new IntlMessageFormat(other, 'zh'), key).not.toThrow()
    }
  })

  it('name every task type', () => {
    for (const { imageType } of TASK_TYPES) expect(zh.has(`taskType.${imageType}.name`)).toBe(true)
  })

  it('are nowhere written into a component', () => {
    const files = import.meta.glob<string>('../**/*.tsx', { query: '?raw', import: 'default', eager: true })
    expect(Object.keys(files).length).toBeGreaterThan(20)
    const found = Object.entries(files).flatMap(([file, text]) => {
      const between = [...text.matchAll(/(?:<\/?\w[^<>{}]*>)\s*([A-Z][a-z]+(?: [a-z]+)+)[^<>{}]*</g)]
      const attributes = [...text.matchAll(/(?:label|title|placeholder|description|aria-label|alt)="([^"]+)"/g)]
      return [...between, ...attributes].map((match) => `${file}: ${match[1]}`)
    })
    expect(found).toEqual([])
  })

  it('start in the language chosen before, then in the browser’s', () => {
    expect(preferredLanguage('en', ['zh-CN'])).toBe('en')
    expect(preferredLanguage(null, ['fr-FR', 'zh-TW', 'en'])).toBe('zh')
    expect(preferredLanguage('xx', ['fr'])).toBe('en')
  })
})

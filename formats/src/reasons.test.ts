import { globSync, readFileSync } from 'node:fs'
import { because, tellReason } from '@vesalius/contracts'
import { REASONS_ZH } from '@vesalius/contracts/reasons-zh'
import { expect, it } from 'vitest'

/** The templates that sources write with `because`, values replaced by their numbers. */
function templatesIn(source: string): string[] {
  return [...source.matchAll(/\bbecause`((?:[^`\\$]|\\.|\$\{(?:[^{}]|\{[^}]*\})*\})*)`/g)].map(([, text = '']) => {
    let count = 0
    return text.replace(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, () => `{${count++}}`)
  })
}

it('every reason that can be told has its sentence in Chinese, and none is left over', () => {
  const files = globSync(['formats/src/**/*.ts', 'server/src/features/**/*.ts'])
    .filter((file) => !file.includes('.test.'))
    .map((file) => readFileSync(file, 'utf8'))
  const written = new Set(files.flatMap(templatesIn))
  expect(written.size).toBeGreaterThan(100)
  expect([...written].filter((template) => REASONS_ZH[template] === undefined)).toEqual([])
  const isWord = (text: string) => /^[a-z]+$/.test(text)
  expect(Object.keys(REASONS_ZH).filter((template) => !written.has(template) && !isWord(template))).toEqual([])
})

it('the Chinese sentences name the same values', () => {
  const valuesIn = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(([value]) => value).sort()
  for (const [template, told] of Object.entries(REASONS_ZH))
    expect(valuesIn(told), template).toEqual(valuesIn(template))
})

it('a reason inside of a reason, and words among its values, are told in the same language', () => {
  const reason = because`line ${3}: ${because`"${'b'}" is not closed`}`
  expect(tellReason(reason)).toBe('line 3: "b" is not closed')
  expect(tellReason(reason, REASONS_ZH)).toBe('第 3 行：“b” 未闭合')
  expect(tellReason(because`lost: ${'scores'}`, { ...REASONS_ZH })).toBe('未保留：分数')
})

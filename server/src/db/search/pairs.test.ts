import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pairsOf, wordsOf } from './pairs.ts'

it('a text has every pair of each of its words, in Chinese and English, whatever the case', () => {
  const text = '肺结节 Lung nodule：毛刺征 Spiculation 𠮷野'
  const pairs = new Set(pairsOf(text))
  for (const word of ['结节', '节', 'NODULE', 'spic', '毛刺征', '𠮷']) {
    expect(
      pairsOf(word).every((pair) => pairs.has(pair)),
      word,
    ).toBe(true)
  }
  expect(pairsOf('骨折').some((pair) => pairs.has(pair))).toBe(false)
  expect(pairsOf('a')).toEqual([])
  expect(wordsOf('  肺 结节\tct ')).toEqual(['肺', '结节', 'ct'])
})

it('what holds a word holds its pairs', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, word) => {
      const pairs = new Set(pairsOf(`${before} ${word} x`))
      expect(pairsOf(word).every((pair) => pairs.has(pair))).toBe(true)
    }),
  )
})

import { expect, it } from 'vitest'
import { diffTexts } from './diff-texts.ts'

const changedWords = (before: string, after: string) =>
  diffTexts(before, after, 'zh').map(({ kind, parts }) => [
    kind,
    parts.filter(({ isChanged }) => isChanged).map(({ text }) => text),
  ])

it('names the words that changed, in English and Chinese', () => {
  expect(changedWords('a small nodule\n', 'a large nodule\n')).toEqual([
    ['removed', ['small']],
    ['added', ['large']],
  ])
  expect(changedWords('右肺结节\n', '左肺结节\n')).toEqual([
    ['removed', ['右']],
    ['added', ['左']],
  ])
})

it('both sides are there in full, and long equal parts are left out', () => {
  const equal = Array.from({ length: 40 }, (_, at) => `line ${at}\n`).join('')
  const lines = diffTexts(`${equal}old\n${equal}`, `${equal}new\n${equal}`, 'en')
  const text = lines.map(({ parts }) => parts.map((part) => part.text).join(''))
  expect(text).toEqual(['…\n', 'line 38\nline 39\n', 'old\n', 'new\n', 'line 0\nline 1\n', '…\n'])
})

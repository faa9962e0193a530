import fc from 'fast-check'
import { expect, it } from 'vitest'
import { headingsOf, MOST_BLOCK_BYTES, splitMarkdown, summaryOf } from './split-markdown.ts'

const line = fc.oneof(
  fc.constantFrom(
    '',
    '',
    '# 肺 Lung',
    '## Nodules',
    '```',
    '~~~~',
    '$$',
    '- item',
    '  more',
    '| a | b |',
    '---',
    '===',
  ),
  fc.string({ unit: 'grapheme', maxLength: 80 }).map((text) => text.replaceAll('\n', ' ')),
  fc.integer({ min: 1, max: 9000 }).map((length) => '结节'.repeat(length)),
)

it('blocks in order are the text, each within the bound', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
      const text = lines.join('\n')
      const blocks = splitMarkdown(text)
      expect(blocks.join('')).toBe(text)
      expect(blocks.every((block) => block !== '' && Buffer.byteLength(block) <= MOST_BLOCK_BYTES)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

it('a block begins at a heading or a paragraph, and a fence stays whole', () => {
  const paragraph = `${'Words of a paragraph. '.repeat(60)}\n\n`
  const fence = `\`\`\`\n${'code\n\n# no heading\n\n'.repeat(300)}\`\`\`\n\n`
  const text = `# One\n\n${paragraph.repeat(4)}## Two\n\n${paragraph}${fence}- a\n\n  still a\n\n${paragraph.repeat(3)}`
  const blocks = splitMarkdown(text)
  expect(blocks.length).toBeGreaterThan(3)
  expect(blocks.filter((block) => block.includes('code'))).toHaveLength(1)
  expect(blocks.find((block) => block.includes('still a'))).toContain('- a')
  expect(blocks.every((block) => /^(#|Words|```|- )/.test(block))).toBe(true)
})

it('headings are those that a reader of the text sees', () => {
  const text =
    '# A *b*\n\n```\n# not\n```\n\nUnder\n-----\n\n- x\n---\n\n### [link](https://example.org) `c` ##\n\n    # code\n'
  expect(headingsOf(text)).toEqual([
    { level: 1, text: 'A b' },
    { level: 2, text: 'Under' },
    { level: 3, text: 'link c' },
  ])
  expect(summaryOf('# Title\n\n- **first** 单词 [x](y) $3\\,\\mathrm{cm}$\n\n| a | b |\n|---|---|\n')).toBe(
    'first 单词 x 3cm a b',
  )
})

import { describe, expect, it } from 'vitest'
import english from './en.json' with { type: 'json' }

const web = Object.entries(
  import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true }),
).filter(([file]) => !file.includes('.test.'))
/** Where the names come from that stand for states, codes and kinds. */
const named = import.meta.glob<string>(['../../../contracts/src/*.ts', '../../../imaging/src/phantom/*.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

const GAP = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g
const keys = leavesOf(english)
const shared = wordsOf(Object.values(named).join('\n'))
/** Keys written out, as in `t('common.save')`. */
const literals = new Set(
  web.flatMap(([, text]) => [...text.matchAll(/['`]([a-zA-Z]+(?:\.[\w ]+)+)['`]/g)].map(([, key]) => key)),
)
/** Keys put together, as in ``t(`error.${code}`)``, and what may stand in the gap. */
const patterns = web.flatMap(([file, text]) =>
  [...text.matchAll(/`([a-zA-Z]+\.[^`\s]*\$\{[^`]*)`/g)].map(([, template]) => ({
    shape: new RegExp(`^${(template ?? '').replace(/\./g, '\\.').replace(GAP, '(.+)')}$`),
    words: wordsBeside(file),
  })),
)

describe('the words on screen', () => {
  it('are all used somewhere', () => {
    const isUsed = (key: string) =>
      literals.has(key) ||
      patterns.some(({ shape, words }) => {
        const gaps = shape.exec(key)?.slice(1)
        return gaps?.every((gap) => words.has(gap) || shared.has(gap))
      })
    expect(keys.filter((key) => !isUsed(key))).toEqual([])
  })

  it('exist wherever one is named', () => {
    const asked = web.flatMap(([, text]) => [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key ?? ''))
    expect(asked.length).toBeGreaterThan(100)
    expect(asked.filter((key) => !keys.includes(key))).toEqual([])
  })
})

function leavesOf(branch: object, prefix = ''): string[] {
  return Object.entries(branch).flatMap(([key, value]) =>
    typeof value === 'string' ? prefix + key : leavesOf(value, `${prefix}${key}.`),
  )
}

/** What the files of one folder name: a component's words may be chosen beside it. */
function wordsBeside(file: string): Set<string | undefined> {
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  return wordsOf(
    web
      .filter(([other]) => other.startsWith(folder))
      .map(([, text]) => text)
      .join('\n'),
  )
}

/** Everything in a source that may be the name of a state, a code or a kind: texts, fields and numbers. */
function wordsOf(source: string): Set<string | undefined> {
  const found = source.matchAll(/'([^'\n]*)'|\b(\w+):|\b(\d+)\b/g)
  return new Set([...found].map(([, ...parts]) => parts.find(Boolean)))
}

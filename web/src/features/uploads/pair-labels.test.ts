import { expect, it } from 'vitest'
import { pairLabels } from './pair-labels.ts'

const found = (path: string, text = path) => ({ path, file: new File([text], path.split('/').at(-1) ?? path) })

it('label files go with the image of the same name in the same folder, and others are told', async () => {
  const { files, lonely } = await pairLabels([
    found('a/one.label', '{1}'),
    found('a/one.png'),
    found('b/one.png'),
    found('two.png.label', '{2}'),
    found('two.png'),
    found('b/three.label'),
  ])
  expect(files.map(({ file, label }) => [file.name, label])).toEqual([
    ['one.png', '{1}'],
    ['one.png', undefined],
    ['two.png', '{2}'],
  ])
  expect(lonely.map(({ name, problem }) => [name, problem.code])).toEqual([['three.label', 'LABEL_MISMATCH']])
})

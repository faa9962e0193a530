import { expect, it } from 'vitest'
import { createRandom } from '../../data/random.ts'
import { chooseScale } from './choose-scale.ts'
import { weighClasses } from './class-weights.ts'
import type { Mark } from './mark.ts'
import { drawPictures } from './sampler.ts'

const mark = (index: number, side = 20): Mark => ({ box: [0, 0, side, side], class: index })
const shares = (pictures: Mark[][]) => {
  const draw = drawPictures(pictures)
  const random = createRandom(2)
  const counts = pictures.map(() => 0)
  for (let turn = 0; turn < 4000; turn += 1) counts[draw(random)]! += 1
  return counts.map((count) => count / 4000)
}

it('shows a picture with a rare class more often', () => {
  const found = shares([...Array.from({ length: 19 }, () => [mark(0)]), [mark(0), mark(1)]])
  expect(found[19]! / found[0]!).toBeGreaterThan(2)
})

it('shows empty pictures, however many, in a tenth of the views', () => {
  const found = shares([[mark(0)], ...Array.from({ length: 19 }, () => [])])
  expect(found[0]).toBeCloseTo(0.9, 1)
})

it('draws from pictures without any mark too', () => {
  expect(shares([[], []])[0]).toBeCloseTo(0.5, 1)
})

it('weighs a rare class more, a common one less, and holds both in bounds', () => {
  const [common, rare, absent] = weighClasses([[...Array.from({ length: 90 }, () => mark(0)), mark(1)]], 3)
  expect(common).toBeLessThan(1)
  expect(rare).toBe(4)
  expect(absent).toBe(4)
  expect(weighClasses([[mark(0)]], 1)).toEqual([1])
})

it('reduces pictures as far as the smallest class allows', () => {
  const picture = (width: number, ...marks: Mark[]) => ({ width, height: width, marks })
  expect(chooseScale([picture(2000, mark(0, 100), mark(1, 28))])).toBe(0.5)
  // What is around an object has to stay visible.
  expect(chooseScale([picture(2000, mark(0, 1500))])).toBe(0.128)
  expect(chooseScale([picture(100, mark(0, 1))])).toBe(2)
})

import { describe, expect, it } from 'vitest'
import { splitByGroup } from './split.ts'

const imagesOf = (count: number, value: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => ({ value: value(index), group: `group ${index}` }))

describe('the validation split', () => {
  it('takes about 15 % of a large set', () => {
    const { training, validation } = splitByGroup(imagesOf(4000, (index) => index % 2))
    expect(validation.length / (training.length + validation.length)).toBeCloseTo(0.15, 1)
  })

  it('keeps all images of a group on one side', () => {
    const items = Array.from({ length: 300 }, (_, index) => ({ value: index % 3, group: `patient ${index % 40}` }))
    const { training, validation } = splitByGroup(items)
    const sides = new Set(training.map((index) => items[index]!.group))
    expect(validation.filter((index) => sides.has(items[index]!.group))).toEqual([])
  })

  it('never moves an image from training to validation as the set grows', () => {
    const items = imagesOf(400, (index) => index % 4)
    let trained = new Set<number>()
    for (let count = 20; count <= 400; count += 20) {
      const { training, validation } = splitByGroup(items.slice(0, count))
      expect(validation.filter((index) => trained.has(index))).toEqual([])
      trained = new Set(training)
    }
  })

  it('gives every class of four groups or more a validation image and leaves every class a training image', () => {
    for (let classCount = 2; classCount < 12; classCount += 1) {
      const items = imagesOf(classCount * 4, (index) => index % classCount)
      const { training, validation } = splitByGroup(items)
      expect(new Set(validation.map((index) => items[index]!.value)).size).toBe(classCount)
      expect(new Set(training.map((index) => items[index]!.value)).size).toBe(classCount)
    }
  })
})

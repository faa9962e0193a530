import { describe, expect, it } from 'vitest'
import { decideGroups, type Group } from './hold-out.ts'

const group = (key: string, classes: number[] = [0], images = 1): Group => ({ key, classes, images })
const groups = (count: number, classesOf = (index: number) => [index % 2]) =>
  Array.from({ length: count }, (_, index) => group(`patient ${index}`, classesOf(index)))
const kept = (decisions: Map<string, boolean>) => [...decisions].filter(([, isKept]) => isKept).map(([key]) => key)

describe('which groups are kept from training', () => {
  it('is none of a small project, and a third at most while few are kept', () => {
    expect(kept(decideGroups(groups(11), new Map()))).toEqual([])
    const some = kept(decideGroups(groups(30), new Map())).length
    expect(some).toBeGreaterThanOrEqual(5)
    expect(some).toBeLessThanOrEqual(12)
  })

  it('is about 15 of 100 of a large one, and fewer beyond 1,000', () => {
    const share = kept(decideGroups(groups(4000), new Map())).length / 4000
    expect(share).toBeGreaterThan(0.13)
    expect(share).toBeLessThan(0.17)
    const more = kept(decideGroups(groups(40_000), new Map())).length
    expect(more).toBeGreaterThan(1000)
    expect(more).toBeLessThan(0.08 * 40_000)
  })

  it('never changes: only new groups are decided about as the project grows', () => {
    const decided = decideGroups(groups(40), new Map())
    const later = decideGroups(groups(200), decided)
    expect([...later.keys()].some((key) => decided.has(key))).toBe(false)
    expect(later.size).toBe(160)
    expect(kept(later).length).toBeGreaterThan(0)
  })

  it('does not depend on the order in which groups come', () => {
    const forward = decideGroups(groups(100), new Map())
    const backward = decideGroups(groups(100).reverse(), new Map())
    expect(kept(backward).sort()).toEqual(kept(forward).sort())
  })

  it('leaves every class at least three groups to learn from, and covers rare classes', () => {
    const rare = groups(60, (index) => (index < 3 ? [1] : index < 12 ? [2] : [0]))
    const decisions = kept(decideGroups(rare, new Map()))
    expect(decisions.filter((key) => ['patient 0', 'patient 1', 'patient 2'].includes(key))).toEqual([])
    const ofTwo = rare.slice(3, 12).map(({ key }) => key)
    expect(decisions.filter((key) => ofTwo.includes(key)).length).toBeGreaterThan(0)
  })
})

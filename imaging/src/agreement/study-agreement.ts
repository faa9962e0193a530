import {
  type Agreement,
  type AgreementMeasure,
  type ImageType,
  type LabelData,
  type PairAgreement,
  readClassAnswer,
  taskTypeOf,
} from '@vesalius/contracts'
import { bootstrapImages } from './bootstrap-images.ts'
import { type ClassOverlap, compareMarks, diceOf, f1Of, iouOf } from './compare-marks.ts'
import {
  cohenKappa,
  cohenKappaOfClass,
  confusionOf,
  fleissKappa,
  fleissKappaOfClass,
  observedAgreement,
} from './kappa.ts'

/** What the readers of one image said; `labels[reader]`, null where that one did not read it. */
export interface ReadImage {
  labels: readonly (LabelData | null)[]
}

type Figures = Pick<Agreement, 'measure' | 'fleiss'> & {
  images: number
  /** `a` and `b` are indices of readers. */
  pairs: (Omit<PairAgreement, 'a' | 'b'> & { a: number; b: number })[]
  /** Mean agreement of the pairs on each image, 0..1; null where fewer than two read it. */
  scores: (number | null)[]
}

const CELL = 3004

/** Masks that are one per thing are matched; others are compared pixel by pixel. */
export function measureOf(taskType: ImageType): AgreementMeasure {
  const { family } = taskTypeOf(taskType)
  if (family === 'base') return 'tags'
  if (family === 'classification') return 'kappa'
  return family === 'detection' || taskType === CELL ? 'f1' : 'dice'
}

/** How far several readers agree: by pairs, over all of them, and on each image. */
export function agreementOf(
  images: readonly ReadImage[],
  readers: number,
  taskType: ImageType,
  classes: number,
): Figures {
  const measure = measureOf(taskType)
  const pairs: Figures['pairs'] = []
  const sums = images.map(() => ({ total: 0, pairs: 0 }))
  for (let a = 0; a < readers; a += 1) {
    for (let b = a + 1; b < readers; b += 1) {
      const shared = images.flatMap(({ labels }, index) => {
        const [one, other] = [labels[a], labels[b]]
        return one && other ? [{ index, one, other }] : []
      })
      const compared = comparePair(measure, shared, classes)
      pairs.push({ a, b, images: shared.length, ...compared.figures })
      shared.forEach(({ index }, at) => {
        const score = compared.scores[at] ?? null
        const sum = sums[index]
        if (score === null || !sum) return
        sum.total += score
        sum.pairs += 1
      })
    }
  }
  return {
    measure,
    images: images.filter(({ labels }) => labels.filter((label) => label !== null).length >= 2).length,
    pairs,
    fleiss: measure === 'kappa' && readers >= 2 ? fleissOf(images, readers, classes) : null,
    scores: sums.map((sum) => (sum.pairs === 0 ? null : sum.total / sum.pairs)),
  }
}

interface Shared {
  one: LabelData
  other: LabelData
}
type PairFigures = Pick<PairAgreement, 'value' | 'interval' | 'beside' | 'perClass' | 'confusion'>

/** Two readers over the images both read; `scores[image]` in 0..1. */
export function comparePair(
  measure: AgreementMeasure,
  shared: readonly Shared[],
  classes: number,
): { figures: PairFigures; scores: (number | null)[] } {
  switch (measure) {
    case 'kappa':
      return compareAnswers(shared, classes)
    case 'tags':
      return compareTags(shared)
    case 'dice':
    case 'f1':
      return compareMarked(measure, shared, classes)
  }
}

function compareAnswers(shared: readonly Shared[], classes: number) {
  const answered = shared.map(({ one, other }) => {
    const [a, b] = [readClassAnswer(one)?.value ?? null, readClassAnswer(other)?.value ?? null]
    return a === null || b === null ? null : ([a, b] as const)
  })
  const pairs = answered.filter((pair) => pair !== null)
  const confusion = confusionOf(pairs, classes)
  const kappaOf = (indices: Int32Array) =>
    cohenKappa(
      confusionOf(
        Array.from(indices, (index) => pairs[index] ?? ([0, 0] as const)),
        classes,
      ),
    )
  return {
    figures: {
      value: cohenKappa(confusion),
      interval: bootstrapImages(pairs.length, kappaOf),
      beside: observedAgreement(confusion),
      perClass: confusion.map((_, index) => ({
        class: index,
        value: cohenKappaOfClass(confusion, index),
        images: pairs.filter(([a, b]) => a === index || b === index).length,
      })),
      confusion,
    },
    scores: answered.map((pair) => (pair === null ? null : Number(pair[0] === pair[1]))),
  }
}

function compareTags(shared: readonly Shared[]) {
  const scores = shared.map(({ one, other }) => {
    const [a, b] = [tagsOf(one), tagsOf(other)]
    const either = new Set([...a, ...b]).size
    return either === 0 ? 1 : a.filter((tag) => b.includes(tag)).length / either
  })
  const figures = { ...meanOf(scores), beside: null, perClass: [], confusion: null }
  return { figures, scores }
}

const tagsOf = (data: LabelData): string[] => ('tags' in data ? (data.tags ?? []) : [])

function compareMarked(measure: 'dice' | 'f1', shared: readonly Shared[], classes: number) {
  const overlaps = shared.map(({ one, other }) => compareMarks(one, other, classes))
  const scoreOf = measure === 'dice' ? diceOf : f1Of
  /** Of an image: the mean over the classes that at least one of the two marked; both saying "nothing" agree. */
  const scores = overlaps.map((ofClasses) => mean(ofClasses.map(scoreOf)) ?? 1)
  const perClass = Array.from({ length: classes }, (_, index) => {
    const ofImages = overlaps.map((ofClasses) => ofClasses[index] as ClassOverlap)
    const defined = ofImages.filter((overlap) => scoreOf(overlap) !== null)
    const value = measure === 'dice' ? mean(defined.map(diceOf)) : f1Of(pooled(defined))
    return { class: index, value, images: defined.length }
  })
  if (measure === 'dice') {
    const beside = mean(overlaps.map((ofClasses) => mean(ofClasses.map(iouOf)) ?? 1))
    return { figures: { ...meanOf(scores), beside, perClass, confusion: null }, scores }
  }
  const f1 = (indices: Iterable<number>) => f1Of(pooled([...indices].flatMap((index) => overlaps[index] ?? [])))
  const all = pooled(overlaps.flat())
  return {
    figures: {
      value: f1(overlaps.keys()),
      interval: bootstrapImages(overlaps.length, f1),
      beside: all.matched === 0 ? null : all.overlaps / all.matched,
      perClass,
      confusion: null,
    },
    scores,
  }
}

function pooled(overlaps: readonly ClassOverlap[]): Pick<ClassOverlap, 'matched' | 'onlyA' | 'onlyB' | 'overlaps'> {
  const total = { matched: 0, onlyA: 0, onlyB: 0, overlaps: 0 }
  for (const { matched, onlyA, onlyB, overlaps: sum } of overlaps) {
    total.matched += matched
    total.onlyA += onlyA
    total.onlyB += onlyB
    total.overlaps += sum
  }
  return total
}

function fleissOf(images: readonly ReadImage[], readers: number, classes: number): Agreement['fleiss'] {
  const counts = images.flatMap(({ labels }) => {
    const row = new Array<number>(classes).fill(0)
    let answered = 0
    for (const label of labels) {
      const value = label && (readClassAnswer(label)?.value ?? null)
      if (value === null || row[value] === undefined) continue
      row[value] += 1
      answered += 1
    }
    return answered === readers ? [row] : []
  })
  const kappaOf = (indices: Int32Array) => fleissKappa(Array.from(indices, (index) => counts[index] ?? []))
  return {
    value: fleissKappa(counts),
    interval: bootstrapImages(counts.length, kappaOf),
    images: counts.length,
    perClass: Array.from({ length: classes }, (_, index) => ({
      class: index,
      value: fleissKappaOfClass(counts, index),
      images: counts.filter((row) => (row[index] ?? 0) > 0).length,
    })),
  }
}

function meanOf(scores: readonly number[]): { value: number | null; interval: [number, number] | null } {
  const ofThose = (indices: Iterable<number>) => mean(Array.from(indices, (index) => scores[index] ?? 0))
  return { value: mean(scores), interval: bootstrapImages(scores.length, ofThose) }
}

function mean(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null)
  return defined.length === 0 ? null : defined.reduce((total, value) => total + value, 0) / defined.length
}

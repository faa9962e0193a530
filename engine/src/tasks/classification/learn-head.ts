import { createRandom } from '../../data/random.ts'
import { drawBalancedEpoch } from '../../data/sampler.ts'
import type { NamedTensors } from '../../graph/named-tensors.ts'
import { crossEntropy } from '../../ops/cross-entropy.ts'
import type { BatchSource, StepBatch } from '../../train/batch-source.ts'
import { type Learned, type LearningRecipe, type Lesson, learn } from '../../train/learn.ts'
import type { StepDefinition } from '../../train/step-definition.ts'
import { cacheFeatures, type FeatureCache } from './cache-features.ts'
import { type Evaluation, weighLogits } from './evaluate.ts'
import type { FeatureNetwork } from './feature-network.ts'
import type { PreparedData } from './prepare-data.ts'
import { encodeTargets } from './target.ts'

const CHANGED_VIEWS = 3
const BATCH = 128
const RECIPE: LearningRecipe = {
  optimizer: 'adamw',
  peakRate: 2e-3,
  weightDecay: 0.05,
  warmUpShare: 0.1,
  mostShown: 100_000,
}

/** On fewer held-out images the best epoch is the luckiest one. */
export const FEWEST_TO_CHOOSE_BY = 20
/** Of the budget, what looking at the pictures may take. */
const LOOKING_SHARE = 0.6

type Common = Pick<Lesson<StepBatch>, 'request' | 'clock' | 'budgetSeconds' | 'report' | 'onUpdate' | 'isChoosing'>

export interface LearnedHead extends Learned {
  /** What the network with its new last layer says about the held-out pictures; null where there are none. */
  heldOut: Evaluation | null
}

/**
 * Learns the last layer alone: the network before it is frozen, so it is asked once about every picture and a few changed
 * forms of it, and what it says is kept. Seconds instead of minutes. `parameters` of the answer are `<head>.weight`
 * [classes, features] and `<head>.bias`.
 */
export async function learnHead(
  common: Common,
  network: FeatureNetwork,
  { pictures, training, validation, policy }: PreparedData,
  { classCount, initial }: { classCount: number; initial: NamedTensors },
): Promise<LearnedHead> {
  const { request, clock, budgetSeconds } = common
  const { seed } = request
  const { head, featureCount } = network
  const hasTime = (seconds: number) => clock() + seconds < budgetSeconds * LOOKING_SHARE
  const heldOut = await cacheFeatures(network, pictures, validation, { count: 0, policy, seed, hasTime })
  const cache = await cacheFeatures(network, pictures, training, { count: CHANGED_VIEWS, policy, seed, hasTime })
  const truths = validation.map((position) => pictures.values[position] ?? 0)
  const values = training.map((position) => pictures.values[position] ?? 0)
  const judge = (found: NamedTensors) =>
    weighLogits(truths, projectRows(heldOut, truths.length, found, head, classCount))
  const learned = await learn({
    ...common,
    definition: headStep(head, featureCount, classCount),
    source: featureSource(cache, values, classCount, seed),
    recipe: RECIPE,
    batchSize: BATCH,
    pictures: training.length,
    initial,
    evaluate: truths.length > 0 ? async (found) => judge(found) : null,
  })
  return { ...learned, heldOut: truths.length > 0 ? judge(learned.parameters) : null }
}

function headStep(head: string, featureCount: number, classCount: number): StepDefinition {
  return {
    inputs: { features: [BATCH, featureCount], target: [BATCH, classCount], weight: [BATCH] },
    write({ graph }, layers, { features, target, weight }) {
      if (!features || !target || !weight) throw new RangeError('the step has features, target and weight')
      const logits = layers.project(head, features, classCount)
      const { loss, gradient } = crossEntropy(graph, logits, target, weight)
      return { loss, seeds: [{ output: logits, gradient }], outputs: {} }
    },
  }
}

/** Batches in which every class is drawn equally often, each picture in one of its cached forms. */
function featureSource(
  { views, featureCount }: FeatureCache,
  values: readonly number[],
  classCount: number,
  seed: number,
): BatchSource<StepBatch> {
  return {
    allocate: () => ({
      inputs: {
        features: new Float32Array(BATCH * featureCount),
        target: new Float32Array(BATCH * classCount),
        weight: new Float32Array(BATCH).fill(1),
      },
      count: BATCH,
    }),
    fill({ inputs }, { epoch, index, stepsPerEpoch }) {
      const order = drawBalancedEpoch(values, { count: stepsPerEpoch * BATCH, seed, epoch })
      const rows = order.subarray(index * BATCH, (index + 1) * BATCH)
      const random = createRandom(seed, epoch, index)
      rows.forEach((picture, row) => {
        const view = views[Math.floor(random() * views.length)] as Float32Array
        const from = picture * featureCount
        inputs.features?.set(view.subarray(from, from + featureCount), row * featureCount)
      })
      const chosen = Array.from(rows, (picture) => values[picture] ?? 0)
      if (inputs.target) encodeTargets(inputs.target, chosen, classCount)
    },
  }
}

/** x·Wᵀ + b for each plain row of the cache. */
function projectRows(
  { views, featureCount }: FeatureCache,
  rows: number,
  parameters: NamedTensors,
  head: string,
  classCount: number,
): Float32Array[] {
  const weight = parameters.get(`${head}.weight`)?.data
  const bias = parameters.get(`${head}.bias`)?.data
  const plain = views[0]
  if (!weight || !bias || !plain) throw new Error('the last layer has no parameters')
  return Array.from({ length: rows }, (_, row) =>
    Float32Array.from({ length: classCount }, (_, place) => {
      let sum = bias[place] ?? 0
      for (let at = 0; at < featureCount; at += 1) {
        sum += (plain[row * featureCount + at] ?? 0) * (weight[place * featureCount + at] ?? 0)
      }
      return sum
    }),
  )
}

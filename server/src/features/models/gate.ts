import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import {
  AppError,
  type ComparisonResult,
  type GateDecision,
  type GateReason,
  type ModelVersionId,
  type ProjectId,
} from '@vesalius/contracts'
import { hasLearned, judgeCandidate, requiredShare } from '@vesalius/engine'
import type { TrainingOutcome } from '@vesalius/engine/runner'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import { findModel } from '../predictions/predictions.queries.ts'
import { findHeldOutImages } from './held-out.queries.ts'
import { askModel, compareAnswers, type HeldOutImage, readHeldOut, shareAboveChance } from './measure-models.ts'

type Parts = Pick<Context, 'db' | 'storage' | 'pictures' | 'openJudge'>

/** What the gate says of a candidate, before it has a row. */
export interface Verdict {
  decision: Omit<GateDecision, 'comparisonId' | 'decidedAt'>
  comparison: ComparisonResult | null
  heldOut: HeldOutImage[]
}

/**
 * Tries a finished model and measures it against the one in service, on the same held-out images. Throws MODEL_UNUSABLE
 * for a file that is not what the training said it wrote, or that does not answer: such a model is not kept at all.
 */
export async function judgeModel(
  parts: Parts,
  projectId: ProjectId,
  {
    outcome,
    learned,
    classScheme,
    given,
    signal,
  }: {
    outcome: TrainingOutcome
    learned: readonly ImageRow['id'][]
    /** Of the project's class schemes the one it was trained under. */
    classScheme: number
    /** How many images, or frames, the training was given. */
    given: number
    signal: AbortSignal
  },
): Promise<Verdict> {
  await requireIntact(outcome)
  // Read anew: its classes may have changed while the model learned.
  const project = await parts.db
    .selectFrom('projects')
    .selectAll()
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow()
  const heldOut = await readHeldOut(parts.db, project, await findHeldOutImages(parts.db, project))
  const images = heldOut.map(({ image }) => image)
  const serving = project.serving_model_id ? await findModel(parts.db, project.serving_model_id) : undefined
  const judge = parts.openJudge()
  try {
    const tried = images.length > 0 ? images : await findOne(parts, learned)
    const second = await askModel(
      parts,
      judge,
      { file: outcome.modelFile, project, classScheme },
      { images: tried, signal },
    )
    if (!serving) return first(outcome, heldOut)
    const servingId = serving.id
    const servingFile = await parts.storage.localFile(serving.uri)
    const answers = await askModel(
      parts,
      judge,
      { file: servingFile, project, classScheme: serving.class_scheme },
      { images, signal },
    ).catch(() => images.map(() => null))
    const candidate = second.slice(0, images.length)
    const comparison = compareAnswers(project, heldOut, { first: answers, second: candidate })
    const shareSkilled = shareAboveChance(project, heldOut, candidate)
    const tries = 1 + (await countTries(parts, project, serving.id))
    return weigh(project, { comparison, heldOut, outcome, servingId, given, shareSkilled, tries })
  } finally {
    await judge.close()
  }
}

interface Evidence {
  comparison: ComparisonResult
  heldOut: HeldOutImage[]
  outcome: TrainingOutcome
  servingId: ModelVersionId | null
  given: number
  shareSkilled: number | null
  tries: number
}

function weigh(project: ProjectRow, evidence: Evidence): Verdict {
  const { comparison, heldOut, outcome, servingId, given, shareSkilled, tries } = evidence
  const { first, second, interval, shareBetter, classes, images, difference } = comparison
  const { gate } = project.algorithm
  const scores = { first: first.score, second: second.score, difference, interval, shareBetter, classes }
  const flaw = findFlaw(outcome, given)
  const { isBetter, reason } = judgeCandidate(scores, { images, gate, shareSkilled, tries })
  return {
    heldOut,
    comparison: images > 0 ? comparison : null,
    decision: {
      isPromoted: isBetter && flaw === null,
      // Of a candidate that was kept out anyway the plainer reason is told.
      reason: isBetter || reason === 'asksPerson' ? (flaw ?? reason) : reason,
      againstId: servingId,
      images,
      score: second.score,
      againstScore: first.score,
      interval,
      shareBetter,
      shareRequired: requiredShare(gate, tries),
      classes,
    },
  }
}

/** Less than this share of what a training was given, and something was lost on the way. */
const LEAST_USED = 0.8

/** What speaks against a candidate whatever the held-out images say. */
function findFlaw(outcome: TrainingOutcome, given: number): GateReason | null {
  if (!isFiniteFigure(outcome)) return 'noFigure'
  const used = outcome.trainingImages + outcome.validationImages + outcome.skipped.length
  if (used < LEAST_USED * given) return 'imagesMissing'
  return hasLearned(outcome.metrics) ? null : 'learnedNothing'
}

/** Candidates that were measured against this model before. */
async function countTries({ db }: Parts, project: ProjectRow, servingId: ModelVersionId): Promise<number> {
  const { count } = await db
    .selectFrom('model_versions')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('project_id', '=', project.id)
    .where(sql<boolean>`gate ->> 'againstId' = ${servingId}`)
    .executeTakeFirstOrThrow()
  return count
}

/** Where nothing serves, any model that was measured and answers is better than none. */
function first(outcome: TrainingOutcome, heldOut: HeldOutImage[]): Verdict {
  const isPromoted = isFiniteFigure(outcome)
  const reason = isPromoted ? 'first' : 'noFigure'
  const nothing = { againstId: null, score: null, againstScore: null, interval: null, shareBetter: null, classes: [] }
  return { heldOut, comparison: null, decision: { isPromoted, reason, images: heldOut.length, ...nothing } }
}

/** What the training itself measured must be numbers. */
function isFiniteFigure({ metrics }: TrainingOutcome): boolean {
  if (metrics?.kind === 'classification') return metrics.loss === null || Number.isFinite(metrics.loss)
  return true
}

async function findOne({ db }: Parts, imageIds: readonly ImageRow['id'][]): Promise<ImageRow[]> {
  const [imageId] = imageIds
  if (!imageId) return []
  return db.selectFrom('images').selectAll().where('id', '=', imageId).execute()
}

async function requireIntact({ modelFile, sha256 }: TrainingOutcome): Promise<void> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(modelFile), hash)
  if (hash.digest('hex') === sha256) return
  throw new AppError('MODEL_UNUSABLE', 'The model cannot be used: its file is not what the training wrote.')
}

import { measureClassification } from '../../metrics/classification.ts'
import type { TrainingOutcome, TrainingRequest, TrainingUpdate } from '../../runner/messages.ts'
import { startClock } from '../../train/clock.ts'
import { createProgressReporter } from '../../train/progress.ts'
import { requireFinite } from '../../train/require-finite.ts'
import { saveModel } from '../../train/save-model.ts'
import { fingerprintItems } from '../../train/warm-budget.ts'
import { softmax } from './calibration.ts'
import { requireClassItems, requireLearnable } from './check-request.ts'
import { encodeFrozen, type FrozenBackbone, openFeatures } from './frozen-backbone.ts'
import { FEWEST_TO_CHOOSE_BY, learnHead } from './learn-head.ts'
import { prepareData } from './prepare-data.ts'

/**
 * A training on the network of another program: it stays as it is, and a last layer of our own is learnt on what it says
 * about the pictures. Writes `model.onnx`, one file with both, into the request's folder.
 * Throws TrainingError, or what the file system throws.
 */
export async function trainFrozen(
  request: TrainingRequest,
  frozen: FrozenBackbone,
  onUpdate: (update: TrainingUpdate) => void,
): Promise<TrainingOutcome> {
  const clock = startClock(request.clock)
  const { classes, directory } = request
  const items = requireClassItems(request)
  requireLearnable(
    classes,
    items.map((item) => item.value),
  )
  const budgetSeconds = request.budgetMinutes * 60
  const report = createProgressReporter(onUpdate, { clock, budgetSeconds })
  report({ phase: 'reading' })
  const { imageSize, channels, mean, deviation } = frozen.card
  const data = await prepareData(request, items, { size: imageSize, channels }, (done) =>
    report({ phase: 'reading' }, done / items.length),
  )
  try {
    data.pictures.normalisation = { mean, deviation }
    const isChoosing = data.validation.length >= FEWEST_TO_CHOOSE_BY
    const common = { request, clock, budgetSeconds, report, onUpdate, isChoosing }
    const network = await openFeatures(frozen)
    const learned = await learnHead(common, network, data, { classCount: classes.length, initial: frozen.head })
    requireFinite(learned.parameters)
    const { heldOut } = learned
    const temperature = heldOut?.temperature ?? 1

    report({ phase: 'saving' })
    const card = { ...frozen.card, classes, temperature, trainedOn: fingerprintItems(items) }
    const saved = saveModel(directory, encodeFrozen(frozen, learned.parameters, card))
    report({ phase: 'done', secondsLeft: 0 })
    return {
      ...saved,
      metrics:
        heldOut &&
        measureClassification(
          classes,
          heldOut.truths,
          heldOut.logits.map((row) => softmax(row, temperature)),
        ),
      imageSize,
      trainingImages: data.training.length,
      validationImages: data.validation.length,
      epochs: learned.epochs,
      seconds: clock() + learned.secondsBefore,
      skipped: data.skipped,
    }
  } finally {
    data.pictures.store.close()
  }
}

import type { Context } from './context.ts'
import { startTidying } from './db/tidy-tables.ts'
import { recoverAccountHandler } from './features/accounts/recovery.ts'
import { startEmptyingBin } from './features/bin/empty-bin.ts'
import { startPurgingCdn } from './features/cdn/purge-cdn.ts'
import { editClassesHandler } from './features/classes/edit-classes.job.ts'
import { pushObjectsHandler } from './features/dicom-sources/push-objects.job.ts'
import { indexDicomHandler } from './features/dicomweb/index-instances.ts'
import { importImagesHandler } from './features/imports/import-images.job.ts'
import { exportHandler } from './features/interchange/export.job.ts'
import { readAnnotationsHandler } from './features/interchange/read-annotations.job.ts'
import { writeAnnotationsHandler } from './features/interchange/write-annotations.job.ts'
import { sendMailHandler } from './features/mail/send-mail.job.ts'
import { startDigests } from './features/messages/mail-digest.ts'
import { compareModelsHandler } from './features/models/comparisons.ts'
import { startForgettingNotifications } from './features/notifications/forget-notifications.ts'
import { deleteAccountHandler } from './features/own-data/delete-account.ts'
import { gatherOwnDataHandler } from './features/own-data/gather-own-data.job.ts'
import { prelabelHandler, prelabelProjectHandler } from './features/predictions/predictions.service.ts'
import { foldCounts } from './features/projects/projects.queries.ts'
import { rankImagesHandler } from './features/ranking/rank-images.ts'
import { pushImageHandler } from './features/remote/push-image.job.ts'
import { startWatchingJobs } from './features/remote/watch-jobs.ts'
import { offerRuns } from './features/training/hold-run.ts'
import { startScheduler } from './features/training/scheduler.ts'
import { trainModelHandler } from './features/training/train-model.job.ts'
import { startRelayingEvents } from './features/webhooks/relay-events.ts'
import { sendWebhookHandler } from './features/webhooks/send-webhook.job.ts'
import { measureWorthHandler } from './features/worth/measure-worth.job.ts'
import type { JobHandlers } from './jobs/jobs.ts'
import { type Loop, startLoop } from './processes/start-loop.ts'
import { startTakingUp } from './take-up.ts'

const FOLD_EVERY_MS = 3600_000

export interface Worker {
  /** Handles jobs and keeps the schedules from now on. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** The working side: what earlier processes left is taken up at once, work begins with `start`. */
export async function prepareWorker(context: Context): Promise<Worker> {
  const loops: Loop[] = [await startTakingUp(context)]
  await offerRuns(context)
  const handlers: JobHandlers = {
    'prelabel-image': { concurrency: context.config.prelabelConcurrency, handle: prelabelHandler(context) },
    'prelabel-project': { concurrency: 1, handle: prelabelProjectHandler(context) },
    'edit-classes': { concurrency: 1, handle: editClassesHandler(context) },
    'recover-account': { concurrency: 1, handle: recoverAccountHandler(context) },
    'delete-account': { concurrency: 1, handle: deleteAccountHandler(context) },
    'gather-own-data': { concurrency: 1, handle: gatherOwnDataHandler(context) },
    'send-mail': { concurrency: 1, handle: sendMailHandler(context) },
    'import-images': { concurrency: 1, handle: importImagesHandler(context) },
    'export-annotations': { concurrency: 1, handle: exportHandler(context) },
    'push-objects': { concurrency: 1, handle: pushObjectsHandler(context) },
    'index-dicom': { concurrency: 1, handle: indexDicomHandler(context) },
    'read-annotations': { concurrency: 1, handle: readAnnotationsHandler(context) },
    'write-annotations': { concurrency: 1, handle: writeAnnotationsHandler(context) },
    'push-image': { concurrency: 4, handle: pushImageHandler(context) },
    'send-webhook': { concurrency: 2, handle: sendWebhookHandler(context) },
    'rank-images': { concurrency: 1, handle: rankImagesHandler(context) },
    'measure-worth': { concurrency: 1, handle: measureWorthHandler(context) },
    'compare-models': { concurrency: 1, handle: compareModelsHandler(context) },
    'train-model': { concurrency: 1, handle: trainModelHandler(context) },
    'train-elsewhere': { concurrency: 8, handle: trainModelHandler(context, 'elsewhere') },
  }
  return {
    start: async () => {
      await context.jobs.work(handlers, context.config.workerKinds)
      loops.push(
        startScheduler(context),
        startEmptyingBin(context),
        startTidying(context),
        startWatchingJobs(context),
        startLoop(context, {
          name: 'fold-counts',
          everyMs: FOLD_EVERY_MS,
          failure: 'the counts of lists could not be folded',
          look: () => foldCounts(context.db),
        }),
        startRelayingEvents(context),
        startPurgingCdn(context),
        startDigests(context),
        startForgettingNotifications(context),
      )
    },
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
      await context.leases.release().catch(() => {})
      await context.jobs.drain(context.config.stopMs)
    },
  }
}

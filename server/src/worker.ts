import type { Context } from './context.ts'
import { startTidying } from './db/tidy-tables.ts'
import { recoverAccountHandler } from './features/accounts/recovery.ts'
import { startEmptyingBin } from './features/bin/empty-bin.ts'
import { editClassesHandler, resumeClassEdits } from './features/classes/edit-classes.job.ts'
import { importImagesHandler, resumeImports } from './features/imports/import-images.job.ts'
import { sweepOrphans } from './features/ingest/sweep-orphans.ts'
import { exportHandler } from './features/interchange/export.job.ts'
import { readAnnotationsHandler } from './features/interchange/read-annotations.job.ts'
import { writeAnnotationsHandler } from './features/interchange/write-annotations.job.ts'
import { repairLabelFiles } from './features/labels/repair-label-files.ts'
import { sendMailHandler } from './features/mail/send-mail.job.ts'
import { compareModelsHandler } from './features/models/comparisons.ts'
import { prelabelHandler, prelabelProjectHandler, resumePrelabels } from './features/predictions/predictions.service.ts'
import { foldCounts } from './features/projects/projects.queries.ts'
import { rankImagesHandler } from './features/ranking/rank-images.ts'
import { pushImageHandler } from './features/remote/push-image.job.ts'
import { startWatchingJobs } from './features/remote/watch-jobs.ts'
import { offerRuns, releaseAll } from './features/training/hold-run.ts'
import { startScheduler } from './features/training/scheduler.ts'
import { trainModelHandler } from './features/training/train-model.job.ts'

/** The working side: takes up what an earlier process left, then handles jobs and keeps the training schedule. */
export async function startWorker(context: Context): Promise<{ stop(): Promise<void> }> {
  await sweepOrphans(context)
  await repairLabelFiles(context)
  await foldCounts(context.db)
  await resumePrelabels(context)
  await releaseAll(context)
  await offerRuns(context)
  await resumeImports(context)
  await resumeClassEdits(context)
  await context.jobs.work({
    'prelabel-image': { concurrency: context.config.prelabelConcurrency, handle: prelabelHandler(context) },
    'prelabel-project': { concurrency: 1, handle: prelabelProjectHandler(context) },
    'edit-classes': { concurrency: 1, handle: editClassesHandler(context) },
    'recover-account': { concurrency: 1, handle: recoverAccountHandler(context) },
    'send-mail': { concurrency: 1, handle: sendMailHandler(context) },
    'import-images': { concurrency: 1, handle: importImagesHandler(context) },
    'export-annotations': { concurrency: 1, handle: exportHandler(context) },
    'read-annotations': { concurrency: 1, handle: readAnnotationsHandler(context) },
    'write-annotations': { concurrency: 1, handle: writeAnnotationsHandler(context) },
    'push-image': { concurrency: 4, handle: pushImageHandler(context) },
    'rank-images': { concurrency: 1, handle: rankImagesHandler(context) },
    'compare-models': { concurrency: 1, handle: compareModelsHandler(context) },
    'train-model': { concurrency: 1, handle: trainModelHandler(context) },
    'train-elsewhere': { concurrency: 8, handle: trainModelHandler(context, 'elsewhere') },
  })
  const loops = [startScheduler(context), startEmptyingBin(context), startTidying(context), startWatchingJobs(context)]
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

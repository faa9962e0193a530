import type { Context } from './context.ts'
import { resumeClassEdits } from './features/classes/edit-classes.job.ts'
import { resumePushes } from './features/dicom-sources/push-objects.job.ts'
import { resumeImports } from './features/imports/import-images.job.ts'
import { sweepOrphans } from './features/ingest/sweep-orphans.ts'
import { resumeExchange } from './features/interchange/resume-exchange.ts'
import { repairLabelFiles } from './features/labels/repair-label-files.ts'
import { resumePrelabels } from './features/predictions/predictions.service.ts'
import { foldCounts } from './features/projects/projects.queries.ts'
import { releaseAll } from './features/training/hold-run.ts'
import { type Loop, startLoop } from './processes/start-loop.ts'

const LOOK_EVERY_MS = 30_000

/**
 * Takes up what processes left that are gone: changes of files cut off between file and row, and work whose job was lost
 * or given up. The only process on an embedded database does so before it starts to work, and looks after jobs from then
 * on; on a server one of the workers looks every half minute, so that a killed process is mended without a restart.
 */
export async function startTakingUp(context: Context): Promise<Loop> {
  const isAlone = context.database.kind === 'embedded'
  if (isAlone) {
    await mendFiles(context)
    await foldCounts(context.db)
    await releaseAll(context)
    await resumeJobs(context)
  }
  return startLoop(context, {
    name: 'take-up',
    everyMs: LOOK_EVERY_MS,
    isEager: !isAlone,
    failure: 'what stopped processes left could not be taken up',
    look: async () => {
      if (!isAlone) await mendFiles(context)
      await resumeJobs(context)
    },
  })
}

async function mendFiles(context: Context): Promise<void> {
  await sweepOrphans(context)
  await repairLabelFiles(context)
}

async function resumeJobs(context: Context): Promise<void> {
  await resumePrelabels(context)
  await resumeImports(context)
  await resumeClassEdits(context)
  await resumeExchange(context)
  await resumePushes(context)
}

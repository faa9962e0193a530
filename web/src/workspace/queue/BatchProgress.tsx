import type { Project } from '@vesalius/contracts'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import classes from './Queue.module.css'
import type { WorkTimer } from './use-work-timer.ts'

interface Props {
  project: Project
  /** Submitted in this sitting, and how long they took together. */
  done: { images: number; seconds: number }
  timer: WorkTimer
}

/** How far the project is, how long this image takes, and how long one takes on the average. */
export function BatchProgress({ project, done, timer }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const seconds = useSyncExternalStore(timer.subscribe, timer.getSeconds)
  const { images, annotated } = project.counts
  return (
    <div className={classes.progress}>
      <progress max={Math.max(1, images)} value={annotated} aria-label={t('flow.progress')} />
      <div className={classes.figures}>
        <span>{t('flow.annotated', { done: annotated, count: images })}</span>
        <span title={t('flow.timeHelp')}>{format.duration(seconds)}</span>
      </div>
      {done.images > 0 && (
        <div className={classes.figures}>
          <span>{t('flow.sitting', { count: done.images })}</span>
          <span>{t('flow.each', { time: format.duration(done.seconds / done.images) })}</span>
        </div>
      )}
    </div>
  )
}

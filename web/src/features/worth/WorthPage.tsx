import { Text } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Project, Worth } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useProject } from '../projects/use-project.ts'
import { CalibrationPlot } from './CalibrationPlot.tsx'
import { DriftPlot } from './DriftPlot.tsx'
import { EditsPlot } from './EditsPlot.tsx'
import classes from './Worth.module.css'
import { WorthFigures } from './WorthFigures.tsx'
import { WorthTable } from './WorthTable.tsx'
import { worthQuery } from './worth-query.ts'

/** What the model's first guesses are worth to those who correct them: work, time, trust. */
export function WorthPage() {
  const project = useProject()
  const asked = useQuery(worthQuery(project.id))
  if (asked.isError && !asked.data) return <ErrorNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const worth = asked.data?.worth
  if (!worth) return <Waiting />
  const isEmpty = worth.models.length === 0 && !worth.drift
  return (
    <Page>
      <div className={classes.stack}>
        <Head project={project} worth={worth} isMeasuring={asked.data?.isMeasuring ?? false} />
        {isEmpty ? <Empty project={project} /> : <Filled worth={worth} />}
      </div>
    </Page>
  )
}

function Head({ project, worth, isMeasuring }: { project: Project; worth: Worth; isMeasuring: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <header className={classes.header}>
      <div>
        <h2 className={classes.title}>{t('worth.title')}</h2>
        <Text c="dimmed" role="status">
          {isMeasuring ? t('worth.measuring') : t('worth.measuredAt', { when: format.ago(worth.measuredAt) })}
        </Text>
      </div>
      <LinkButton variant="default" to="/projects/$projectId/training" params={{ projectId: project.id }}>
        {t('worth.toTraining')}
      </LinkButton>
    </header>
  )
}

function Empty({ project }: { project: Project }) {
  const { t } = useTranslation()
  return (
    <Notice icon={<IconChartBar size={26} stroke={1.6} />} title={t('worth.emptyTitle')}>
      <p>{t('worth.emptyText')}</p>
      <LinkButton
        to="/projects/$projectId/annotate"
        params={{ projectId: project.id }}
        search={{ annotated: false, order: 'next' }}
      >
        {t('training.annotateNow')}
      </LinkButton>
    </Notice>
  )
}

function Filled({ worth }: { worth: Worth }) {
  const { t } = useTranslation()
  const [newest] = worth.models
  const oldestFirst = [...worth.models].reverse()
  return (
    <>
      {newest && <WorthFigures newest={newest} byHand={worth.byHand} />}
      {newest && (
        <Card title={t('worth.editsTitle')} text={t('worth.editsText')}>
          <EditsPlot models={oldestFirst} />
          <WorthTable models={worth.models} byHand={worth.byHand} />
          {worth.left > 0 && (
            <Text mt="sm" c="dimmed">
              {t('worth.left', { count: worth.left })}
            </Text>
          )}
        </Card>
      )}
      {newest && newest.calibrationError !== null && (
        <Card title={t('worth.calibrationTitle', { number: newest.number })} text={t('worth.calibrationText')}>
          <CalibrationPlot model={newest} />
        </Card>
      )}
      <Card title={t('worth.driftTitle')} text={t('worth.driftText')}>
        {worth.drift ? <DriftPlot drift={worth.drift} /> : <Text c="dimmed">{t('worth.driftNone')}</Text>}
      </Card>
    </>
  )
}

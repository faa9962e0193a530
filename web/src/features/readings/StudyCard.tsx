import { Button, Progress } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { holdsRight, type Project, routes, type Study } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useAct } from '../../ui/use-act.ts'
import { meQuery } from '../accounts/account-queries.ts'
import classes from './Studies.module.css'

/** One study: who reads how far, and what the person looking may do with it. */
export function StudyCard({ project, study }: { project: Project; study: Study }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const act = useAct()
  const me = useQuery(meQuery).data?.id
  const [isEnding, setIsEnding] = useState<'finish' | 'remove' | null>(null)
  const own = study.readers.find(({ id }) => id === me)
  const isReading = own !== undefined && own.finishedAt === null && study.state === 'open'
  const params = { projectId: project.id, studyId: study.id }
  const mayManage = holdsRight(project.access, 'manage')
  const run = (change: () => Promise<unknown>) =>
    act(async () => {
      await change()
      setIsEnding(null)
      await client.invalidateQueries({ queryKey: keys.studies(project.id) })
    })
  return (
    <Card title={study.name}>
      <p className={classes.facts}>
        <span>{t('studies.images', { count: study.images })}</span>
        <span>{t(study.isBlind ? 'studies.blind' : 'studies.notBlind')}</span>
        <span>{t(study.showsGuess ? 'studies.withGuess' : 'studies.withoutGuess')}</span>
        <span>{study.closedAt ? t('studies.closed', { when: format.ago(study.closedAt) }) : t('studies.open')}</span>
      </p>
      <ul className={classes.readers}>
        {study.readers.map((reader) => (
          <li key={reader.id}>
            <span>{reader.username}</span>
            <Progress
              aria-label={t('studies.progressOf', { name: reader.username })}
              value={reader.assigned === 0 ? 0 : (100 * reader.submitted) / reader.assigned}
            />
            <span>
              {t(reader.finishedAt ? 'studies.finished' : 'studies.progress', {
                done: reader.submitted,
                all: reader.assigned,
              })}
            </span>
          </li>
        ))}
      </ul>
      <div className={classes.actions}>
        {isReading && own.submitted < own.assigned && (
          <LinkButton
            to="/projects/$projectId/annotate"
            params={params}
            search={{ study: study.id, read: false, order: 'oldest' }}
          >
            {t('studies.readOn')}
          </LinkButton>
        )}
        {isReading && own.submitted > 0 && (
          <LinkButton
            variant="default"
            to="/projects/$projectId/annotate"
            params={params}
            search={{ study: study.id, read: true, order: 'oldest' }}
          >
            {t('studies.lookAgain')}
          </LinkButton>
        )}
        {isReading && own.submitted === own.assigned && (
          <Button onClick={() => setIsEnding('finish')}>{t('studies.finish')}</Button>
        )}
        {!(isReading && study.isBlind) && holdsRight(project.access, 'review') && (
          <LinkButton variant="light" to="/projects/$projectId/review/studies/$studyId" params={params}>
            {t('studies.agreement')}
          </LinkButton>
        )}
        {mayManage && (
          <Button
            variant="default"
            onClick={() =>
              run(() =>
                call(routes.changeStudy, { params, body: { state: study.state === 'open' ? 'closed' : 'open' } }),
              )
            }
          >
            {t(study.state === 'open' ? 'studies.close' : 'studies.reopen')}
          </Button>
        )}
        {mayManage && (
          <Button variant="subtle" color="cinnabar" onClick={() => setIsEnding('remove')}>
            {t('studies.remove')}
          </Button>
        )}
      </div>
      {isEnding === 'finish' && (
        <ConfirmDialog
          title={t('studies.finishTitle')}
          text={t('studies.finishText')}
          stay={t('common.cancel')}
          go={t('studies.finish')}
          onClose={() => setIsEnding(null)}
          onConfirm={() => run(() => call(routes.finishStudy, { params }))}
        />
      )}
      {isEnding === 'remove' && (
        <ConfirmDialog
          title={t('studies.removeTitle', { name: study.name })}
          text={t('studies.removeText')}
          stay={t('common.cancel')}
          go={t('studies.remove')}
          onClose={() => setIsEnding(null)}
          onConfirm={() => run(() => call(routes.deleteStudy, { params }))}
        />
      )}
    </Card>
  )
}

import { Button, Select, Text } from '@mantine/core'
import { IconCheck, IconCircleDashed, IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { patchRun } from '../../api/patch-caches.ts'
import { Card } from '../../ui/Card.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { useNames } from '../projects/default-names.ts'
import { algorithmQuery } from '../projects/project-queries.ts'
import classes from './TrainingPage.module.css'
import { classPresenceQuery } from './training-queries.ts'

const BUDGETS = [0.5, 1, 2, 5, 10, 30, 60]

/** Starts a training, or says in plain words what is missing before one can start. */
export function TrainNow({ project, hasModel }: { project: Project; hasModel: boolean }) {
  const { t } = useTranslation()
  const { className } = useNames()
  const client = useQueryClient()
  const problemText = useProblemText()
  const usual = useQuery(algorithmQuery(project.id)).data?.budgetMinutes ?? 5
  const [chosen, setChosen] = useState<string | null>(null)
  const presence = useQuery(classPresenceQuery(project)).data
  const start = useMutation({
    mutationFn: () =>
      call(routes.startRun, { params: { projectId: project.id }, body: { budgetMinutes: Number(chosen ?? usual) } }),
    onSuccess: (run) => patchRun(client, run),
  })
  const isReady = presence === undefined || presence.filter(Boolean).length >= 2
  const minutes = [...new Set([...BUDGETS, usual])].sort((a, b) => a - b)
  const title = isReady ? t(hasModel ? 'training.trainNow' : 'training.firstTitle') : t('training.notReadyTitle')
  const text = isReady ? t('training.readyText', { count: project.counts.annotated }) : t('training.notReadyText')
  return (
    <Card title={title} text={text}>
      {isReady ? (
        <div className={classes.head}>
          <Select
            w={150}
            label={t('training.budget')}
            value={chosen ?? String(usual)}
            onChange={setChosen}
            data={minutes.map((value) => ({
              value: String(value),
              label:
                value < 1 ? t('training.seconds', { seconds: value * 60 }) : t('training.minutes', { minutes: value }),
            }))}
          />
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            loading={start.isPending}
            disabled={presence === undefined}
            onClick={() => start.mutate()}
          >
            {t('training.trainNow')}
          </Button>
        </div>
      ) : (
        <>
          {project.classes.slice(0, presence.length).map((name, index) => (
            <Text key={name} size="sm" c={presence[index] ? 'var(--person)' : 'dimmed'}>
              {presence[index] ? <IconCheck size={13} /> : <IconCircleDashed size={13} />}{' '}
              {t(presence[index] ? 'training.classHas' : 'training.classMissing', { name: className(name) })}
            </Text>
          ))}
          <LinkButton
            mt="md"
            to="/projects/$projectId/annotate"
            params={{ projectId: project.id }}
            search={{ annotated: false }}
          >
            {t('training.annotateNow')}
          </LinkButton>
        </>
      )}
      {start.isError && (
        <Text role="alert" mt="sm" c="var(--trouble)">
          {problemText(start.error)}
        </Text>
      )}
    </Card>
  )
}

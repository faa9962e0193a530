import { Box, Button, Select, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCheck, IconCircleDashed, IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { isClassification, type Project, routes, type TrainingScope } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { patchRun } from '../../api/patch-caches.ts'
import { Card } from '../../ui/Card.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { useNames } from '../projects/default-names.ts'
import { algorithmQuery } from '../projects/project-queries.ts'
import { ScopeChoice } from './ScopeChoice.tsx'
import classes from './TrainingPage.module.css'
import { TrainWithout } from './TrainWithout.tsx'
import { classPresenceQuery } from './training-queries.ts'

const BUDGETS = [0.5, 1, 2, 5, 10, 30, 60]

/** Starts a training, or says in plain words what is missing before one can start. */
export function TrainNow({ project, hasModel }: { project: Project; hasModel: boolean }) {
  const { t } = useTranslation()
  const { className } = useNames()
  const client = useQueryClient()
  const problemText = useProblemText()
  const algorithm = useQuery(algorithmQuery(project.id)).data
  const usual = algorithm?.budgetMinutes ?? 5
  const [chosen, setChosen] = useState<string | null>(null)
  const [chosenScope, setScope] = useState<TrainingScope | null>(null)
  const canChoose = hasModel && isClassification(project.taskType)
  const scope = canChoose ? (chosenScope ?? algorithm?.trainingScope ?? 'whole') : 'whole'
  const presence = useQuery(classPresenceQuery(project)).data
  const params = { projectId: project.id }
  const [isLeavingOut, leavingOut] = useDisclosure(false)
  const start = useMutation({
    mutationFn: () => call(routes.startRun, { params, body: { budgetMinutes: Number(chosen ?? usual), scope } }),
    onSuccess: (run) => patchRun(client, run),
  })
  const hasImages = project.counts.images > 0
  const isReady = presence === undefined ? project.counts.annotated > 0 : presence.filter(Boolean).length >= 2
  const minutes = [...new Set([...BUDGETS, usual])].sort((a, b) => a - b)
  const title = isReady ? t(hasModel ? 'training.trainNow' : 'training.firstTitle') : t('training.notReadyTitle')
  const text = isReady ? t('training.readyText', { count: project.counts.annotated }) : t('training.notReadyText')
  return (
    <Card title={title} text={text}>
      {isReady && canChoose && (
        <Box mb="md">
          <ScopeChoice value={scope} onChange={setScope} />
        </Box>
      )}
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
          <Button variant="subtle" disabled={presence === undefined} onClick={leavingOut.open}>
            {t('without.open')}
          </Button>
        </div>
      ) : (
        <>
          <ul className={classes.presence}>
            {project.classes.slice(0, presence?.length ?? 0).map((name, index) => (
              <li key={name} data-present={presence?.[index]}>
                {presence?.[index] ? <IconCheck size={15} /> : <IconCircleDashed size={15} />}
                {t(presence?.[index] ? 'training.classHas' : 'training.classMissing', { name: className(name) })}
              </li>
            ))}
          </ul>
          {hasImages ? (
            <LinkButton to="/projects/$projectId/annotate" params={params} search={{ annotated: false, order: 'next' }}>
              {t('training.annotateNow')}
            </LinkButton>
          ) : (
            <LinkButton to="/projects/$projectId" params={params}>
              {t('training.uploadFirst')}
            </LinkButton>
          )}
        </>
      )}
      {isLeavingOut && <TrainWithout projectId={project.id} onClose={leavingOut.close} />}
      {start.isError && (
        <Text role="alert" mt="sm" c="var(--trouble)">
          {problemText(start.error)}
        </Text>
      )}
    </Card>
  )
}

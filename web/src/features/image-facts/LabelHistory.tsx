import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Image, type Project, type RouteAnswer, readClassAnswer, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useNames } from '../projects/default-names.ts'
import classes from './ImageFacts.module.css'

export type Revision = RouteAnswer<typeof routes.listLabelRevisions>['items'][number]

interface Props {
  project: Project
  image: Image
  onGoBack?: (revision: Revision) => void
}

/** Every label the image had, newest first; an older one can become the answer again. Nothing is ever overwritten. */
export function LabelHistory({ project, image, onGoBack }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescription(project)
  const history = useQuery({
    queryKey: [...keys.revisions(image.id), image.labelRevision],
    queryFn: async () => (await call(routes.listLabelRevisions, { params: { imageId: image.id } })).items,
  })
  if (history.isPending) return <Waiting />
  if (history.isError) return <ErrorNotice error={history.error} onRetry={() => void history.refetch()} />
  return (
    <ul className={classes.revisions}>
      {history.data.map((revision) => (
        <li key={revision.revision} className={classes.revision}>
          <div>
            <Text fw={600}>{describe(revision)}</Text>
            <Text size="sm" c="dimmed">
              {t(`facts.by.${revision.author.kind}`, { name: revision.authorName ?? t('facts.somebody') })}
              {' · '}
              {format.date(revision.createdAt)}
              {revision.isClassEdit && ` · ${t('facts.classEdit')}`}
            </Text>
          </div>
          {revision.revision === image.labelRevision ? (
            <Text size="sm">{t('facts.current')}</Text>
          ) : (
            onGoBack && (
              <Button size="compact-sm" variant="default" onClick={() => onGoBack(revision)}>
                {t('facts.goBack')}
              </Button>
            )
          )}
        </li>
      ))}
    </ul>
  )
}

/** A label in few words: the class, or how many marks. */
function useDescription(project: Project): (revision: Revision) => string {
  const { t } = useTranslation()
  const { className } = useNames()
  return ({ data }) => {
    const label = data as { boxes?: unknown[]; masks?: unknown[]; tags?: string[] }
    const marks = label.boxes ?? label.masks
    if (marks) return t('facts.marks', { count: marks.length })
    if (project.taskType === 1000) return label.tags?.join(', ') || t('facts.unanswered')
    const value = readClassAnswer(data as never)?.value ?? null
    const name = value === null ? undefined : project.classes[value]
    return name === undefined ? t('facts.unanswered') : className(name)
  }
}

import { Button, Group, Modal, Progress, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ClassEdit, type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import classes from './Classes.module.css'
import { ClassFindings } from './ClassFindings.tsx'
import { classEditsQuery } from './class-queries.ts'

const SHOWN = 5

/** The newest changes of the classes, how far one is carried into the labels, and the way back. */
export function ClassHistory({ project }: { project: Project }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [asked, setAsked] = useState<ClassEdit | null>(null)
  const edits = useQuery(classEditsQuery(project.id)).data
  if (!edits || edits.length === 0) return null
  return (
    <div>
      <Text fw={600} size="sm" mb={6}>
        {t('classes.history')}
      </Text>
      <ul className={classes.edits}>
        {edits.slice(0, SHOWN).map((edit) => (
          <li key={edit.id} className={classes.edit}>
            <div style={{ flex: 1, minWidth: 0 }}>
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {edit.before.join(', ')} → {edit.after.map(({ name }) => name).join(', ')}
              </Text>
              <Text size="sm" c="dimmed">
                {[
                  edit.undoes && t('classes.wayBack'),
                  edit.authorName,
                  format.ago(edit.createdAt),
                  t('classes.changed', { count: edit.changed }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
              {edit.state === 'running' && (
                <Progress
                  aria-label={t('classes.carrying', { done: edit.done, total: edit.total })}
                  value={edit.total > 0 ? (100 * edit.done) / edit.total : 0}
                  animated
                />
              )}
              {edit.problem && <Trouble>{edit.problem.message}</Trouble>}
            </div>
            {edit.canUndo && project.access !== 'viewer' && (
              <Button variant="subtle" size="compact-sm" onClick={() => setAsked(edit)}>
                {t('classes.undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked && <UndoDialog project={project} edit={asked} onClose={() => setAsked(null)} />}
    </div>
  )
}

function UndoDialog({ project, edit, onClose }: { project: Project; edit: ClassEdit; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const params = { projectId: project.id, editId: edit.id }
  const preview = useQuery({
    queryKey: [...keys.classEdits(project.id), edit.id, 'undo'],
    queryFn: ({ signal }) => call(routes.previewClassUndo, { params, signal }),
    staleTime: 0,
  })
  const undo = useMutation({
    mutationFn: () => call(routes.undoClassEdit, { params }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.project(project.id) })
      await client.invalidateQueries({ queryKey: keys.classEdits(project.id) })
      onClose()
    },
  })
  const failure = preview.error ?? undo.error
  return (
    <Modal opened onClose={onClose} withCloseButton={false} title={t('classes.undoTitle')}>
      <Stack>
        {preview.data && <ClassFindings found={preview.data} />}
        {failure && <Trouble>{problemText(failure)}</Trouble>}
        <Group justify="flex-end" gap="xs">
          <Button data-autofocus variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button loading={undo.isPending} disabled={!preview.data} onClick={() => undo.mutate()}>
            {t('classes.undo')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

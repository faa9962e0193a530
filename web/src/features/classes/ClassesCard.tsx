import { Button, Group, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { isBinary, isClassification, type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { Card } from '../../ui/Card.tsx'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { useNames } from '../projects/default-names.ts'
import classes from './Classes.module.css'
import { ClassFindings } from './ClassFindings.tsx'
import { ClassHistory } from './ClassHistory.tsx'
import { ClassRowFields } from './ClassRowFields.tsx'
import { classNamesProblem } from './class-names.ts'
import {
  addRow,
  type ClassRows,
  changeRow,
  editedClasses,
  keepRow,
  mergeRow,
  moveRow,
  removeRow,
  splitRow,
  startRows,
} from './class-rows.ts'

/** The classes of a project: changed here, looked at in numbers, then put in force. */
export function ClassesCard({ project }: { project: Project }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const { className } = useNames()
  const [list, setList] = useState(() => startRows(project, className))
  const isPair = isBinary(project.taskType)
  const least = isClassification(project.taskType) ? 2 : 1
  const problem = classNamesProblem(
    list.rows.map(({ shown }) => shown),
    least,
  )
  const body = { scheme: project.classScheme, classes: editedClasses(list) }
  const isSame = JSON.stringify(body.classes) === JSON.stringify(editedClasses(startRows(project, className)))
  const params = { projectId: project.id }
  const preview = useMutation({ mutationFn: () => call(routes.previewClassEdit, { params, body }) })
  const start = useMutation({
    mutationFn: () => call(routes.startClassEdit, { params, body }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.classEdits(project.id) })
      await client.invalidateQueries({ queryKey: keys.project(project.id) })
      void client.invalidateQueries({ queryKey: keys.projects })
    },
  })
  const change = (next: ClassRows) => {
    setList(next)
    preview.reset()
    start.reset()
  }
  const failure = preview.error ?? start.error
  return (
    <Card title={t('settings.classes')} text={t(isPair ? 'settings.binaryHelp' : 'classes.text')}>
      <Stack gap="sm">
        <ul className={classes.rows}>
          {list.rows.map((row, place) => (
            <ClassRowFields
              key={row.id}
              row={row}
              place={place}
              others={list.rows.filter(({ id }) => id !== row.id)}
              hasColours={!isClassification(project.taskType)}
              isLast={place === list.rows.length - 1}
              canGo={!isPair && list.rows.length > least}
              onChange={(next) => change(changeRow(list, row.id, next))}
              onMove={(step) => change(moveRow(list, row.id, step))}
              onMerge={(into) => change(mergeRow(list, row.id, into))}
              onRemove={() => change(removeRow(list, row.id))}
              onSplit={(id) => change(splitRow(list, id))}
            />
          ))}
        </ul>
        {list.removed.map((row) => (
          <p key={row.id} className={classes.aside}>
            {t('classes.goes', { name: row.shown })}{' '}
            <button type="button" className={classes.link} onClick={() => change(keepRow(list, row.id))}>
              {t('classes.keep')}
            </button>
          </p>
        ))}
        {!isPair && (
          <div>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={15} />}
              onClick={() => change(addRow(list))}
            >
              {t('settings.addClass')}
            </Button>
          </div>
        )}
        {problem && <Text c="var(--trouble)">{t(`settings.${problem}`)}</Text>}
        {preview.data && <ClassFindings found={preview.data} />}
        {failure && <Trouble>{problemText(failure)}</Trouble>}
        {project.areClassesMoving && <Text size="sm">{t('classes.moving')}</Text>}
        <Group gap="xs">
          {preview.data ? (
            <Button loading={start.isPending} disabled={preview.data.frozen > 0} onClick={() => start.mutate()}>
              {t('classes.apply')}
            </Button>
          ) : (
            <Button
              loading={preview.isPending}
              disabled={problem !== null || isSame || project.areClassesMoving}
              onClick={() => preview.mutate()}
            >
              {t('classes.look')}
            </Button>
          )}
          {!isSame && (
            <Button variant="default" onClick={() => change(startRows(project, className))}>
              {t('common.cancel')}
            </Button>
          )}
        </Group>
        <ClassHistory project={project} />
      </Stack>
    </Card>
  )
}

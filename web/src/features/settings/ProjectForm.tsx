import { ActionIcon, Button, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type DuplicateChoice, isBinary, isClassification, type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { Card } from '../../ui/Card.tsx'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { keyOfClass } from '../../workspace/actions/find-command.ts'
import { DUPLICATE_CHOICES } from '../imports/duplicate-choices.ts'
import { useNames } from '../projects/default-names.ts'
import { classNamesProblem } from './class-names.ts'

export function ProjectForm({ project }: { project: Project }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const { projectName, className } = useNames()
  const [name, setName] = useState(projectName(project))
  const [rows, setRows] = useState(() =>
    project.classes.map((stored, id) => ({ id, stored, shown: className(stored), original: className(stored) })),
  )
  const [duplicates, setDuplicates] = useState(project.duplicates)
  const [deidentifies, setDeidentifies] = useState(project.deidentifies)
  const hasClasses = isClassification(project.taskType)
  const classes = rows.map((row) => (row.stored !== '' && row.shown === row.original ? row.stored : row.shown.trim()))
  const problem = hasClasses ? classNamesProblem(rows.map((row) => row.shown)) : null
  const isBinaryTask = isBinary(project.taskType)
  const save = useMutation({
    mutationFn: () =>
      call(routes.updateProject, {
        params: { projectId: project.id },
        body: {
          ...(name === projectName(project) ? {} : { name }),
          ...(hasClasses ? { classes } : {}),
          deidentifies,
          duplicates,
        },
      }),
    onSuccess: (saved) => {
      client.setQueryData(keys.project(project.id), saved)
      void client.invalidateQueries({ queryKey: keys.projects })
    },
  })
  const add = () => {
    const id = Math.max(0, ...rows.map((row) => row.id)) + 1
    setRows([...rows, { id, stored: '', shown: '', original: '' }])
  }
  return (
    <Card title={t('settings.general')}>
      <Stack gap="sm">
        <TextInput
          label={t('settings.name')}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {hasClasses && (
          <div>
            <Text size="sm" fw={600}>
              {t('settings.classes')}
            </Text>
            <Text size="sm" c="dimmed" mb="xs">
              {t(isBinaryTask ? 'settings.binaryHelp' : 'settings.classesText')}
            </Text>
            <Stack gap={6}>
              {rows.map((row, index) => (
                <Group key={row.id} gap={8} wrap="nowrap">
                  <KeyCap>{keyOfClass(index) ?? '·'}</KeyCap>
                  <TextInput
                    style={{ flex: 1 }}
                    aria-label={t('settings.className', { number: index + 1 })}
                    value={row.shown}
                    maxLength={120}
                    onChange={(event) => {
                      const shown = event.currentTarget.value
                      setRows(rows.map((other) => (other.id === row.id ? { ...other, shown } : other)))
                    }}
                  />
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    disabled={isBinaryTask || rows.length <= 2}
                    aria-label={t('settings.removeClass', { name: row.shown })}
                    onClick={() => setRows(rows.filter((other) => other.id !== row.id))}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Group>
              ))}
            </Stack>
            {!isBinaryTask && (
              <Button mt={8} variant="subtle" size="compact-sm" leftSection={<IconPlus size={15} />} onClick={add}>
                {t('settings.addClass')}
              </Button>
            )}
          </div>
        )}
        <Select
          label={t('settings.duplicates')}
          description={t('settings.duplicatesText')}
          allowDeselect={false}
          value={duplicates}
          data={DUPLICATE_CHOICES.map((value) => ({ value, label: t(`imports.duplicateChoices.${value}`) }))}
          onChange={(value) => setDuplicates(value as DuplicateChoice)}
        />
        <Checkbox
          label={t('settings.deidentifies')}
          description={t('settings.deidentifiesText')}
          checked={deidentifies}
          onChange={(event) => setDeidentifies(event.currentTarget.checked)}
        />
        {problem && <Text c="var(--trouble)">{t(`settings.${problem}`)}</Text>}
        {save.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(save.error)}
          </Text>
        )}
        <Group>
          <Button
            disabled={problem !== null || name.trim() === ''}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {t('common.save')}
          </Button>
          {save.isSuccess && <Text c="var(--person)">{t('common.saved')}</Text>}
        </Group>
      </Stack>
    </Card>
  )
}

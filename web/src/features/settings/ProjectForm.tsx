import { Button, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type DuplicateChoice, type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { Card } from '../../ui/Card.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { DUPLICATE_CHOICES } from '../imports/duplicate-choices.ts'
import { useNames } from '../projects/default-names.ts'

export function ProjectForm({ project }: { project: Project }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const { projectName } = useNames()
  const [name, setName] = useState(projectName(project))
  const [duplicates, setDuplicates] = useState(project.duplicates)
  const [deidentifies, setDeidentifies] = useState(project.deidentifies)
  const save = useMutation({
    mutationFn: () =>
      call(routes.updateProject, {
        params: { projectId: project.id },
        body: {
          ...(name === projectName(project) ? {} : { name }),
          deidentifies,
          duplicates,
        },
      }),
    onSuccess: (saved) => {
      client.setQueryData(keys.project(project.id), saved)
      void client.invalidateQueries({ queryKey: keys.projects })
    },
  })
  return (
    <Card title={t('settings.general')}>
      <Stack gap="sm">
        <TextInput
          label={t('settings.name')}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
        />
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
        {save.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(save.error)}
          </Text>
        )}
        <Group>
          <Button disabled={name.trim() === ''} loading={save.isPending} onClick={() => save.mutate()}>
            {t('common.save')}
          </Button>
          {save.isSuccess && <Text c="var(--person)">{t('common.saved')}</Text>}
        </Group>
      </Stack>
    </Card>
  )
}

import { Button, Checkbox, Group, NumberInput, Pill, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Person, type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { Card } from '../../ui/Card.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { PersonPicker } from '../people/PersonPicker.tsx'

/** Who reads which images, and what they see while they do. */
export function NewStudy({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const [name, setName] = useState('')
  const [readers, setReaders] = useState<Person[]>([])
  const [isBlind, setIsBlind] = useState(true)
  const [showsGuess, setShowsGuess] = useState(false)
  const [kind, setKind] = useState<'all' | 'share'>('all')
  const [percent, setPercent] = useState(20)
  const create = useMutation({
    mutationFn: () =>
      call(routes.createStudy, {
        params: { projectId: project.id },
        body: {
          name: name.trim(),
          isBlind,
          showsGuess,
          readers: readers.map(({ id }) => id),
          images: kind === 'all' ? { kind } : { kind, percent },
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.studies(project.id) })
      onClose()
    },
  })
  return (
    <Card title={t('studies.new')} text={t('studies.newText')}>
      <Stack gap="md">
        <TextInput
          label={t('studies.name')}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div>
          <PersonPicker
            label={t('studies.readers')}
            except={readers.map(({ id }) => id)}
            onChoose={(person) => setReaders([...readers, person])}
          />
          <Group gap={6} mt={8}>
            {readers.map(({ id, username }) => (
              <Pill
                key={id}
                withRemoveButton
                removeButtonProps={{ 'aria-label': t('studies.removeReader', { name: username }) }}
                onRemove={() => setReaders(readers.filter((reader) => reader.id !== id))}
              >
                {username}
              </Pill>
            ))}
          </Group>
        </div>
        <Radio.Group
          label={t('studies.which')}
          value={kind}
          onChange={(value) => setKind(value === 'share' ? 'share' : 'all')}
        >
          <Stack gap={6} mt={6}>
            <Radio value="all" label={t('studies.all')} />
            <Radio value="share" label={t('studies.share')} />
          </Stack>
        </Radio.Group>
        {kind === 'share' && (
          <NumberInput
            w={160}
            label={t('studies.percent')}
            min={1}
            max={100}
            suffix=" %"
            value={percent}
            onChange={(value) => typeof value === 'number' && setPercent(value)}
          />
        )}
        <Checkbox
          label={t('studies.isBlind')}
          description={t('studies.isBlindText')}
          checked={isBlind}
          onChange={(event) => setIsBlind(event.currentTarget.checked)}
        />
        <Checkbox
          label={t('studies.showsGuess')}
          checked={showsGuess}
          onChange={(event) => setShowsGuess(event.currentTarget.checked)}
        />
        {create.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(create.error)}
          </Text>
        )}
        <Group>
          <Button
            disabled={name.trim() === '' || readers.length === 0}
            loading={create.isPending}
            onClick={() => create.mutate()}
          >
            {t('studies.create')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </Card>
  )
}

import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Announcement, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { administrationKeys } from './administration-queries.ts'

const HOUR = 3_600_000

export function AnnouncementForm({ announcement, onDone }: { announcement?: Announcement; onDone: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const [english, setEnglish] = useState(announcement?.english ?? '')
  const [chinese, setChinese] = useState(announcement?.chinese ?? '')
  const [tone, setTone] = useState<Announcement['tone']>(announcement?.tone ?? 'information')
  const [starts, setStarts] = useState(() => toLocal(announcement?.startsAt ?? new Date().toISOString()))
  const [ends, setEnds] = useState(() =>
    announcement ? toLocal(announcement.endsAt) : toLocal(new Date(Date.now() + 24 * HOUR).toISOString()),
  )
  const save = useMutation({
    mutationFn: async () => {
      const body = {
        ...{ english, chinese, tone },
        startsAt: new Date(starts).toISOString(),
        endsAt: ends === '' ? null : new Date(ends).toISOString(),
      }
      if (announcement) await call(routes.changeAnnouncement, { params: { announcementId: announcement.id }, body })
      else await call(routes.createAnnouncement, { body })
      await client.invalidateQueries({ queryKey: administrationKeys.announcements })
    },
    onSuccess: onDone,
  })
  const saysNothing = english.trim() === '' && chinese.trim() === ''
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Stack gap="sm">
        <Textarea
          autosize
          label={t('administration.english')}
          maxLength={500}
          value={english}
          onChange={(event) => setEnglish(event.currentTarget.value)}
        />
        <Textarea
          autosize
          label={t('administration.chinese')}
          description={t('administration.otherLanguage')}
          maxLength={500}
          value={chinese}
          onChange={(event) => setChinese(event.currentTarget.value)}
        />
        <Group gap="xs" align="end">
          <TextInput
            required
            type="datetime-local"
            label={t('administration.from')}
            value={starts}
            onChange={(event) => setStarts(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={t('administration.until')}
            value={ends}
            min={starts}
            onChange={(event) => setEnds(event.currentTarget.value)}
          />
          <Select
            w={150}
            allowDeselect={false}
            label={t('administration.tone')}
            value={tone}
            data={(['information', 'warning'] as const).map((each) => ({
              value: each,
              label: t(`administration.tones.${each}`),
            }))}
            onChange={(value) => value && setTone(value as Announcement['tone'])}
          />
        </Group>
        {save.isError && <Trouble>{problemText(save.error)}</Trouble>}
        <Group gap="xs">
          <Button type="submit" loading={save.isPending} disabled={saysNothing || starts === ''}>
            {t('administration.publish')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** What a field of the browser for day and time takes: the local time to the minute. */
function toLocal(moment: string | null): string {
  if (moment === null) return ''
  const date = new Date(moment)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

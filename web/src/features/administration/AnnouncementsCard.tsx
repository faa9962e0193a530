import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Announcement, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { useAct } from '../../ui/use-act.ts'
import { AnnouncementForm } from './AnnouncementForm.tsx'
import { administrationKeys, allAnnouncementsQuery } from './administration-queries.ts'

export function AnnouncementsCard() {
  const { t } = useTranslation()
  const [edited, setEdited] = useState<Announcement | 'new' | null>(null)
  const announcements = useQuery(allAnnouncementsQuery).data?.items
  return (
    <Card
      title={t('administration.announcements')}
      text={t('administration.announcementsText')}
      aside={edited === null && <Button onClick={() => setEdited('new')}>{t('administration.newAnnouncement')}</Button>}
    >
      <Stack gap="md">
        {edited === 'new' && <AnnouncementForm onDone={() => setEdited(null)} />}
        {announcements?.length === 0 && edited === null && (
          <Text c="dimmed">{t('administration.noAnnouncements')}</Text>
        )}
        {announcements?.map((each) =>
          edited !== 'new' && edited?.id === each.id ? (
            <AnnouncementForm key={each.id} announcement={each} onDone={() => setEdited(null)} />
          ) : (
            <AnnouncementRow key={each.id} announcement={each} onEdit={() => setEdited(each)} />
          ),
        )}
      </Stack>
    </Card>
  )
}

function AnnouncementRow({ announcement, onEdit }: { announcement: Announcement; onEdit: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const act = useAct()
  const { id, english, chinese, startsAt, endsAt } = announcement
  const remove = () =>
    act(async () => {
      await call(routes.deleteAnnouncement, { params: { announcementId: id } })
      await client.invalidateQueries({ queryKey: administrationKeys.announcements })
    })
  return (
    <Group justify="space-between" wrap="nowrap" align="start">
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Badge variant="light" color={phaseOf(announcement) === 'current' ? 'verdigris' : 'gray'}>
            {t(`administration.phases.${phaseOf(announcement)}`)}
          </Badge>
          <Text size="xs" c="dimmed">
            {t('administration.shownFrom', { from: format.date(startsAt) })}
            {endsAt && ` · ${t('administration.shownUntil', { until: format.date(endsAt) })}`}
          </Text>
        </Group>
        {english && (
          <Text lang="en" style={{ overflowWrap: 'anywhere' }}>
            {english}
          </Text>
        )}
        {chinese && (
          <Text lang="zh" style={{ overflowWrap: 'anywhere' }}>
            {chinese}
          </Text>
        )}
      </div>
      <Group gap={4} wrap="nowrap">
        <Button size="compact-sm" variant="subtle" onClick={onEdit}>
          {t('administration.edit')}
        </Button>
        <Button size="compact-sm" variant="subtle" color="cinnabar" onClick={remove}>
          {t('administration.takeBack')}
        </Button>
      </Group>
    </Group>
  )
}

function phaseOf({ startsAt, endsAt }: Announcement, now = Date.now()): 'coming' | 'current' | 'past' {
  if (Date.parse(startsAt) > now) return 'coming'
  return endsAt !== null && Date.parse(endsAt) <= now ? 'past' : 'current'
}

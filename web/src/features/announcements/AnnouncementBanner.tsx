import { CloseButton } from '@mantine/core'
import { IconAlertTriangle, IconSpeakerphone } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type Announcement, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import classes from './AnnouncementBanner.module.css'

const LOOK_EVERY_MS = 5 * 60_000

/** What administrators tell everybody. Put away it stays away until the page is opened anew, or it says something else. */
export function AnnouncementBanner() {
  const { t, i18n } = useTranslation()
  const [putAway, setPutAway] = useState<ReadonlySet<string>>(new Set())
  const announcements = useQuery({
    queryKey: ['announcements', 'current'],
    queryFn: ({ signal }) => call(routes.listCurrentAnnouncements, { signal }),
    refetchInterval: LOOK_EVERY_MS,
    staleTime: LOOK_EVERY_MS,
  })
  const shown = (announcements.data?.items ?? [])
    .map(({ id, tone, ...words }) => ({ id, tone, ...textOf(words, i18n.language) }))
    .filter(({ id, text }) => !putAway.has(id + text))
  return shown.map(({ id, tone, text, language }) => (
    <div key={id} role="status" className={classes.banner} data-tone={tone}>
      {tone === 'warning' ? <IconAlertTriangle size={17} /> : <IconSpeakerphone size={17} />}
      <span lang={language} className={classes.text}>
        {text}
      </span>
      <CloseButton
        size="sm"
        aria-label={t('announcements.close')}
        onClick={() => setPutAway(new Set([...putAway, id + text]))}
      />
    </div>
  ))
}

function textOf({ english, chinese }: Pick<Announcement, 'english' | 'chinese'>, language: string) {
  const [first, second] = [
    { text: english, language: 'en' },
    { text: chinese, language: 'zh' },
  ].sort((a) => (a.language === language ? -1 : 1)) as [Words, Words]
  return first.text === '' ? second : first
}

interface Words {
  text: string
  language: string
}

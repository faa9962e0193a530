import { ActionIcon, Indicator, Popover, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBell, IconMessages } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Waiting } from '../../ui/Waiting.tsx'
import { newsQuery } from '../messages/message-queries.ts'

const NotificationList = lazy(async () => ({ default: (await import('./NotificationList.tsx')).NotificationList }))
const MOST_SHOWN = 99

/** The ways to the messages and to what one is told of, each with how much is new. */
export function NewsButtons() {
  const { t } = useTranslation()
  const news = useQuery(newsQuery).data
  const [isOpen, panel] = useDisclosure(false)
  const threads = news?.threads ?? 0
  const notifications = news?.notifications ?? 0
  return (
    <>
      <Count of={threads}>
        <ActionIcon component={Link} to="/messages" variant="subtle" color="gray" size={34}>
          <IconMessages size={20} stroke={1.7} aria-hidden />
          <VisuallyHidden>{t('messages.link', { count: threads })}</VisuallyHidden>
        </ActionIcon>
      </Count>
      <Popover position="bottom-end" width={340} shadow="md" radius={8} trapFocus opened={isOpen} onChange={panel.set}>
        <Count of={notifications}>
          <Popover.Target>
            <ActionIcon variant="subtle" color="gray" size={34} onClick={panel.toggle}>
              <IconBell size={20} stroke={1.7} aria-hidden />
              <VisuallyHidden>{t('notifications.link', { count: notifications })}</VisuallyHidden>
            </ActionIcon>
          </Popover.Target>
        </Count>
        <Popover.Dropdown p={6} maw="calc(100vw - 16px)" aria-label={t('notifications.title')}>
          <Suspense fallback={<Waiting />}>
            <NotificationList onLeave={panel.close} />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
    </>
  )
}

/** The number itself is said by the button's name. */
function Count({ of, children }: { of: number; children: ReactNode }) {
  return (
    <Indicator
      disabled={of === 0}
      label={<span aria-hidden>{Math.min(of, MOST_SHOWN)}</span>}
      size={16}
      offset={5}
      color="cinnabar"
      styles={{ indicator: { fontSize: 10, fontWeight: 700, pointerEvents: 'none', background: '#a32d18' } }}
    >
      {children}
    </Indicator>
  )
}

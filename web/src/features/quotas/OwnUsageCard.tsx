import { useQuery } from '@tanstack/react-query'
import { routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { UsageBars } from './UsageBars.tsx'

/** What one's own projects use. */
export function OwnUsageCard() {
  const { t } = useTranslation()
  const usage = useQuery({
    queryKey: ['own-usage'] as const,
    staleTime: 0,
    queryFn: ({ signal }) => call(routes.getOwnUsage, { signal }),
  }).data
  if (!usage) return null
  return (
    <Card title={t('quotas.title')} text={t('quotas.ownText')}>
      <UsageBars usage={usage} />
    </Card>
  )
}

import { Progress, Stack, Text } from '@mantine/core'
import type { Usage } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'

/** What is used of what may be. */
export function UsageBars({ usage }: { usage: Usage }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { limits } = usage
  return (
    <Stack gap="sm">
      <Bar
        name={t('quotas.storage')}
        text={
          limits.storageBytes === null
            ? t('quotas.used', { used: format.bytes(usage.storageBytes) })
            : t('quotas.usedOf', { used: format.bytes(usage.storageBytes), limit: format.bytes(limits.storageBytes) })
        }
        used={usage.storageBytes}
        limit={limits.storageBytes}
      />
      <Bar
        name={t('quotas.runs')}
        text={
          limits.activeRuns === null
            ? t('quotas.used', { used: format.number(usage.activeRuns) })
            : t('quotas.usedOf', { used: format.number(usage.activeRuns), limit: format.number(limits.activeRuns) })
        }
        used={usage.activeRuns}
        limit={limits.activeRuns}
      />
    </Stack>
  )
}

const NEARLY_FULL = 0.9

function Bar({ name, text, used, limit }: { name: string; text: string; used: number; limit: number | null }) {
  const share = limit === null ? null : limit === 0 ? 1 : Math.min(1, used / limit)
  return (
    <div>
      <Text size="sm" component="div" style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
        <span>{name}</span>
        <Text span size="sm" c="dimmed">
          {text}
        </Text>
      </Text>
      {share !== null && (
        <Progress
          mt={4}
          aria-label={`${name}: ${text}`}
          value={100 * share}
          color={share >= NEARLY_FULL ? 'cinnabar' : 'verdigris'}
        />
      )}
    </div>
  )
}

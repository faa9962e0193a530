import { List, Text } from '@mantine/core'
import type { ImportReport } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'

/** More than anybody reads at once. */
const MOST_LISTED = 8

/** What an import would write or has written, and what did not come over. */
export function ImportFindings({ name, report }: { name: string; report: ImportReport }) {
  const { t } = useTranslation()
  const { isDryRun, written, alreadyAnnotated, unmatched, unmatchedCount, missingClasses, problems } = report
  const lines = problems.map(({ reason, file, image }) => [image ?? file, reason].filter(Boolean).join(': '))
  return (
    <div role="status">
      <Text fw={600}>{t(isDryRun ? 'interchange.wouldWrite' : 'interchange.wrote', { name, count: written })}</Text>
      <List size="sm">
        {alreadyAnnotated > 0 && <List.Item>{t('interchange.already', { count: alreadyAnnotated })}</List.Item>}
        {unmatchedCount > 0 && (
          <List.Item>
            {t('interchange.unmatched', {
              count: unmatchedCount,
              names: unmatched.slice(0, MOST_LISTED).join(', '),
            })}
          </List.Item>
        )}
        {missingClasses.length > 0 && (
          <List.Item>{t('interchange.missingClasses', { names: missingClasses.join(', ') })}</List.Item>
        )}
        {[...new Set(lines)].slice(0, MOST_LISTED).map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
        {lines.length > MOST_LISTED && (
          <List.Item>{t('interchange.more', { count: lines.length - MOST_LISTED })}</List.Item>
        )}
      </List>
    </div>
  )
}

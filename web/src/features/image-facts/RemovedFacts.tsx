import { Alert, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type Image, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import classes from './ImageFacts.module.css'
import { mayHoldText } from './may-hold-text.ts'

/** What de-identification took out of the file, and whether names may stand in its pixels. */
export function RemovedFacts({ image }: { image: Image }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const report = useQuery({
    queryKey: keys.deidentification(image.id),
    queryFn: () => call(routes.getDeidentification, { params: { imageId: image.id } }),
    enabled: image.deidentification !== null,
  })
  const burnedIn = image.deidentification?.burnedInText
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('facts.removed')}
      </Title>
      {burnedIn === 'yes' && (
        <Alert color="cinnabar" icon={<IconAlertTriangle size={18} />} title={t('facts.burnedInYes')}>
          {t('facts.burnedInYesText')}
        </Alert>
      )}
      {burnedIn === 'suspected' && (
        <Alert color="cinnabar" icon={<IconAlertTriangle size={18} />} title={t('facts.burnedInSuspected')}>
          {t('facts.burnedInSuspectedText')}
          <ul className={classes.lines}>
            {report.data?.textLines?.map(({ frame, box: [left, top, width, height] }) => (
              <li key={`${frame} ${left} ${top}`}>
                {t('facts.textLine', { left, top, width, height })}
                {image.frames > 1 && ` · ${t('facts.textFrame', { frame: frame + 1 })}`}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {image.deidentification === null && <Text>{t('facts.keptAsItCame')}</Text>}
      {image.deidentification !== null && !mayHoldText(image) && (
        <Text size="sm" c="dimmed">
          {t(burnedIn === 'no' ? 'facts.burnedInNo' : 'facts.burnedInUnknown')}
        </Text>
      )}
      {report.isError && (
        <Text role="alert" c="var(--trouble)">
          {problemText(report.error)}
        </Text>
      )}
      {report.data?.removed.length === 0 && <Text>{t('facts.nothingRemoved')}</Text>}
      {report.data && report.data.removed.length > 0 && (
        <ul className={classes.removed}>
          {report.data.removed.map(({ name, count }) => (
            <li key={name}>
              <code>{name}</code>
              {count > 1 && ` × ${count}`}
            </li>
          ))}
        </ul>
      )}
    </Stack>
  )
}

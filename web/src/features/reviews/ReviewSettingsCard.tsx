import { ActionIcon, Checkbox, Radio, Stack, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Project, ReviewMode, type ReviewSettings, routes, type UserId } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { Card } from '../../ui/Card.tsx'
import { useAct } from '../../ui/use-act.ts'
import { PersonPicker } from '../people/PersonPicker.tsx'
import classes from './ReviewSettingsCard.module.css'
import { reviewersQuery, reviewSettingsQuery } from './review-queries.ts'

/** Whether labels are looked at a second time, and by whom. */
export function ReviewSettingsCard({ project }: { project: Project }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const params = { projectId: project.id }
  const settings = useQuery(reviewSettingsQuery(project.id)).data
  const reviewers = useQuery(reviewersQuery(project.id)).data ?? []
  if (!settings) return null
  const save = (change: Partial<ReviewSettings>) =>
    act(async () => {
      const saved = await call(routes.putReviewSettings, { params, body: { ...settings, ...change } })
      client.setQueryData(keys.reviewSettings(project.id), saved)
      await client.invalidateQueries({ queryKey: keys.project(project.id) })
    }, t('common.saved'))
  const choose = (userId: UserId, isReviewer: boolean) =>
    act(async () => {
      const route = isReviewer ? routes.addReviewer : routes.removeReviewer
      const { items } = await call(route, { params, body: { userId } })
      client.setQueryData(keys.reviewers(project.id), items)
    })
  return (
    <Card title={t('review.settings')} text={t('review.settingsText')}>
      <Stack gap="md">
        <Radio.Group
          label={t('review.mode')}
          value={settings.mode}
          onChange={(mode) => save({ mode: ReviewMode.parse(mode) })}
        >
          <Stack gap={8} mt={6}>
            {ReviewMode.options.map((mode) => (
              <Radio
                key={mode}
                value={mode}
                label={t(`review.modes.${mode}.name`)}
                description={t(`review.modes.${mode}.text`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <div>
          <PersonPicker
            label={t('review.reviewers')}
            except={[project.ownerId, ...reviewers.map(({ id }) => id)]}
            onChoose={({ id }) => choose(id, true)}
          />
          <Text size="sm" c="dimmed" mt={4}>
            {t('review.reviewersText')}
          </Text>
          <ul className={classes.people}>
            {reviewers.map(({ id, username }) => (
              <li key={id}>
                {username}
                <ActionIcon
                  size="sm"
                  variant="subtle"
                  color="gray"
                  aria-label={t('review.removeReviewer', { name: username })}
                  onClick={() => choose(id, false)}
                >
                  <IconX size={14} />
                </ActionIcon>
              </li>
            ))}
          </ul>
        </div>
        <Checkbox
          label={t('review.showsGoldScore')}
          checked={settings.showsGoldScore}
          onChange={(event) => save({ showsGoldScore: event.currentTarget.checked })}
        />
      </Stack>
    </Card>
  )
}

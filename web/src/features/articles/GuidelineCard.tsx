import { Group, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ArticleId, type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useAct } from '../../ui/use-act.ts'
import { articleKeys, articlesQuery, guidelineQuery } from './article-queries.ts'

/** Which article is shown beside the images of the project. */
export function GuidelineCard({ project }: { project: Project }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const guideline = useQuery(guidelineQuery(project.id))
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 250)
  const found = useInfiniteQuery(articlesQuery({ q: q || undefined, which: 'all' })).data?.pages[0]?.items ?? []
  const chosen = guideline.data
  const choices = [
    ...(chosen ? [chosen] : []),
    ...found.filter(({ id, state }) => id !== chosen?.id && state === 'published'),
  ]
  const choose = (articleId: ArticleId | null) =>
    act(async () => {
      const { article } = await call(routes.putGuideline, { params: { projectId: project.id }, body: { articleId } })
      client.setQueryData(articleKeys.guideline(project.id), article)
    }, t('common.saved'))
  if (guideline.isPending) return null
  return (
    <Card title={t('articles.guideline')} text={t('articles.guidelineText')}>
      <Group align="end" gap="xs">
        <Select
          style={{ flex: '1 1 240px' }}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('articles.noGuideline') }}
          label={t('articles.guidelineArticle')}
          placeholder={t('articles.noGuideline')}
          nothingFoundMessage={t('articles.noneFound')}
          value={chosen?.id ?? null}
          data={choices.map(({ id, title }) => ({ value: id as string, label: title }))}
          filter={({ options }) => options}
          onSearchChange={setTyped}
          onChange={(id) => choose(id as ArticleId | null)}
        />
        {chosen ? (
          <LinkButton variant="default" to="/articles/$articleId" params={{ articleId: chosen.id }}>
            {t('articles.open')}
          </LinkButton>
        ) : (
          <LinkButton variant="default" to="/articles/new">
            {t('articles.new')}
          </LinkButton>
        )}
      </Group>
    </Card>
  )
}

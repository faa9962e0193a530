import { Button, Group, SegmentedControl, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFileText, IconPlus, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { ArticleRow } from './ArticleRow.tsx'
import classes from './Articles.module.css'
import { articlesQuery, type Which } from './article-queries.ts'

const WHICH: readonly Which[] = ['all', 'mine', 'drafts', 'bin']

export function ArticleListPage() {
  const { t } = useTranslation()
  const { q, which = 'all' } = useSearch({ from: '/app/articles' })
  const navigate = useNavigate()
  const articles = useInfiniteQuery(articlesQuery({ q, which }))
  const items = articles.data?.pages.flatMap((page) => page.items) ?? []
  const [typed, setTyped] = useState(q ?? '')
  const show = (change: { q?: string | undefined; which?: Which }) =>
    void navigate({ to: '/articles', search: (now) => ({ ...now, ...change }), replace: true })
  const search = useDebouncedCallback((text: string) => show({ q: text.trim() || undefined }), 250)
  return (
    <Page>
      <div className={classes.list}>
        <Group justify="space-between">
          <h1 style={{ margin: 0 }}>{t('articles.title')}</h1>
          <LinkButton to="/articles/new" leftSection={<IconPlus size={16} />}>
            {t('articles.new')}
          </LinkButton>
        </Group>
        <div className={classes.filters}>
          <TextInput
            type="search"
            aria-label={t('articles.search')}
            placeholder={t('articles.search')}
            leftSection={<IconSearch size={16} />}
            value={typed}
            maxLength={200}
            onChange={({ currentTarget: { value } }) => {
              setTyped(value)
              search(value)
            }}
          />
          <SegmentedControl
            aria-label={t('articles.which')}
            value={which}
            data={WHICH.map((value) => ({ value, label: t(`articles.lists.${value}`) }))}
            onChange={(value) => show({ which: value as Which })}
          />
        </div>
        {articles.isPending && <Waiting />}
        {articles.isError && <ErrorNotice error={articles.error} onRetry={() => void articles.refetch()} />}
        {articles.isSuccess && items.length === 0 && <NothingHere isSearch={Boolean(q)} which={which} />}
        {items.length > 0 && (
          <ul className={classes.rows}>
            {items.map((article) => (
              <ArticleRow key={article.id} article={article} />
            ))}
          </ul>
        )}
        {articles.hasNextPage && (
          <Button
            variant="default"
            loading={articles.isFetchingNextPage}
            onClick={() => void articles.fetchNextPage()}
            style={{ justifySelf: 'center' }}
          >
            {t('articles.more')}
          </Button>
        )}
      </div>
    </Page>
  )
}

function NothingHere({ isSearch, which }: { isSearch: boolean; which: Which }) {
  const { t } = useTranslation()
  if (isSearch || which !== 'all')
    return <Text c="dimmed">{t(isSearch ? 'articles.noneFound' : 'articles.noneHere')}</Text>
  return (
    <Notice icon={<IconFileText size={26} stroke={1.6} />} title={t('articles.emptyTitle')}>
      {t('articles.emptyText')}
    </Notice>
  )
}

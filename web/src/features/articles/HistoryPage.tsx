import { Button, Group, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type Article, type ArticleId, type ArticleRevision, holdsRight, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Page } from '../../ui/Page.tsx'
import { useAct } from '../../ui/use-act.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import classes from './Articles.module.css'
import { articleKeys, articleQuery, revisionsQuery } from './article-queries.ts'
import { Comparison } from './Comparison.tsx'

/** Every revision, what each changed, and the way back. */
export function HistoryPage() {
  const { t } = useTranslation()
  const { articleId } = useParams({ strict: false }) as { articleId: ArticleId }
  const { from, to } = useSearch({ from: '/app/articles/$articleId/history' })
  const article = useQuery(articleQuery(articleId))
  const revisions = useInfiniteQuery(revisionsQuery(articleId))
  if (article.isPending || revisions.isPending) return <Waiting />
  const error = article.error ?? revisions.error
  if (error || !article.data || !revisions.data) return <ErrorNotice error={error} />
  const items = revisions.data.pages.flatMap((page) => page.items)
  const newer = to ?? article.data.revision
  const older = from ?? Math.max(1, newer - 1)
  return (
    <Page>
      <div className={classes.list}>
        <div>
          <Link to="/articles/$articleId" params={{ articleId }} className={classes.back}>
            {article.data.title}
          </Link>
          <h1 style={{ margin: 0 }}>{t('articles.history')}</h1>
        </div>
        {article.data.revision === 1 ? (
          <Text c="dimmed">{t('articles.onlyRevision')}</Text>
        ) : (
          <Card title={t('articles.compared', { from: older, to: newer })}>
            <Comparison articleId={articleId} from={older} to={newer} />
          </Card>
        )}
        <Card title={t('articles.revisions')}>
          <ol className={classes.rows}>
            {items.map((revision) => (
              <RevisionRow
                key={revision.revision}
                article={article.data}
                revision={revision}
                isShown={revision.revision === newer}
              />
            ))}
          </ol>
          {revisions.hasNextPage && (
            <Button variant="default" onClick={() => void revisions.fetchNextPage()}>
              {t('articles.more')}
            </Button>
          )}
        </Card>
      </div>
    </Page>
  )
}

function RevisionRow({
  article,
  revision,
  isShown,
}: {
  article: Article
  revision: ArticleRevision
  isShown: boolean
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const navigate = useNavigate()
  const act = useAct()
  const isNewest = revision.revision === article.revision
  const mayRestore = holdsRight(article.access, 'review') && !article.frozenAt && !isNewest
  const compare = (from: number, to: number) =>
    void navigate({
      to: '/articles/$articleId/history',
      params: { articleId: article.id },
      search: { from, to },
      replace: true,
    })
  const restore = async () => {
    await call(routes.restoreArticleRevision, { params: { articleId: article.id, revision: revision.revision } })
    await client.invalidateQueries({ queryKey: articleKeys.all })
    await navigate({ to: '/articles/$articleId/history', params: { articleId: article.id }, search: {}, replace: true })
  }
  return (
    <li className={classes.row} aria-current={isShown ? 'true' : undefined}>
      <div className={classes.rowText}>
        <Text fw={600}>
          {t('articles.revision', { number: revision.revision })}{' '}
          <Text span c="dimmed" size="sm" fw={400}>
            {t(`articles.kinds.${revision.kind}`, { number: revision.restoredFrom ?? 0 })}
            {' · '}
            {t('articles.changedBlocks', { count: revision.changed })}
          </Text>
        </Text>
        <p className={classes.facts}>
          {revision.author.username} · {format.date(revision.createdAt)} · {format.bytes(revision.bytes)}
        </p>
      </div>
      <Group gap="xs">
        {revision.revision > 1 && (
          <Button variant="default" size="xs" onClick={() => compare(revision.revision - 1, revision.revision)}>
            {t('articles.showChange')}
          </Button>
        )}
        {!isNewest && (
          <Button variant="default" size="xs" onClick={() => compare(revision.revision, article.revision)}>
            {t('articles.compareNow')}
          </Button>
        )}
        {mayRestore && (
          <Button variant="light" size="xs" onClick={() => act(restore, t('articles.wentBack'))}>
            {t('articles.goBack')}
          </Button>
        )}
      </Group>
    </li>
  )
}

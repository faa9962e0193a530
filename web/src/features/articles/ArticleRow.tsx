import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FoundArticle, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useAct } from '../../ui/use-act.ts'
import { ArticleMarks } from './ArticleMarks.tsx'
import classes from './Articles.module.css'
import { articleKeys } from './article-queries.ts'

/** An article in a list: in the bin with a way back, otherwise a link to it. */
export function ArticleRow({ article }: { article: FoundArticle }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <li className={classes.row}>
      <div className={classes.rowText}>
        <div className={classes.rowHead}>
          {article.deletedAt ? (
            <span className={classes.rowTitle}>{article.title}</span>
          ) : (
            <Link to="/articles/$articleId" params={{ articleId: article.id }} className={classes.rowTitle}>
              {article.title}
            </Link>
          )}
          <ArticleMarks article={article} />
        </div>
        <p className={classes.summary}>{article.excerpt ?? article.summary}</p>
        <p className={classes.facts}>
          {t('articles.byline', { name: article.updatedBy.username, ago: format.ago(article.updatedAt) })}
        </p>
      </div>
      {article.deletedAt && <BinActions article={article} />}
    </li>
  )
}

function BinActions({ article }: { article: FoundArticle }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const act = useAct()
  const [isAsked, ask] = useDisclosure(false)
  const params = { articleId: article.id }
  const after = () => client.invalidateQueries({ queryKey: articleKeys.all })
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        variant="default"
        onClick={() => act(() => call(routes.restoreArticle, { params }).then(after), t('articles.restored'))}
      >
        {t('articles.restore')}
      </Button>
      <Button variant="subtle" color="cinnabar" onClick={ask.open}>
        {t('articles.purge')}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={t('articles.purgeTitle', { title: article.title })}
          text={t('articles.purgeText')}
          stay={t('common.cancel')}
          go={t('articles.purge')}
          onClose={ask.close}
          onConfirm={() => act(() => call(routes.purgeArticle, { params }).then(after), t('articles.purged'))}
        />
      )}
    </Group>
  )
}

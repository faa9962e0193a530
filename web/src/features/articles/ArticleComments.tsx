import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ArticleId, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { attachedImages } from '../messages/attached-images.ts'
import { Composer } from '../messages/Composer.tsx'
import { DiscussionList } from '../messages/DiscussionList.tsx'
import classes from './ArticleComments.module.css'

/** What people say about the article: threads like any others, which their inbox shows too. */
export function ArticleComments({ articleId }: { articleId: ArticleId }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [opened, setOpened] = useState<string | null>(null)
  const discussions = useQuery({
    queryKey: [...keys.messages, 'about-article', articleId],
    queryFn: async ({ signal }) => (await call(routes.listArticleDiscussions, { params: { articleId }, signal })).items,
  })
  const begin = async (text: string) => {
    const to = { kind: 'article', articleId } as const
    const { topic } = await call(routes.postMessage, { body: { to, text, images: attachedImages(text) } })
    await client.invalidateQueries({ queryKey: keys.messages })
    setOpened(topic.id)
  }
  if (discussions.isError) return <ErrorNotice error={discussions.error} onRetry={() => void discussions.refetch()} />
  if (!discussions.data) return null
  return (
    <section className={classes.comments} aria-labelledby="comments">
      <h2 id="comments" className={classes.title}>
        {t('articles.comments')}
      </h2>
      {discussions.data.length === 0 && <p className={classes.none}>{t('articles.noComments')}</p>}
      <DiscussionList discussions={discussions.data} opened={opened} onOpen={setOpened} />
      {opened === null && <Composer label={t('articles.commentLabel')} onSend={begin} />}
    </section>
  )
}

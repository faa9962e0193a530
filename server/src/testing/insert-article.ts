import type { ArticleId, BlockId, ProjectId, UserId } from '@vesalius/contracts'
import type { Db } from '../db/database.ts'
import { json } from '../db/json.ts'
import { newId } from '../ids.ts'

/** Published for the people of the project: one block. */
export async function insertArticle(
  db: Db,
  { projectId, authorId }: { projectId: ProjectId; authorId: UserId },
): Promise<{ articleId: ArticleId; blockId: BlockId }> {
  const [articleId, blockId] = [newId<ArticleId>(), newId<BlockId>()]
  const head = articleId as unknown as BlockId
  await db
    .insertInto('articles')
    .values({
      ...{ id: articleId, title: 'A', summary: '', state: 'published', visibility: 'project', revision: 1 },
      ...{ block_count: 1, byte_size: 1, author_id: authorId, updated_by: authorId },
      ...{ organisation_id: null, project_id: projectId },
    })
    .execute()
  await db
    .insertInto('article_contents')
    .values({ article_id: articleId, hash: 'a', text: 'a', headings: json([]) })
    .execute()
  const link = { article_id: articleId, born: 0, died: null }
  await db
    .insertInto('article_blocks')
    .values([
      { ...link, block_id: head, next_id: blockId, hash: null },
      { ...link, block_id: blockId, next_id: null, hash: 'a' },
    ])
    .execute()
  await db
    .insertInto('article_revisions')
    .values({
      ...{ article_id: articleId, revision: 1, kind: 'created', restored_from: null, title: 'A', author_id: authorId },
      ...{ changed: 1, byte_size: 1 },
    })
    .execute()
  return { articleId, blockId }
}

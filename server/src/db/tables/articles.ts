import type {
  ArticleHeading,
  ArticleId,
  ArticleRevision,
  ArticleState,
  ArticleVisibility,
  BlockId,
  OrganisationId,
  ProjectId,
  UserId,
} from '@vesalius/contracts'
import type { ColumnType, RawBuilder, Selectable } from 'kysely'

type Time = ColumnType<Date, Date | string | RawBuilder<Date> | undefined, Date | string | RawBuilder<Date>>
type OptionalTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | RawBuilder<Date> | null>

export interface ArticlesTable {
  id: ArticleId
  title: string
  summary: string
  state: ArticleState
  visibility: ArticleVisibility
  author_id: UserId
  organisation_id: OrganisationId | null
  project_id: ProjectId | null
  revision: number
  block_count: number
  byte_size: number
  frozen_at: OptionalTime
  deleted_at: OptionalTime
  created_at: Time
  updated_at: Time
  updated_by: UserId
}

/**
 * A link of the list of an article's blocks, in the revisions from `born` on and before `died`. The list begins at a link
 * that has the article's own id and no text.
 */
export interface ArticleBlocksTable {
  article_id: ArticleId
  block_id: BlockId
  born: number
  died: number | null
  next_id: BlockId | null
  hash: string | null
}

/** Texts of blocks by their hash: a text that comes again is kept once. */
export interface ArticleContentsTable {
  article_id: ArticleId
  hash: string
  text: string
  headings: ColumnType<BlockHeading[], RawBuilder<BlockHeading[]>, never>
}
export type BlockHeading = Pick<ArticleHeading, 'level' | 'text'>

export interface ArticleRevisionsTable {
  article_id: ArticleId
  revision: number
  kind: ArticleRevision['kind']
  restored_from: number | null
  title: string
  author_id: UserId
  changed: number
  byte_size: number
  created_at: Time
}

/** Pairs of characters of each current block, and of the title under the article's own id. */
export interface ArticleSearchTable {
  article_id: ArticleId
  block_id: BlockId
  pairs: ColumnType<number[], RawBuilder<number[]>, RawBuilder<number[]>>
}

export interface ProjectGuidelinesTable {
  project_id: ProjectId
  article_id: ArticleId
}

export interface ArticleTables {
  articles: ArticlesTable
  article_blocks: ArticleBlocksTable
  article_contents: ArticleContentsTable
  article_revisions: ArticleRevisionsTable
  article_search: ArticleSearchTable
  project_guidelines: ProjectGuidelinesTable
}

export type ArticleRow = Selectable<ArticlesTable>
export type BlockRow = Selectable<ArticleBlocksTable>
